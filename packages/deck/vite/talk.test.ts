import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ResolvedSlidevOptions } from '@slidev/types'
import { createServer } from 'vite'
import { expect, it } from 'vitest'
import { openProject } from '../src/project.ts'
import { talkPlugin } from './talk.ts'

it('whoever reads a chapter that was saved twice within 50 ms gets what was saved last', async () => {
  const root = await mkdtemp(join(tmpdir(), 'deck talk '))
  const entry = join(root, 'slides.md')
  await writeFile(entry, '# First\n')
  const read: string[] = []
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false },
    plugins: [
      talkPlugin(await openProject(root), { entry, mode: 'dev', data: { watchFiles: { [entry]: [] }, markdownFiles: {} } } as unknown as ResolvedSlidevOptions),
      // As Slidev does.
      { name: 'reader', handleHotUpdate: async (context) => { read.push(await context.read()) } },
    ],
  })
  try {
    const saved = new Promise(done => server.watcher.once('change', done))
    await expect.poll(() => Object.values(server.watcher.getWatched()).flat()).toContain('slides.md')
    await writeFile(entry, '# Second\n')
    await saved
    await wait(30)
    await writeFile(entry, '# Third\n')
    await expect.poll(() => read.at(-1)).toBe('# Third\n')
  }
  finally {
    await server.close()
    await rm(root, { recursive: true })
  }
})
