import { basename } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'
import { editions } from 'slidev-addon-deck/editions'
import { editionBase } from '../src/head.ts'

/** Set where Slidev builds editions one after the other: the address below which each has its own. Slidev's command line has one for all. */
export const SITE_BASE = 'DECK_SITE_BASE'

/** Builds each edition for its own address, and tells the process that has it built when it begins (scripts/build-editions.ts). */
export function editionsPlugin({ entry }: ResolvedSlidevOptions): Plugin {
  const edition = editions.find(each => each.entry === basename(entry))
  const base = process.env[SITE_BASE]
  return {
    name: 'deck:editions',
    apply: 'build',
    config() {
      if (!edition || !base) return
      process.send?.(edition.language)
      return { base: editionBase(base, edition) }
    },
  }
}
