import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DeckProject } from 'slidev-addon-deck/project'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeServiceWorker } from './offline.ts'

const edition = { language: 'zh', words: 'zh' as const, name: '中文', lang: 'zh-CN', entry: 'slides.md', folder: '' }
const project: DeckProject = { root: '/', name: 'deck', config: {}, editions: [edition, { ...edition, language: 'en', folder: 'en' }] }
const KEPT = [
  'index.html', 'one/index.html', '2/index.html', 'read/index.html', 'presenter/index.html', 'manifest.webmanifest', 'favicon.svg',
  'assets/index-abc.js', 'assets/index-abc.css', 'assets/picture-abc.png', 'assets/face-abc.woff2',
  'photo.png', 'photo.jpeg', 'photo.JPG', 'photo.webp', 'photo.avif', 'photo.gif', 'drawing.svg', 'pictures/图 一#.png', 'a,b (1) [2]+%.png', 'essay.pdf', 'data.json', 'sound.mp3',
]
/** What a browser makes of names that are no plain ASCII. */
const ADDRESSES: Readonly<Record<string, string>> = { 'pictures/图 一#.png': 'pictures/%E5%9B%BE%20%E4%B8%80%23.png', 'a,b (1) [2]+%.png': 'a,b%20(1)%20[2]+%25.png' }
const LEFT = ['404.html', 'sw.js', '_headers', 'robots.txt', 'sitemap.xml', 'cover.png', 'favicon.ico', 'icons/192.png', 'fonts/LICENSE-x.txt', 'one/first-body.woff2', 'film.mp4', 'en/photo.png', 'en/index.html', 'print/index.html', 'presenter/one/index.html']

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-offline-'))
  for (const file of [...KEPT, ...LEFT]) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), file)
  }
  await writeFile(join(folder, 'huge.png'), Buffer.alloc(21_000_000))
  await writeServiceWorker(folder, project, edition, [{ no: 1, id: 'one' }, { no: 2, id: '' }])
})
afterAll(() => rm(folder, { recursive: true }))

it('keeps pages, the app, and every picture and document of the slides, whatever its type and its name', async () => {
  const worker = await readFile(join(folder, 'sw.js'), 'utf8')
  const [, list = '[]'] = /\((\[\{"(?:integrity|revision)":.*?\}\])\)/s.exec(worker) ?? []
  const urls = (JSON.parse(list) as { url: string }[]).map(({ url }) => url)
  expect(urls.sort()).toEqual(KEPT.map(file => ADDRESSES[file] ?? (file.replace(/(^|\/)index\.html$/, '$1') || './')).sort())
})
