import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { resolveConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import type { PrecacheEntry } from 'workbox-precaching'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { editions, type Edition } from 'slidev-addon-deck/editions'
import type { KeptEdition } from '../client/sw.ts'
import { root } from 'slidev-addon-deck/run-slidev'

/** What of an edition opens without a network: the app, its own fonts, a page for each slide, and what stands beside them. */
const KEPT = ['assets/**/*.{js,css,woff2}', 'index.html', 'read/index.html', 'manifest.webmanifest', 'favicon.svg', '*.pdf']

/**
 * Writes an edition's service worker, `sw.js`. Called when every other file of the edition is there.
 * @param folder the edition's finished build
 * @param slides those that have a page
 * @throws where its 404 page is missing
 */
export async function writeServiceWorker(folder: string, edition: Edition, slides: readonly Pick<DeckSlide, 'id' | 'no'>[]): Promise<void> {
  const notFound = await readFile(join(folder, '404.html'), 'utf8')
  const entries = await keptEntries(folder, slides)
  const kept: KeptEdition = {
    build: hashOf([notFound, ...entries.map(entry => entry.url + (entry.revision ?? ''))].join('\n')).toString('hex').slice(0, 16),
    slides: slides.map(({ id }) => id),
    // Only the edition at the base has others below it.
    others: edition.folder ? [] : editions.flatMap(({ folder: other }) => other ? [other] : []),
    notFound,
  }
  const { plugins } = await resolveConfig({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { EDITION: JSON.stringify(kept) },
    plugins: VitePWA({
      strategies: 'injectManifest',
      srcDir: 'site',
      filename: 'sw.ts',
      outDir: folder,
      injectRegister: false,
      manifest: false,
      injectManifest: { globPatterns: [], additionalManifestEntries: entries, rollupFormat: 'iife' },
      integration: {
        configureCustomSWViteBuild(config) {
          config.logLevel = 'warn'
          // A test runner sets NODE_ENV, and Workbox would log.
          config.define = { ...config.define, 'process.env.NODE_ENV': '"production"' }
        },
      },
    }),
  }, 'build')
  const plugin = plugins.find(({ name }) => name === 'vite-plugin-pwa')
  const api = plugin?.api as { generateSW: () => Promise<void> } | undefined
  if (!api) throw new Error('vite-plugin-pwa no longer has the plugin that scripts/site/offline.ts calls.')
  await api.generateSW()
}

async function keptEntries(folder: string, slides: readonly Pick<DeckSlide, 'id' | 'no'>[]): Promise<(PrecacheEntry & { revision: string | null })[]> {
  const files = await Array.fromAsync(glob([...KEPT, ...slides.map(({ id, no }) => `${id || no}/index.html`)], { cwd: folder }))
  return Promise.all(files.sort().map(async (file) => {
    const url = file.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1')
    // A name with a hash stands for its content.
    if (url.startsWith('assets/')) return { url, revision: null }
    const hash = hashOf(await readFile(join(folder, file)))
    return { url: url || './', revision: hash.toString('hex').slice(0, 16), integrity: `sha256-${hash.toString('base64')}` }
  }))
}

const hashOf = (content: string | Uint8Array) => createHash('sha256').update(content).digest()
