import { createHash } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { build, type Rolldown } from 'vite'
import type { PrecacheEntry } from 'workbox-precaching'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import type { Edition } from 'slidev-addon-deck/editions'
import type { DeckProject } from 'slidev-addon-deck/project'
import type { KeptEdition } from '../client/sw.ts'

/** What of an edition opens without a network: its files with hashed names, a page for each slide, these, and what slides show. */
const PAGES = ['index.html', 'read/index.html', 'presenter/index.html', 'manifest.webmanifest']
/** What slides show and link of public/, by the endings of names: pictures of any type, documents, fonts, sound. Films are left to the network. */
const SHOWN = /\.(?:a?png|jpe?g|jfif|gif|svg|webp|avif|jxl|bmp|ico|tiff?|pdf|docx?|xlsx?|pptx?|odt|ods|odp|csv|txt|json|vtt|woff2?|ttf|otf|mp3|m4a|ogg|opus|wav|flac)$/i
/** What the build puts beside the slides for browsers, search engines and hosts: each is asked for by these alone. */
const NOT_SHOWN = /^(?:cover\.png|favicon\.ico|apple-touch-icon\.png|robots\.txt|icons\/|fonts\/LICENSE)|(?:^|\/)first-[^/]+\.woff2$/
/** Larger files are left to the network, in bytes. */
const LARGEST = 20_000_000
/** Where the list of kept files goes, as in all workers made with Workbox. */
const MANIFEST = 'self.__WB_MANIFEST'

/**
 * Writes an edition's service worker, `sw.js`. Called when every other file of the edition is there.
 * @param folder the edition's finished build
 * @param slides those that have a page
 * @throws where its 404 page is missing
 */
export async function writeServiceWorker(folder: string, { editions }: DeckProject, edition: Edition, slides: readonly Pick<DeckSlide, 'id' | 'no'>[]): Promise<void> {
  const notFound = await readFile(join(folder, '404.html'), 'utf8')
  const others = edition.folder ? [] : editions.flatMap(({ folder: other }) => other || [])
  const entries = await keptEntries(folder, slides, others)
  const kept: KeptEdition = {
    build: hashOf([notFound, ...entries.map(entry => entry.url + (entry.revision ?? ''))].join('\n')).toString('hex').slice(0, 16),
    slides: slides.map(({ id }) => id),
    // Only the edition at the base has others below it.
    others,
    notFound,
  }
  const { output: [worker] } = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    // A test runner sets NODE_ENV, and Workbox would log.
    define: { 'EDITION': JSON.stringify(kept), 'process.env.NODE_ENV': '"production"' },
    build: { write: false, rolldownOptions: { input: join(import.meta.dirname, '../client/sw.ts'), output: { format: 'iife' } } },
  }) as Rolldown.RolldownOutput
  if (!worker.code.includes(MANIFEST)) throw new Error(`The service worker has no place for its files: ${MANIFEST}.`)
  await writeFile(join(folder, 'sw.js'), worker.code.replace(MANIFEST, () => JSON.stringify(entries)))
}

/** @param others folders in it that are not the edition's own. */
async function keptEntries(folder: string, slides: readonly Pick<DeckSlide, 'id' | 'no'>[], others: readonly string[]): Promise<PrecacheEntry[]> {
  const pages = new Set([...PAGES, ...slides.map(({ id, no }) => `${id || no}/index.html`)])
  const all = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  const wanted = all.filter(file => pages.has(file) || file.startsWith('assets/') || SHOWN.test(file) && !NOT_SHOWN.test(file) && !others.some(other => file.startsWith(`${other}/`)))
  const sizes = await Promise.all(wanted.map(file => stat(join(folder, file)).then(({ size }) => size)))
  const files = wanted.filter((_, i) => (sizes[i] ?? 0) <= LARGEST).sort()
  return Promise.all(files.map(async (file) => {
    const url = addressOf(file).replace(/(^|\/)index\.html$/, '$1')
    // A name with a hash stands for its content.
    if (url.startsWith('assets/')) return { revision: null, url }
    const hash = hashOf(await readFile(join(folder, file)))
    return { integrity: `sha256-${hash.toString('base64')}`, revision: hash.toString('hex').slice(0, 16), url: url || './' }
  }))
}

/** A file's path as a browser asks for it: names may have any sign. */
const addressOf = (file: string) => new URL(file.replace(/[%?#]/g, encodeURIComponent), 'http://deck/').pathname.slice(1)

const hashOf = (content: string | Uint8Array) => createHash('sha256').update(content).digest()
