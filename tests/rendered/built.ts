import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Edition } from '../../lib/editions.ts'
import { serve } from '../helpers/server.ts'

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
 * Builds every edition with `npm run build`'s own script and serves it.
 * @throws with what the build printed, where it fails.
 */
export async function buildDeck(): Promise<BuiltDeck> {
  const temporary = await mkdtemp(join(tmpdir(), 'deck-rendered-'))
  const remove = () => rm(temporary, { recursive: true, force: true })
  const folder = join(temporary, 'dist')
  try {
    await run(process.execPath, [join(root, 'scripts/build.ts'), '--out', folder], { cwd: root })
  }
  catch (error) {
    await remove()
    throw error
  }
  const built = await serveBuilt(folder)
  return { ...built, close: () => built.close().then(remove) }
}

/** Serves a folder that was built before. */
export async function serveBuilt(folder: string): Promise<BuiltDeck> {
  const { origin, close } = await serve(folder)
  return { folder, origin, close, baseOf: edition => edition.folder ? `${origin}/${edition.folder}/` : `${origin}/` }
}
