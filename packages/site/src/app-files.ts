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

/** A finished app's files, as its build lists them. */
export interface App {
  style: string
  /** @param chapter a file of slides. */
  filesOf: (chapter: string) => AppFiles
}

const ENTRY = 'index.html'
const PLAY = '/@slidev/client/pages/play.vue'

/**
 * Reads Vite's manifest of a finished edition.
 * @param base the edition's address
 * @throws where the build has not the parts it should have
 */
export async function readApp(folder: string, base: string): Promise<App> {
  const path = join(folder, '.vite/manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  const need = (key: string) => {
    const chunk = manifest[key]
    if (!chunk) throw new Error(`${path} has no ${key}: app-files.ts of slidev-addon-site expects it.`)
    return chunk
  }
  // Its key begins with where Slidev is installed.
  const play = Object.keys(manifest).find(key => key.endsWith(PLAY)) ?? PLAY
  const withImports = (key: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(key)) return seen
    seen.add(key)
    for (const imported of need(key).imports ?? []) withImports(imported, seen)
    return seen
  }
  // Styles of all parts are one file (vite/chunks.ts), which no part of the manifest names.
  const style = Object.values(manifest).find(({ file }) => file.endsWith('.css'))?.file
  if (!style) throw new Error(`${path} names no styles.`)
  return {
    style: base + style,
    filesOf: (chapter) => {
      const keys = new Set([...withImports(ENTRY), ...withImports(play), ...withImports(`virtual:chapter/${basename(chapter, '.md')}`)])
      keys.delete(ENTRY)
      return { script: base + need(ENTRY).file, style: base + style, preload: [...keys].map(key => base + need(key).file) }
    },
  }
}
