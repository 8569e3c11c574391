import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Manifest } from 'vite'

/** Addresses of the files that bring the app up on a slide. */
export interface AppFiles {
  script: string
  style: string
  /** Modules to fetch beside the script, those of every slide first. */
  preload: string[]
}

const ENTRY = 'index.html'
const PLAY = '/@slidev/client/pages/play.vue'

/**
 * Reads Vite's manifest of a finished edition.
 * @param base the edition's address
 * @returns the address of its styles, and its files for the slides of a chapter, which is named by its file.
 * @throws where the build has not the parts it should have
 */
export async function readApp(folder: string, base: string): Promise<{ style: string, filesOf: (chapter: string) => AppFiles }> {
  const path = join(folder, '.vite/manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  const need = (key: string) => {
    const chunk = manifest[key]
    if (!chunk) throw new Error(`${path} has no ${key}: app-files.ts of slidev-addon-site expects it.`)
    return chunk
  }
  // Its key begins with where Slidev is installed.
  const play = Object.keys(manifest).find(key => key.endsWith(PLAY)) ?? PLAY
  const addWithImports = (key: string, keys: Set<string>) => {
    if (keys.has(key)) return
    keys.add(key)
    for (const imported of need(key).imports ?? []) addWithImports(imported, keys)
  }
  // Styles of all parts are one file (vite/chunks.ts), which no part of the manifest names.
  const styles = Object.values(manifest).find(({ file }) => file.endsWith('.css'))?.file
  if (!styles) throw new Error(`${path} names no styles.`)
  const style = base + styles
  return {
    style,
    filesOf: (chapter) => {
      const keys = new Set<string>()
      for (const key of [ENTRY, play, `virtual:chapter/${basename(chapter, '.md')}`]) addWithImports(key, keys)
      keys.delete(ENTRY)
      return { script: base + need(ENTRY).file, style, preload: [...keys].map(key => base + need(key).file) }
    },
  }
}
