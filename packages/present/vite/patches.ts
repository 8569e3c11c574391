import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'
import { wordsOf } from 'slidev-addon-deck/editions'
import { patches, type Patch } from './slidev-patches.ts'
import { patches as steadyPatches } from './steady-patches.ts'
import { translations } from './slidev-words.ts'

/** Stands for this package's folder in what a changed file imports. */
const OWN = '#present/'

/**
 * Mends what Slidev's own pages lack for keyboards and screen readers, what breaks a talk in hard use, and has them speak the
 * deck's language, by changing their source as it is compiled: nothing in node_modules is touched. docs/upstream.md says of each change what it is for.
 * A server or build does not start where a Slidev update has changed a text that is to be replaced.
 */
export function patchesPlugin({ data, clientRoot }: ResolvedSlidevOptions): Plugin {
  const client = `${clientRoot.replaceAll('\\', '/')}/`
  const changes = Map.groupBy([...patches, ...steadyPatches, ...translations(wordsOf(data.headmatter['lang']))], ({ file }) => file)
  const changesOf = (id: string) => {
    // Vite's server gives files below node_modules a version, and changed ones a time.
    const path = id.replace(/\?(?:[vt]=[^&]*&?)+$/, '')
    return path.startsWith(client) ? changes.get(path.slice(client.length)) : undefined
  }
  return {
    name: 'deck:patches',
    enforce: 'pre',
    buildStart() {
      for (const [file, each] of changes) mend(readFileSync(join(clientRoot, file), 'utf8'), each)
    },
    // Slides that come or go are loaded anew by every window: each tells the others that it is back.
    configureServer({ ws }) {
      ws.on('deck:arrived', () => ws.send('deck:arrived'))
    },
    // In a changed file, this package's own modules are named without its place: what is built of them is the same everywhere.
    resolveId(source, importer) {
      return source.startsWith(OWN) ? this.resolve(join(import.meta.dirname, '..', source.slice(OWN.length)), importer, { skipSelf: true }) : undefined
    },
    transform(code, id) {
      const each = changesOf(id)
      return each && { code: mend(code, each), map: null }
    },
  }
}

/**
 * A file of Slidev's client with its changes made, in their order.
 * @throws where a text to be replaced is not there as often as it should be; the message names it, its file and the mend.
 */
export function mend(code: string, changes: readonly Patch[]): string {
  return changes.reduce((text, { file, find, put, issue, times = 1 }) => {
    const parts = text.split(find)
    if (parts.length === times + 1) return parts.join(put)
    throw new Error(`@slidev/client/${file} has ${parts.length - 1} times, not ${times}, what the deck changes there:\n${find}\nSlidev was updated: see “${issue}” in docs/upstream.md, and adapt or remove the change in setup/vite/slidev-patches.ts, steady-patches.ts or slidev-words.ts.`)
  }, code)
}
