import type { ResolvedSlidevOptions } from '@slidev/types'
import { editionOf, type DeckProject } from 'slidev-addon-deck/project'
import type { Plugin } from 'vite'
import { editionBase } from '../src/site.ts'

/** Set where Slidev builds editions one after the other: the address below which each has its own. Slidev's command line has one for all. */
export const SITE_BASE = 'DECK_SITE_BASE'

/** Builds each edition for its own address, and tells the process that has it built when it begins (src/build-editions.ts). */
export function editionsPlugin(project: DeckProject, { entry }: ResolvedSlidevOptions): Plugin {
  const edition = editionOf(project, entry)
  const base = process.env[SITE_BASE]
  return {
    name: 'deck:editions',
    apply: 'build',
    config() {
      if (!base) return
      process.send?.(edition.language)
      return { base: editionBase(base, edition) }
    },
  }
}
