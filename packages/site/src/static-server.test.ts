import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveBuild, type Served } from './static-server.ts'

let folder: string
let served: Served
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-served-'))
  const files = { 'site/index.html': 'front', 'site/ebb/index.html': 'slide', 'site/a b.js': '0', 'site/404.html': 'missing', 'secret.txt': 'secret', 'font.woff2': 'font' }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  served = await serveBuild(join(folder, 'site'), '/talk/', new Map([['/fonts/x', join(folder, 'font.woff2')]]))
})
afterAll(async () => {
  await served?.close()
  await rm(folder, { recursive: true, force: true })
})

it.each<[path: string, status: number, text: string, type: string]>([
  ['/talk/', 200, 'front', 'text/html;charset=utf-8'],
  ['/talk/ebb/?clicks=1', 200, 'slide', 'text/html;charset=utf-8'],
  ['/talk/a%20b.js', 200, '0', 'text/javascript'],
  ['/fonts/x', 200, 'font', 'font/woff2'],
  ['/', 404, 'missing', 'text/html; charset=utf-8'],
  ['/talk/nowhere', 404, 'missing', 'text/html; charset=utf-8'],
  ['/talk/%zz', 404, 'missing', 'text/html; charset=utf-8'],
  ['/talk/..%2fsecret.txt', 404, 'missing', 'text/html; charset=utf-8'],
])('%s is answered with %i', async (path, status, text, type) => {
  const answer = await fetch(served.origin + path)
  expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([status, text, type])
})

it('a folder’s address gets its slash, and keeps its query', async () => {
  const { status, headers } = await fetch(`${served.origin}/talk/ebb?clicks=1`, { redirect: 'manual' })
  expect([status, headers.get('location')]).toEqual([301, '/talk/ebb/?clicks=1'])
})

it('what changes while it is served is served changed', async () => {
  await writeFile(join(folder, 'site/later.txt'), 'one')
  const text = () => fetch(`${served.origin}/talk/later.txt`).then(answer => answer.text())
  expect(await text()).toBe('one')
  await writeFile(join(folder, 'site/later.txt'), 'another')
  expect(await text()).toBe('another')
})
