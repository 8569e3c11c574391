import { createHash } from 'node:crypto'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'
import type { PrecacheEntry } from 'workbox-precaching'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import type { Edition } from 'slidev-addon-deck/editions'
import type { DeckProject } from 'slidev-addon-deck/project'
import type { KeptEdition } from '../client/sw.ts'

/** What of an edition opens without a network: the app, its own fonts, a page for each slide, and what stands beside them. */
const KEPT = ['assets/**/*.{js,css,woff2}', 'index.html', 'read/index.html', 'manifest.webmanifest', 'favicon.svg', '*.pdf']
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
  const entries = await keptEntries(folder, slides)
  const kept: KeptEdition = {
    build: hashOf([notFound, ...entries.map(entry => entry.url + (entry.revision ?? ''))].join('\n')).toString('hex').slice(0, 16),
    slides: slides.map(({ id }) => id),
    // Only the edition at the base has others below it.
    others: edition.folder ? [] : editions.flatMap(({ folder: other }) => other ? [other] : []),
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

async function keptEntries(folder: string, slides: readonly Pick<DeckSlide, 'id' | 'no'>[]): Promise<PrecacheEntry[]> {
  const files = await Array.fromAsync(glob([...KEPT, ...slides.map(({ id, no }) => `${id || no}/index.html`)], { cwd: folder }))
  return Promise.all(files.sort().map(async (file) => {
    const url = file.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1')
    // A name with a hash stands for its content.
    if (url.startsWith('assets/')) return { revision: null, url }
    const hash = hashOf(await readFile(join(folder, file)))
    return { integrity: `sha256-${hash.toString('base64')}`, revision: hash.toString('hex').slice(0, 16), url: url || './' }
  }))
}

const hashOf = (content: string | Uint8Array) => createHash('sha256').update(content).digest()
