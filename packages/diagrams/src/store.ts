import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { mermaidSource, type Fence } from 'slidev-addon-deck/fences'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { BLOCK_HEIGHT, MAX_SCALE, mermaidConfig } from './config.ts'
import { optionOf } from './fence-option.ts'
import { protectLabels } from './label-text.ts'
import type { Form } from './page/block/style.ts'
import type { Drawing } from './page/index.ts'

/** Raise it with any change in src/page/ that changes a drawing. */
const RECIPE = 1
/** The same for src/page/block/. */
const BLOCK_RECIPE = 3

/** The folder of drawings, in the deck's. */
export const DRAWINGS = 'drawings'

/** First line of each file. */
const GENERATED = '<!-- Generated from a mermaid fence by "deck diagrams". Do not edit. -->\n'
/** Stands in place of a drawing that there is none of, so that nobody tries again. */
const UNDRAWABLE = /<!-- Left to Mermaid in the page: (.*) -->/

const require = createRequire(import.meta.url)
const fontRequire = createRequire(require.resolve('slidev-addon-deck/package.json'))
const versionOf = (name: string, from = require) => (JSON.parse(readFileSync(from.resolve(`${name}/package.json`), 'utf8')) as { version: string }).version

/** What the drawing of a block diagram depends on beside its fence. */
export interface DrawingOptions {
  /** `wide` where nothing is said. */
  form?: Form
  /** The words of pills: the edition's `marks`. */
  marks?: readonly string[] | undefined
}

/** The forms in which a fence is drawn and kept: the first and the last state of a moving picture also stand side by side. */
export function formsOf({ kind, state }: Fence): readonly Form[] {
  const isAtAnEnd = state !== undefined && (state.index === 0 || state.index === state.count - 1)
  return kind === 'block' && isAtAnEnd ? ['wide', 'narrow'] : ['wide']
}

/** What a fence and its options say of the drawing. */
export function drawingStyle({ info }: Fence, { form = 'wide', marks: pillWords = [] }: DrawingOptions) {
  return { form, height: Number(optionOf(info, 'height') ?? BLOCK_HEIGHT), pillWords }
}

/** The file, below the deck's folder, in which a fence's drawing is kept: named by all that the drawing depends on. */
export function drawingFile(fence: Fence, faces: readonly FontFace[], options: DrawingOptions = {}): string {
  const fonts = faces.flatMap(({ sources }) => sources.map(source => [source.package, source.subset, versionOf(source.package, fontRequire)]))
  const { source: text } = protectLabels(mermaidSource(fence.code).text, fence.kind)
  // Where a statement stands in its file makes no difference.
  const statements = fence.statements.map(({ text, marks }) => ({ text, marks }))
  const own = fence.kind === 'block' ? [drawingStyle(fence, options), BLOCK_RECIPE] : []
  const hash = createHash('sha256').update(JSON.stringify([RECIPE, versionOf('mermaid'), mermaidConfig, MAX_SCALE, fonts, text, fence.marks, statements, ...own])).digest('hex')
  return join(DRAWINGS, `${hash.slice(0, 12)}.svg`)
}

/** What is kept of a fence; undefined where nothing is. */
export function readDrawing(root: string, fence: Fence, faces: readonly FontFace[], options: DrawingOptions = {}): Drawing | undefined {
  const path = join(root, drawingFile(fence, faces, options))
  const kept = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const svg = /<svg[^]*<\/svg>/.exec(kept)?.[0]
  const undrawable = UNDRAWABLE.exec(kept)?.[1]
  return svg ? { svg } : undrawable ? { undrawable } : undefined
}

/** Keeps what came of a fence; a reader sees the old file or the new one, never half of it. */
export function writeDrawing(root: string, fence: Fence, faces: readonly FontFace[], drawing: Drawing, options: DrawingOptions = {}): void {
  const file = join(root, drawingFile(fence, faces, options))
  mkdirSync(dirname(file), { recursive: true })
  const partial = `${file}.${process.pid}.partial`
  writeFileSync(partial, `${GENERATED}${'svg' in drawing ? drawing.svg : `<!-- Left to Mermaid in the page: ${drawing.undrawable.replaceAll('--', '- -')} -->`}\n`)
  renameSync(partial, file)
}
