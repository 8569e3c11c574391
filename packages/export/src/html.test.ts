import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { NotOneFile, oneFile } from './html.ts'

const CODE = 'const closing = "</script>"; document.title = closing'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'one-file-'))
  await mkdir(join(folder, 'assets'))
  await put('assets/index.js', CODE)
  await put('assets/style.css', 'h1 { color: red }')
  await put('index.html', '<!DOCTYPE html><html><head><link rel="icon" href="https://talk.example/x.png"></head><body><div id="app"></div><p>own</p></body></html>')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const put = (name: string, text: string) => writeFile(join(folder, name), text)
const edition = { language: 'zh', words: 'zh', name: '中文', lang: 'zh-CN', entry: 'slides.md', folder: '' } as const
const deckWith = (config: object) => ({ project: { root: folder, name: 'talk', config, editions: [edition] }, edition, headmatter: { title: 'A & B' }, slides: [], entry: 'slides.md' }) as unknown as SourceDeck
const make = (config: object = {}) => oneFile(deckWith(config), join(folder, 'index.html'))
const hashOf = (text: string | undefined) => createHash('sha256').update(text ?? '').digest('base64')

it('holds the app, and lets nothing else run or load', async () => {
  const { html, missing } = await make()
  const [, packed = ''] = /id="packed">([^<]+)<\/script>/.exec(html) ?? []
  expect(gunzipSync(Buffer.from(packed, 'base64')).toString()).toBe(CODE)
  const [, opener] = /<script>(.+?)<\/script>/s.exec(html) ?? []
  expect(html).toContain(`content="default-src 'none'; script-src 'sha256-${hashOf(opener)}' 'sha256-${hashOf(CODE)}'; style-src 'unsafe-inline'; img-src data: blob:;`)
  expect(html).toContain('<style>h1 { color: red }</style>')
  expect(html).toContain('<title>A &amp; B</title>')
  expect(html).toContain('<p>own</p>')
  expect(html).not.toContain('talk.example')
  expect(missing).toEqual([])
})

it('names what it goes without, unless the deck lets it be asked for', async () => {
  await put('assets/index.js', 'show("https://talk.example/a.jpg", `https://talk.example/b.webp?size=2`, "https://talk.example/page")')
  expect((await make()).missing).toEqual(['https://talk.example/a.jpg', 'https://talk.example/b.webp'])
  const open = await make({ policy: 'open' })
  expect(open.missing).toEqual([])
  expect(open.html).not.toContain('Content-Security-Policy')
})

it('is none where slides need scripts of their own', async () => {
  await put('assets/editor.worker.js', '')
  await expect(make()).rejects.toThrow(NotOneFile)
  await expect(make()).rejects.toThrow(/^slides\.md {2}no HTML file can be made of it: .*\{monaco\}/)
})
