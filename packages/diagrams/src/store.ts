import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { isLabelFace, MAX_SCALE, mermaidConfig } from './diagram-config.ts'
import type { Language } from 'slidev-addon-deck/editions'
import { mermaidSource, type Fence } from 'slidev-addon-deck/fences'
import { facesOf } from 'slidev-addon-deck/fonts'

const require = createRequire(import.meta.url)
const versionOf = (name: string) => (JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as { version: string }).version

/** Whatever changes every drawing: Mermaid, its settings and the code that redraws its shapes. */
const renderer = createHash('sha256')
  .update(JSON.stringify([mermaidConfig, MAX_SCALE, versionOf('mermaid')]))
  .update(readFileSync(new URL('./in-page.ts', import.meta.url)))
  .digest('hex')

/** Whatever changes every drawing of an edition: the packages of its label face. */
const labelFace = (language: Language) => facesOf(language).filter(isLabelFace)
  .flatMap(({ sources }) => sources.map(source => [source.package, source.subset, versionOf(source.package)]))

/** First line of each drawing. */
const GENERATED = '<!-- Generated from a mermaid fence by "npm run diagrams". Do not edit. -->\n'

/** The file, below the project's root, in which a fence's drawing is kept: named by all that the drawing depends on. */
export function drawingFile(fence: Fence, language: Language): string {
  const { text } = mermaidSource(fence.code)
  const hash = createHash('sha256').update(renderer).update(JSON.stringify([labelFace(language), text, fence.marks, fence.statements])).digest('hex')
  return join('diagrams', `${hash.slice(0, 12)}.svg`)
}

/** The drawing kept for a fence, without its first line; undefined where there is none. */
export function readDrawing(root: string, fence: Fence, language: Language): string | undefined {
  try {
    return readFileSync(join(root, drawingFile(fence, language)), 'utf8').slice(GENERATED.length).trimEnd()
  }
  catch {
    return undefined
  }
}

/** Keeps a drawing; a reader sees the old file or the new one, never half of it. */
export function writeDrawing(file: string, svg: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const partial = `${file}.${process.pid}.partial`
  writeFileSync(partial, `${GENERATED}${svg}\n`)
  renameSync(partial, file)
}
