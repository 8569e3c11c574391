import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import { wordsOf, type Language } from 'slidev-addon-deck/editions'
import type { Plugin } from 'vite'
import { formatMiss, mend } from './mend.ts'
import { patchesIn } from './patches/index.ts'

/** Stands for this package's folder in what a changed file imports. */
const OWN = '#present/'

/** Slidev's client as it is installed, with the patches for a language made. */
export function mendClient(clientRoot: string, language: Language) {
  return mend(patchesIn(language), (file) => {
    try {
      return readFileSync(join(clientRoot, file), 'utf8')
    }
    catch {
      return ''
    }
  })
}

/**
 * Mends what Slidev's own pages lack for keyboards and screen readers, what breaks a talk in hard use, and has them speak the
 * deck's language, by changing their source as it is loaded: nothing in node_modules is touched. docs/upstream.md says of each
 * patch what it is for. Where a Slidev update has changed a text that is to be replaced, a build stops; presenting goes on
 * without that patch, and says so. A missing word never stops.
 */
export function patchesPlugin({ data, clientRoot, mode }: ResolvedSlidevOptions): Plugin {
  const client = `${clientRoot.replaceAll('\\', '/')}/`
  const { files, misses } = mendClient(clientRoot, wordsOf(data.headmatter['lang']))
  return {
    name: 'deck:patches',
    enforce: 'pre',
    buildStart() {
      if (misses.length === 0) return
      const isServed = mode === 'dev' || misses.every(({ patch }) => patch.isWord)
      const report = `Slidev was updated, and patches of slidev-addon-present do not apply${isServed ? ': it runs without them' : ''}. Adapt or remove them in its vite/patches (docs/upstream.md says what each is for; deck doctor lists them).\n\n${misses.map(formatMiss).join('\n\n')}\n`
      if (isServed) this.warn(report)
      else this.error(report)
    },
    // Slides that come or go are loaded anew by every window: each tells the others that it is back.
    configureServer({ ws }) {
      ws.on('deck:arrived', () => ws.send('deck:arrived'))
    },
    // In a changed file, this package's own modules are named without their place: what is built of them is the same everywhere.
    resolveId(source, importer) {
      return source.startsWith(OWN) ? this.resolve(join(import.meta.dirname, '..', source.slice(OWN.length)), importer, { skipSelf: true }) : undefined
    },
    load(id) {
      // Vite's server gives files below node_modules a version, and changed ones a time.
      const path = id.replace(/\?(?:[vt]=[^&]*&?)+$/, '')
      return path.startsWith(client) ? files.get(path.slice(client.length)) : undefined
    },
  }
}
