import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'
import { languageOf, type Language } from '../../lib/editions.ts'
import { patches, type Patch } from './slidev-patches.ts'
import { translations } from './slidev-words.ts'

/**
 * Mends what Slidev's own pages lack for keyboards and screen readers, and has them speak the deck's language, by changing
 * their source as it is compiled: nothing in node_modules is touched. docs/upstream.md says of each change what it is for.
 * @throws when the server or build starts, where a Slidev update has changed a text that is to be replaced.
 */
export function accessPlugin({ entry, data, clientRoot }: ResolvedSlidevOptions): Plugin {
  const client = clientRoot.replaceAll('\\', '/')
  let mended = new Map<string, string>()
  return {
    name: 'deck:access',
    enforce: 'pre',
    buildStart() {
      mended = mendedFiles(path => readFileSync(join(clientRoot, path), 'utf8'), languageOf(data.headmatter['lang']), dirname(entry))
    },
    transform(_code, id) {
      const code = id.startsWith(`${client}/`) ? mended.get(id.slice(client.length + 1)) : undefined
      return code === undefined ? undefined : { code, map: null }
    },
  }
}

/**
 * The files of Slidev's client that are changed, with their new text, by their path in it.
 * @param root the deck's folder, from which the changed files import.
 * @throws where a text to be replaced is not there as often as it should be; the message names it, its file and the mend.
 */
export function mendedFiles(read: (path: string) => string, language: Language, root: string, changes: readonly Patch[] = [...patches, ...translations(language)]): Map<string, string> {
  const files = new Map<string, string>()
  for (const { file, find, put, times = 1 } of changes) {
    const text = files.get(file) ?? read(file)
    const parts = text.split(find)
    if (parts.length !== times + 1)
      throw new Error(`@slidev/client/${file} has ${parts.length - 1} times, not ${times}, the text that the deck changes: ${JSON.stringify(find)}. Slidev was updated: see docs/upstream.md, and adapt or remove the change in ${fileURLToPath(import.meta.url).slice(root.length + 1)}’s lists.`)
    files.set(file, parts.join(put.replaceAll('#deck', root.replaceAll('\\', '/'))))
  }
  return files
}
