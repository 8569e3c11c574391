import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { MAX_SCALE, mermaidConfig } from '../../lib/diagram-config.ts'
import { mermaidSource, type Fence } from '../../lib/fences.ts'

const require = createRequire(import.meta.url)
const versionOf = (name: string) => (JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as { version: string }).version

/** Whatever changes every drawing: Mermaid, its settings, the label face and the code that redraws its shapes. */
const renderer = createHash('sha256')
  .update(JSON.stringify([mermaidConfig, MAX_SCALE, versionOf('mermaid'), versionOf('@fontsource/noto-sans-sc')]))
  .update(readFileSync(new URL('./in-page.ts', import.meta.url)))
  .digest('hex')

/** First line of each drawing. */
const GENERATED = '<!-- Generated from a mermaid fence by "npm run diagrams". Do not edit. -->\n'

/** The file, below the project's root, in which a fence's drawing is kept: named by all that the drawing depends on. */
export function drawingFile(fence: Fence): string {
  const { text } = mermaidSource(fence.code)
  const hash = createHash('sha256').update(renderer).update(JSON.stringify([text, fence.marks, fence.statements])).digest('hex')
  return join('diagrams', `${hash.slice(0, 12)}.svg`)
}

/** The drawing kept for a fence, without its first line; undefined where there is none. */
export function readDrawing(root: string, fence: Fence): string | undefined {
  try {
    return readFileSync(join(root, drawingFile(fence)), 'utf8').slice(GENERATED.length).trimEnd()
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
