import { existsSync, rmdirSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assertWritable, writing } from 'slidev-addon-deck/writing'

/** Files that appear in their folder all together, or not at all. */
export type Delivery = Awaited<ReturnType<typeof openDelivery>>

/** @throws where nothing can be written in the folder. */
export async function openDelivery(folder: string) {
  const had = existsSync(folder)
  const what = `Nothing was exported to ${folder}`
  await assertWritable(what, folder)
  const unfinished = await writing(what, async () => {
    await mkdir(folder, { recursive: true })
    return mkdtemp(join(folder, '.export-'))
  })
  const place = (name: string) => join(unfinished, name)
  return {
    /** Where to write a file until it is delivered. */
    place,
    write: (name: string, content: Uint8Array) => writing(what, () => writeFile(place(name), content)),
    /** Puts files in their places. */
    deliver: (names: readonly string[]) => writing(what, async () => {
      for (const name of names) await rename(place(name), join(folder, name))
    }),
    /** Removes what has not been delivered. */
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
