import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createSite } from './site.ts'

it('compresses text from 1 KB on and nothing else', async () => {
  const { folder, remove } = await createSite('/', { 'just.txt': 'x'.repeat(1024), 'less.txt': 'x'.repeat(1023), 'picture.png': 'x'.repeat(5000) })
  try {
    const exists = (path: string) => stat(join(folder, path)).then(() => true, () => false)
    for (const [path, compressed] of [['just.txt', true], ['less.txt', false], ['picture.png', false], ['index.html', true]] as const) {
      expect([path, await exists(`${path}.br`), await exists(`${path}.gz`)]).toEqual([path, compressed, compressed])
    }
    const text = await readFile(join(folder, 'index.html'), 'utf8')
    expect(brotliDecompressSync(await readFile(join(folder, 'index.html.br'))).toString()).toBe(text)
    expect(gunzipSync(await readFile(join(folder, 'index.html.gz'))).toString()).toBe(text)
  }
  finally {
    await remove()
  }
})
