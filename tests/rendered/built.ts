import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Edition } from '../../lib/editions.ts'
import { serveBuild } from '../../scripts/static-server.ts'

const run = promisify(execFile)

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
 * Builds every edition with `npm run build`'s own script, each slide in its page and the page for reading with it, and serves it.
 * @param base the path below which it is served, with a slash at both ends.
 * @param options further options of the build.
 * @throws with what the build printed, where it fails.
 */
export async function buildDeck(base = '/', options: readonly string[] = []): Promise<BuiltDeck> {
  const temporary = await mkdtemp(join(tmpdir(), 'deck-rendered-'))
  const remove = () => rm(temporary, { recursive: true, force: true })
  const folder = join(temporary, 'dist', base)
  try {
    await run(process.execPath, [join(root, 'scripts/build.ts'), '--out', folder, '--base', base, '--require-prerender', ...options], { cwd: root })
  }
  catch (error) {
    await remove()
    throw error
  }
  const built = await serveBuilt(join(temporary, 'dist'), base)
  return { ...built, folder, close: () => built.close().then(remove) }
}

/** Serves a folder that was built before; the build itself stands in it at its base path. */
export async function serveBuilt(folder: string, base = '/'): Promise<BuiltDeck> {
  const { origin, close } = await serveBuild(folder)
  return { folder, origin, close, baseOf: edition => edition.folder ? `${origin}${base}${edition.folder}/` : `${origin}${base}` }
}
