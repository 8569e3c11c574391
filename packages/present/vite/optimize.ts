import type { Plugin } from 'vite'

/**
 * Has Vite find what the deck's own components import before the first page is served. Slidev lets it look through its
 * client only: what a slide imports is then found when that slide loads, and every window reloads in the middle of the talk.
 */
export function presentPlugin(): Plugin {
  return {
    name: 'deck:present',
    apply: 'serve',
    config: () => ({ optimizeDeps: { entries: ['*.vue', '{components,layouts}/**/*.vue'] } }),
  }
}
