import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { inlineContent, sha256Source } from 'slidev-addon-site/inline-hashes'
import { describe, expect, it } from 'vitest'
import { contentPolicy, NOTHING } from '../../packages/site/src/policy.ts'
import { createSite, type Site } from './site.ts'

async function withSite<T>(changes: Record<string, string | undefined>, use: (site: Site) => Promise<T>): Promise<T> {
  const site = await createSite('/', changes)
  try {
    return await use(site)
  }
  finally {
    await site.remove()
  }
}

describe('inline scripts and styles', () => {
  it('are found wherever a browser runs or applies them', () => {
    const { scripts, styles } = inlineContent(`<!doctype html><head><style>a{}</style><script>1 < 2</script><noscript><style>b{}</style></noscript></head>
      <template><style>c{}</style></template><svg><style>d{}</style></svg><script type="module">3</script><script type="importmap">{}</script>`)
    expect(styles).toEqual(['a{}', 'b{}', 'c{}', 'd{}'])
    expect(scripts).toEqual(['1 < 2', '3', '{}'])
  })

  it('are neither files, nor data, nor text that only looks like them', () => {
    const { scripts, styles } = inlineContent('<script src="a.js"></script><script></script><script type="application/ld+json">{}</script><!-- <style>x</style> --><p title="<style>y</style>">&lt;style></p>')
    expect([...scripts, ...styles]).toEqual([])
  })

  it('are hashed as a browser hashes them: UTF-8, line ends normalised, characters not escaped', () => {
    const { styles } = inlineContent('<style>p::after { content: "潮 &amp;" }\r\n</style>')
    expect(styles.map(sha256Source)).toEqual([sha256Source('p::after { content: "潮 &amp;" }\n')])
    // The empty text’s digest is well known.
    expect(sha256Source('')).toBe(`'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='`)
  })
})

describe('the policy of a page', () => {
  const hash = sha256Source('x')

  it('allows its own files and these texts', () => {
    expect(contentPolicy({ scripts: [hash], styles: [] }, NOTHING)).toMatch(new RegExp(`^default-src 'none'; script-src 'self' ${hash.replaceAll('+', '\\+')}; style-src 'self'; img-src 'self' data:;.*base-uri 'none'; form-action 'none'$`))
  })

  it.each([`'unsafe-inline'`, `'sha256-short='`, '*', `${hash}; script-src *`])('refuses %s as a hash', (source) => {
    expect(() => contentPolicy({ scripts: [source], styles: [] }, NOTHING)).toThrow('no sha256 source')
    expect(() => contentPolicy({ scripts: [], styles: [source] }, NOTHING)).toThrow('no sha256 source')
  })
})

it('compresses text from 1 KB on and nothing else', async () => {
  await withSite({ 'just.txt': 'x'.repeat(1024), 'less.txt': 'x'.repeat(1023), 'picture.png': 'x'.repeat(5000) }, async ({ folder }) => {
    const exists = (path: string) => stat(join(folder, path)).then(() => true, () => false)
    for (const [path, compressed] of [['just.txt', true], ['less.txt', false], ['picture.png', false], ['index.html', true]] as const) {
      expect([path, await exists(`${path}.br`), await exists(`${path}.gz`)]).toEqual([path, compressed, compressed])
    }
    const text = await readFile(join(folder, 'index.html'), 'utf8')
    expect(brotliDecompressSync(await readFile(join(folder, 'index.html.br'))).toString()).toBe(text)
    expect(gunzipSync(await readFile(join(folder, 'index.html.gz'))).toString()).toBe(text)
  })
})
