import { existsSync, rmdirSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Files that appear in their folder all together, or not at all. */
export interface Delivery {
  /** Where to write a file until then. */
  place: (name: string) => string
  write: (name: string, content: Uint8Array) => Promise<void>
  /** Puts files in their places. */
  deliver: (names: readonly string[]) => Promise<void>
  /** Removes what has not been delivered. */
  clear: () => void
}

/** @throws where nothing can be written in the folder. */
export async function openDelivery(folder: string): Promise<Delivery> {
  const had = existsSync(folder)
  const unfinished = await guard(folder, async () => {
    await mkdir(folder, { recursive: true })
    return mkdtemp(join(folder, '.export-'))
  })
  const place = (name: string) => join(unfinished, name)
  return {
    place,
    write: (name, content) => guard(folder, () => writeFile(place(name), content)),
    deliver: names => guard(folder, async () => {
      for (const name of names) await rename(place(name), join(folder, name))
    }),
    clear() {
      rmSync(unfinished, { recursive: true, force: true })
      try {
        if (!had) rmdirSync(folder)
      }
      catch {
        // Something is in it by now.
      }
    },
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no room left on its disk',
  EDQUOT: 'your share of its disk is full',
  EFBIG: 'a file would be larger than this system allows',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it can only be read',
  ENOTDIR: 'it is not a folder',
  EEXIST: 'it is not a folder',
  EISDIR: 'a folder is in the place of a file',
}

/** Says in words what kept files from being written. */
async function guard<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  }
  catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Error(`Nothing was exported to ${folder}: ${REASONS[code] ?? (error instanceof Error ? error.message : String(error))}.`, { cause: error })
  }
}
