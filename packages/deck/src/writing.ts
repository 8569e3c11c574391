import { access, constants } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What keeps files from being written, by Node's code for it and by what other tools say of it. */
const REASONS: readonly [code: string, said: string, reason: string][] = [
  ['ENOSPC', 'No space left on device', 'there is no room left on its disk'],
  ['EDQUOT', 'Disk quota exceeded', 'your share of its disk is full'],
  ['EFBIG', 'File too large', 'a file would be larger than this system allows'],
  ['EROFS', 'Read-only file system', 'it can only be read'],
  ['EACCES', 'Permission denied', 'you may not write there'],
  ['EPERM', 'Operation not permitted', 'you may not write there'],
  ['ENOTDIR', 'Not a directory', 'it is not a folder'],
  ['EEXIST', 'File exists', 'it is not a folder'],
  ['EISDIR', 'Is a directory', 'a folder is in the place of a file'],
]

/** Why something was not written, from an error or from what a program printed; nothing where it had another cause. */
export function whyNotWritten(failure: unknown): string | undefined {
  if (typeof failure === 'string') return REASONS.find(([code, said]) => new RegExp(`\\b${code}\\b|${said}`).test(failure))?.[2]
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : ''
  return REASONS.find(each => each[0] === code)?.[2]
}

/**
 * Does work that writes.
 * @param what was not done where it fails, like "Nothing was exported to export".
 * @throws where it fails: with the reason in words where nothing could be written, else what the work threw.
 */
export async function writing<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  }
  catch (error) {
    // What the system refused has a call; what the work found wrong by itself says so in its own words.
    const why = whyNotWritten(error) ?? (error instanceof Error && 'syscall' in error ? error.message : undefined)
    throw why ? new Error(`${what}: ${why}.`, { cause: error }) : error
  }
}

/** @throws where nothing may be written in a folder, or in the nearest one above it that there is. */
export async function assertWritable(what: string, folder: string): Promise<void> {
  await writing(what, async () => {
    for (let at = folder; ; at = dirname(at)) {
      const error = await access(at, constants.W_OK).then(() => undefined, (failure: NodeJS.ErrnoException) => failure)
      if (!error) return
      if (error.code !== 'ENOENT' || dirname(at) === at) throw error
    }
  })
}

/** @throws where Slidev can't keep what it makes below the deck's node_modules: it does so in every start and build. */
export async function assertProjectWritable(root: string): Promise<void> {
  const packages = join(root, 'node_modules')
  try {
    await assertWritable('', packages)
  }
  catch (error) {
    throw new Error(`Slidev keeps files in ${packages}, but ${whyNotWritten(error instanceof Error ? error.cause : error) ?? 'nothing can be written there'}: copy the deck to a folder of your own. What works here: deck check, and deck export --from BUILD --out FOLDER.`, { cause: error })
  }
}
