import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'
import { patches, type Patch } from './steady-patches.ts'

/**
 * Mends what breaks a talk in Slidev's client, by changing its source as it is compiled: nothing in node_modules is touched.
 * docs/upstream.md says of each change what it is for. A server or build does not start where a Slidev update has changed
 * a text that is to be replaced.
 */
export function steadyPlugin({ entry, clientRoot }: ResolvedSlidevOptions): Plugin {
  const client = `${clientRoot.replaceAll('\\', '/')}/`
  const changes = Map.groupBy(patches, ({ file }) => file)
  return {
    name: 'deck:steady',
    enforce: 'pre',
    buildStart() {
      for (const [file, each] of changes) mend(readFileSync(join(clientRoot, file), 'utf8'), each)
    },
    configureServer({ ws }) {
      ws.on('deck:arrived', () => ws.send('deck:arrived'))
    },
    transform(code, id) {
      // Vite's server gives files below node_modules a version, and changed ones a time.
      const path = id.replace(/\?(?:[vt]=[^&]*&?)+$/, '')
      const each = path.startsWith(client) && changes.get(path.slice(client.length))
      return each ? { code: mend(code, each).replaceAll('#deck', dirname(entry).replaceAll('\\', '/')), map: null } : undefined
    },
  }
}

/**
 * A file of Slidev's client with its changes made, in their order.
 * @throws where a text to be replaced does not stand there once; the message names it, its file and the mend.
 */
export function mend(code: string, changes: readonly Patch[]): string {
  return changes.reduce((text, { file, find, put, issue }) => {
    const parts = text.split(find)
    if (parts.length === 2) return parts.join(put)
    throw new Error(`@slidev/client/${file} has ${parts.length - 1} times, not once, what the deck changes there:\n${find}\nSlidev was updated: see “${issue}” in docs/upstream.md, and adapt or remove the change in setup/vite/steady-patches.ts.`)
  }, code)
}
