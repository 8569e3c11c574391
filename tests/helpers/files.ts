import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Every file in a folder and those below it, relative to it, in order. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => relative(folder, join(entry.parentPath, entry.name))).sort()
}
