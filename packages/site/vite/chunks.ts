import { basename } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin, Rolldown } from 'vite'

/** Slidev's module that loads each slide by itself. */
const SLIDES = '/@slidev/slides'
const CHAPTER = 'virtual:chapter/'
/** Forgets settings that Slidev could not read. */
const CLEARS_STORE = /\/client\/(?:clear|stored)-settings\.ts$/
/** Slidev's chunk of Vue. */
const VUE = 'modules/vue'

/**
 * Makes few files of many: a chapter's slides in one, the deck's components and layouts in one, all styles in one.
 * Slidev makes a file of each slide and one of its styles, of a kilobyte or two: a request each, and hardly compressed.
 */
export function chunksPlugin({ roots, data }: ResolvedSlidevOptions): Plugin {
  // The deepest root first: packages may lie in the deck's folder.
  const byDepth = roots.toSorted((a, b) => b.length - a.length)
  const isOwn = (id: string) => {
    const root = byDepth.find(each => id.startsWith(`${each}/`))
    return root !== undefined && /^\/(?!client\/|setup\/|node_modules\/)\w+\/(?!.*\.md)/.test(id.slice(root.length))
  }
  const chapters = Map.groupBy(data.slides.map(({ source }, i) => ({ chapter: basename(source.filepath, '.md'), no: i + 1 })), ({ chapter }) => chapter)
  return {
    name: 'deck:chunks',
    apply: 'build',
    // The manifest tells src/app-files.ts which files a slide's page should fetch early.
    config: () => ({ build: { cssCodeSplit: false, manifest: true } }),
    configResolved({ build }) {
      for (const output of [build.rolldownOptions.output].flat() as (Rolldown.OutputOptions | undefined)[]) {
        if (!output) continue
        const others = output.manualChunks
        delete output.manualChunks
        output.codeSplitting = {
          // Else the first group takes along everything the deck imports.
          includeDependenciesRecursively: false,
          groups: [
            // What one chapter alone uses stays with it.
            { name: 'deck', test: isOwn, minShareCount: 2 },
            // Asked before the app is there: with it the components' styles would come before Slidev's, which they override.
            { name: 'talk', test: id => id.includes('virtual:talk') },
            // The chunks that the entry imports run before it, and those of Slidev read the store: with Vue, it is cleared before them.
            { name: (id, context) => CLEARS_STORE.test(id) ? VUE : others?.(id, context) ?? null },
          ],
        }
      }
    },
    resolveId: id => id.startsWith(CHAPTER) ? `\0${id}` : undefined,
    load(id) {
      if (!id.startsWith(`\0${CHAPTER}`)) return
      return chapters.get(id.slice(CHAPTER.length + 1))?.map(({ no }) => `export * as slide${no} from '${SLIDES}/${no}/md'`).join('\n')
    },
    transform(code, id) {
      if (id !== SLIDES) return
      let missing = 0
      let merged = code
      for (const [chapter, slides] of chapters) {
        for (const { no } of slides) {
          const alone = `await import('${SLIDES}/${no}/md')`
          if (!merged.includes(alone)) missing = no
          merged = merged.replace(alone, () => `(await import('${CHAPTER}${chapter}')).slide${no}`)
        }
      }
      if (missing) this.error(`${SLIDES} no longer imports slide ${missing} as this plugin expects: see vite/chunks.ts of slidev-addon-site.`)
      return { code: merged, map: null }
    },
  }
}
