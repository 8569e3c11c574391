import { join } from 'node:path'
import type { Edition } from 'slidev-addon-deck/editions'
import { serveBuild } from 'slidev-addon-site/static-server'
import { ask } from './browser.ts'

/** A built deck on a loopback port. */
export interface BuiltDeck {
  folder: string
  origin: string
  /** An edition's address, with its closing slash. */
  baseOf: (edition: Pick<Edition, 'folder'>) => string
  close: () => Promise<void>
}

/** The base path of the talk as it is published in the tests: below a path, with its PDFs, compressed. */
export const PUBLISHED_BASE = '/talk/'

/** The builds of the talk that suites share: few, since each takes a quarter of a minute. */
const BUILDS = {
  published: { base: PUBLISHED_BASE, options: ['--with-pdf', '--precompress'] },
  plain: { base: '/', options: [] },
  withNotes: { base: '/', options: ['--with-notes'] },
} as const

/**
 * A build of every edition by `deck build`, served. Suites share it: who changes its files, works on a copy.
 * @throws with what the build printed, where it fails.
 */
export async function buildDeck(which: keyof typeof BUILDS): Promise<BuiltDeck> {
  const { base, options } = BUILDS[which]
  const folder = await ask('build', JSON.stringify([base, options]))
  return { ...await serveBuilt(join(folder, base), base), folder: join(folder, base) }
}

/** Serves a folder that was built for a base path. */
export async function serveBuilt(folder: string, base = '/'): Promise<BuiltDeck> {
  const { origin, close } = await serveBuild(folder, base)
  return { folder, origin, close, baseOf: edition => edition.folder ? `${origin}${base}${edition.folder}/` : `${origin}${base}` }
}
