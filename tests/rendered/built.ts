import { join, resolve } from 'node:path'
import { inject } from 'vitest'
import type { Edition } from 'slidev-addon-deck/editions'
import { serveBuild } from 'slidev-addon-site/static-server'

/** The project's folder. */
export const root = resolve(import.meta.dirname, '../..')

/** A built deck on a loopback port. */
export interface BuiltDeck {
  folder: string
  origin: string
  /** An edition's address, with its closing slash. */
  baseOf: (edition: Pick<Edition, 'folder'>) => string
  close: () => Promise<void>
}

/**
 * A build of every edition by `npm run build`'s own script, each slide in its page and the page for reading with it, served.
 * Suites share it (tests/shared-builds.ts): who changes its files, works on a copy.
 * @param base the path below which it is served, with a slash at both ends.
 * @param options further options of the build.
 * @throws with what the build printed, where it fails.
 */
export async function buildDeck(base = '/', options: readonly string[] = []): Promise<BuiltDeck> {
  const answer = await fetch(inject('builder'), { method: 'POST', body: JSON.stringify([base, options]) })
  const said = await answer.text()
  if (!answer.ok) throw new Error(said)
  return { ...await serveBuilt(said, base), folder: join(said, base) }
}

/** Serves a folder that was built before; the build itself stands in it at its base path. */
export async function serveBuilt(folder: string, base = '/'): Promise<BuiltDeck> {
  const { origin, close } = await serveBuild(folder)
  return { folder, origin, close, baseOf: edition => edition.folder ? `${origin}${base}${edition.folder}/` : `${origin}${base}` }
}
