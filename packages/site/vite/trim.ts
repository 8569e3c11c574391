import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'

/** A part of Slidev that viewers load though this deck does not use it. */
interface Trim {
  /** The import, as Slidev's client writes it or as an alias has resolved it. */
  import: RegExp
  /** What takes its place: another import, or the code of a module. */
  instead: { path: (source: string) => string } | { code: string, type?: 'css' }
  /** Whether the deck does without. */
  applies: boolean
}

const STUB = '\0deck:trim/'

/** Where Slidev's own Mermaid draws what does not come drawn. */
const MERMAID = '/@slidev/client/modules/mermaid.ts'
const MERMAID_PLACE = '<div id="mermaid-rendering-container"></div>'

/** A change to one of Slidev's own sources. */
interface Edit {
  /** How its path ends. */
  file: string
  from: string
  to: string
}

const SLIDES_SHOW = '/@slidev/client/internals/SlidesShow.vue'

function editsFor({ data }: ResolvedSlidevOptions): Edit[] {
  const hasTransitions = [data.headmatter, ...data.slides.map(slide => slide.frontmatter)].some(({ transition }) => transition && !(typeof transition === 'object' && 'css' in transition && transition.css === false))
  return [
    // Slidev loads and renders all slides three seconds after the first. Its neighbours are enough; offline the service worker has the rest.
    { file: SLIDES_SHOW, from: 'routes.forEach(preloadRoute)', to: '' },
    // Its neighbours come once it is there: client/neighbours.ts.
    { file: SLIDES_SHOW, from: 'preloadRoute(prevRoute.value)', to: '' },
    { file: SLIDES_SHOW, from: 'preloadRoute(nextRoute.value)', to: '' },
    // Where slides change without a transition, its group measures every slide and keeps the old one for a frame.
    ...hasTransitions ? [] : [{ file: SLIDES_SHOW, from: `? 'div' : TransitionGroup"`, to: `? 'div' : 'div'"` }],
  ]
}

/**
 * Leaves out of a build, or loads only when asked for, what Slidev puts before the first slide of every deck:
 * 225 KB of 430 KB of scripts. Each part stays where the deck uses it; dev is as Slidev has it.
 */
export function trimPlugin(options: ResolvedSlidevOptions): Plugin {
  const trims = trimsFor(options)
  const edits = editsFor(options)
  return {
    name: 'deck:trim',
    apply: 'build',
    enforce: 'pre',
    // Nobody reads the compressed sizes that Vite would work out.
    config: () => ({ build: { reportCompressedSize: false } }),
    transformIndexHtml(html, { bundle = {} }) {
      const draws = Object.values(bundle).some(file => file.type === 'chunk' && file.moduleIds.some(id => id.includes(MERMAID)))
      return draws ? html : html.replace(MERMAID_PLACE, '')
    },
    resolveId(source, importer, { isEntry }) {
      if (isEntry) return
      const index = trims.findIndex(trim => trim.import.test(source))
      const trim = trims[index]
      // A stub may import what it stands for.
      if (!trim || importer?.startsWith(`${STUB}${index}.`)) return
      if ('path' in trim.instead) return this.resolve(trim.instead.path(source), importer, { skipSelf: true })
      return `${STUB}${index}.${trim.instead.type ?? 'js'}`
    },
    transform(code, id) {
      const wanted = edits.filter(edit => id.endsWith(edit.file))
      if (wanted.length === 0) return
      const missing = wanted.find(({ from }) => !code.includes(from))
      if (missing) this.error(`${id} no longer holds the text that vite/trim.ts of slidev-addon-site changes: ${missing.from}`)
      return { code: wanted.reduce((text, { from, to }) => text.replace(from, to), code), map: null }
    },
    load(id) {
      if (!id.startsWith(STUB)) return
      const trim = trims[Number.parseInt(id.slice(STUB.length))]
      return trim && 'code' in trim.instead ? trim.instead.code : undefined
    },
  }
}

function trimsFor({ roots, data, utils }: ResolvedSlidevOptions): Trim[] {
  const own = roots.flatMap(root => globSync(['*.vue', '{components,layouts}/**/*.vue'], { cwd: root }).map(path => join(root, path)))
  const text = [...data.slides.map(slide => slide.content), ...own.map(path => readFileSync(path, 'utf8'))].join('\n')
  const uses = (pattern: RegExp) => pattern.test(text)
  const withoutCode = !uses(/^ *(?:(?:```|~~~)(?!mermaid\b)[^\s`]|<<<)/m)
  const withoutDragging = !uses(/v-drag|VDrag/i)
  const noDirective = (name: string) => ({ code: `export const ${name} = () => ({ install() {} })` })

  const trims: Trim[] = [
    // Templates are compiled at build time: the viewer needs no compiler.
    { import: /\/vue\/dist\/vue\.esm-bundler\.js$/, instead: { path: source => source.replace('esm-bundler', 'runtime.esm-bundler') }, applies: true },
    // One function of it is used, which the smaller module has as well; this one brings a YAML parser.
    { import: /^@slidev\/parser\/core$/, instead: { path: () => '@slidev/parser/utils' }, applies: true },
    // Tooltips in the settings and the drawing tools.
    { import: /^floating-vue$/, instead: { code: LAZY_FLOATING_VUE }, applies: withoutCode && !uses(/v-tooltip|VDropdown|VTooltip/) },
    // The search behind the "go to" dialog.
    { import: /^fuse\.js$/, instead: { code: LAZY_FUSE }, applies: true },
    { import: /^@shikijs\/vitepress-twoslash\/client$/, instead: { code: 'export default { install() {} }' }, applies: withoutCode },
    { import: /^@shikijs\/(?:magic-move|vitepress-twoslash)\/style\.css$/, instead: { code: '', type: 'css' }, applies: withoutCode },
    { import: /^markdown-it-github-alerts\/styles\/.+\.css$/, instead: { code: '', type: 'css' }, applies: !uses(/^ *> *\[!/m) },
    { import: /^\.\.\/modules\/v-mark$/, instead: noDirective('createVMarkDirective'), applies: !uses(/v-mark/) },
    { import: /^\.\.\/modules\/v-motion$/, instead: noDirective('createVMotionDirectives'), applies: !uses(/v-motion/) },
    { import: /^\.\.\/modules\/v-drag$/, instead: noDirective('createVDragDirective'), applies: withoutDragging },
    { import: /^\.\/DragControl\.vue$/, instead: { code: 'export default { render: () => null }' }, applies: withoutDragging },
    { import: /^drauu$/, instead: { code: NO_DRAUU }, applies: [utils.define['__SLIDEV_FEATURE_DRAWINGS__'], utils.define['__SLIDEV_FEATURE_DRAWINGS_PERSIST__']].every(on => on === 'false') },
  ]
  return trims.filter(trim => trim.applies)
}

const LAZY_FLOATING_VUE = `
import { defineAsyncComponent } from 'vue'
let loading, loaded
const load = () => loading ??= Promise.all([import('floating-vue'), import('floating-vue/dist/style.css')]).then(([floating]) => loaded = floating)
export const Tooltip = defineAsyncComponent(() => load().then(floating => floating.Tooltip))
export const Dropdown = defineAsyncComponent(() => load().then(floating => floating.Dropdown))
export const recomputeAllPoppers = () => loaded?.recomputeAllPoppers()
`

const LAZY_FUSE = `
import { shallowRef } from 'vue'
const Fuse = shallowRef()
let loading
export default class {
  constructor(...args) { this.args = args }
  search(text) {
    loading ??= import('fuse.js').then(module => Fuse.value = module.default)
    if (Fuse.value) return new Fuse.value(...this.args).search(text)
    // Enter may be pressed before it is there: a number is that slide's, words are part of a headline.
    const slides = this.args[0], words = text.toLowerCase()
    const found = [...slides.filter(({ no }) => String(no) === text), ...slides.filter(({ title }) => String(title ?? '').toLowerCase().includes(words))]
    return found.map(item => ({ item }))
  }
}
`

/** Where drawing is off, nothing mounts it and only its switches are asked. */
const NO_DRAUU = `
const no = () => false
export const createDrauu = () => ({ mounted: false, on: no, load: no, clear: no, dump: () => '', undo: no, redo: no, canUndo: no, canRedo: no, mount: no, unmount: no })
`
