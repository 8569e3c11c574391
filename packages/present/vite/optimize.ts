import { relative } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'

/** By folder: Vite's glob takes a slash within braces for any folder below them, and then looks through the whole disk. */
const ENTRIES = ['*.vue', 'components/**/*.vue', 'layouts/**/*.vue']

/**
 * Has Vite find what components of the deck and its addons import before the first page is served. Slidev lets it look
 * through its client only: what a slide imports is then found when that slide loads, and every window reloads in the middle of the talk.
 */
export function optimizePlugin({ roots, userRoot }: ResolvedSlidevOptions): Plugin {
  const folders = roots.map(root => relative(userRoot, root).replaceAll('\\', '/') || '.')
  return {
    name: 'deck:optimize',
    apply: 'serve',
    config: () => ({ optimizeDeps: { entries: folders.flatMap(folder => ENTRIES.map(pattern => `${folder}/${pattern}`)) } }),
  }
}
