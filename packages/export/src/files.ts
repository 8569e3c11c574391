import { existsSync, rmdirSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assertWritable, writing } from 'slidev-addon-deck/writing'

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
  const what = `Nothing was exported to ${folder}`
  await assertWritable(what, folder)
  const unfinished = await writing(what, async () => {
    await mkdir(folder, { recursive: true })
    return mkdtemp(join(folder, '.export-'))
  })
  const place = (name: string) => join(unfinished, name)
  return {
    place,
    write: (name, content) => writing(what, () => writeFile(place(name), content)),
    deliver: names => writing(what, async () => {
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
