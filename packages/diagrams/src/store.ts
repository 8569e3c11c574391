import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { mermaidSource, type Fence } from 'slidev-addon-deck/fences'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { MAX_SCALE, mermaidConfig } from './config.ts'

/** Raise it with any change in src/page/ that changes a drawing. */
const RECIPE = 1

/** The folder of drawings, in the deck's. */
export const DRAWINGS = 'drawings'

/** First line of each drawing. */
const GENERATED = '<!-- Generated from a mermaid fence by "deck diagrams". Do not edit. -->\n'

const require = createRequire(import.meta.url)
const fontRequire = createRequire(require.resolve('slidev-addon-deck/package.json'))
const versionOf = (name: string, from = require) => (JSON.parse(readFileSync(from.resolve(`${name}/package.json`), 'utf8')) as { version: string }).version

/** The file, below the deck's folder, in which a fence's drawing is kept: named by all that the drawing depends on. */
export function drawingFile(fence: Fence, faces: readonly FontFace[]): string {
  const fonts = faces.flatMap(({ sources }) => sources.map(source => [source.package, source.subset, versionOf(source.package, fontRequire)]))
  const { text } = mermaidSource(fence.code)
  const hash = createHash('sha256').update(JSON.stringify([RECIPE, versionOf('mermaid'), mermaidConfig, MAX_SCALE, fonts, text, fence.marks, fence.statements])).digest('hex')
  return join(DRAWINGS, `${hash.slice(0, 12)}.svg`)
}

/** The drawing kept for a fence, without its first line; undefined where there is none. */
export function readDrawing(root: string, fence: Fence, faces: readonly FontFace[]): string | undefined {
  try {
    return /<svg[^]*<\/svg>/.exec(readFileSync(join(root, drawingFile(fence, faces)), 'utf8'))?.[0]
  }
  catch {
    return undefined
  }
}

/** Keeps a fence's drawing; a reader sees the old file or the new one, never half of it. */
export function writeDrawing(root: string, fence: Fence, faces: readonly FontFace[], svg: string): void {
  const file = join(root, drawingFile(fence, faces))
  mkdirSync(dirname(file), { recursive: true })
  const partial = `${file}.${process.pid}.partial`
  writeFileSync(partial, `${GENERATED}${svg}\n`)
  renameSync(partial, file)
}
