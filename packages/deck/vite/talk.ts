import { relative } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'
import { ONE_FILE, PRESENTED, talkOf, WITH_PDF } from '../src/talk.ts'
import { loadDeck } from '../src/load-deck.ts'
import { exportName, type DeckProject } from '../src/project.ts'

const ID = 'virtual:talk'
const RESOLVED = `\0${ID}`
/** Vite's watcher (chokidar) is silent about changes that follow one within 50 ms; in milliseconds, a little more than that. */
const SILENCE = 60

/** Provides `virtual:talk`; in dev it follows the slides as they are edited. The PDFs are the headmatter's, else the build's own. */
export function talkPlugin(project: DeckProject, { entry, mode, data }: ResolvedSlidevOptions): Plugin {
  let known = ''
  let base = '/'

  async function read(): Promise<string> {
    const deck = await loadDeck(project, relative(project.root, entry))
    const talk = talkOf(deck)
    if (process.env[WITH_PDF]) {
      talk.pdf ??= base + exportName(project, deck.edition, 'pdf')
      if (deck.card) talk.card ??= base + exportName(project, deck.edition, 'card.pdf')
    }
    if (process.env[ONE_FILE]) talk.files = Object.fromEntries(project.editions.map(edition => [edition.language, exportName(project, edition, 'html')]))
    const presented = process.env[PRESENTED]
    if (presented && mode === 'dev') talk.ports = JSON.parse(presented) as Record<string, number>
    return JSON.stringify(talk)
  }

  return {
    name: 'deck:talk',
    configResolved(config) {
      base = config.base
    },
    resolveId: id => id === ID ? RESOLVED : undefined,
    async load(id) {
      if (id !== RESOLVED) return
      known = await read()
      if (mode !== 'dev') return `export const talk = ${known}`
      return [
        'import { reactive } from "vue"',
        'const data = import.meta.hot.data',
        'data.talk ??= reactive({})',
        `Object.assign(data.talk, ${known})`,
        'export const talk = data.talk',
        'import.meta.hot.accept()',
      ].join('\n')
    },
    handleHotUpdate: {
      order: 'pre',
      async handler(context) {
        const { file, server, modules } = context
        if (!(file in data.watchFiles)) return
        // What a tool writes right after the save is read with it: of its own nobody would hear.
        await wait(SILENCE)
        // A file that does not parse while it is being typed keeps the talk as it was. Slidev would show what it can make of
        // it: it gets the text that it has.
        const changed = await read().then(now => now !== known, (error: unknown) => {
          server.config.logger.warn(`\n${error instanceof Error ? error.message : String(error)}\nThe talk goes on with what it had.\n`)
          const shown = data.markdownFiles[file]?.raw
          if (shown !== undefined) context.read = () => shown
          return false
        })
        const module = changed && server.moduleGraph.getModuleById(RESOLVED)
        return module ? [...modules, module] : undefined
      },
    },
  }
}
