import { relative } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'

/**
 * Has Vite find what components of the deck and its addons import before the first page is served. Slidev lets it look
 * through its client only: what a slide imports is then found when that slide loads, and every window reloads in the middle of the talk.
 */
export function optimizePlugin({ roots, userRoot }: ResolvedSlidevOptions): Plugin {
  return {
    name: 'deck:optimize',
    apply: 'serve',
    config: () => ({ optimizeDeps: { entries: roots.map(root => `${relative(userRoot, root).replaceAll('\\', '/') || '.'}/{*,{components,layouts}/**/*}.vue`) } }),
  }
}
