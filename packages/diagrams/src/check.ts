import type { Deck } from 'slidev-addon-deck/deck'
import { languageOf, type Language } from 'slidev-addon-deck/editions'
import { mermaidSource, parseFences, type Fence } from 'slidev-addon-deck/fences'
import { isDiagram } from 'slidev-addon-deck/markup'
import { assertKnownKind, DiagramError, diagramError } from './draw.ts'
import { drawingFile, readDrawing } from './store.ts'

/** A fence of a deck with the file it stands in and where its drawing is kept. */
export interface DeckFence {
  file: string
  fence: Fence
  language: Language
}

/** What is wrong with a diagram, and where. A stale one is sound, but has changed since it was drawn. */
export interface DiagramProblem {
  kind: 'stale' | 'broken'
  file: string
  line: number
  message: string
}

/** Every mermaid fence of a deck, in order. */
export function fencesOf(deck: Deck): DeckFence[] {
  const language = languageOf(deck.headmatter['lang'])
  return deck.slides.flatMap(({ file, content, contentLine }) =>
    parseFences(content, contentLine).filter(isDiagram).map(fence => ({ file, fence, language })))
}

/** Mermaid's own parser, run in Node: it wants a document, so it gets jsdom's. */
async function parseMermaid(source: string): Promise<void> {
  if (!('document' in globalThis)) {
    const { JSDOM } = await import('jsdom')
    const { window } = new JSDOM('')
    Object.assign(globalThis, { window, document: window.document })
  }
  const { default: mermaid } = await import('mermaid')
  await mermaid.parse(source)
}

/**
 * The fences of a deck that cannot be shown as they are: broken ones with Mermaid's message, and those changed since they
 * were drawn. Reads files only; needs no browser.
 */
export async function diagramProblems(root: string, deck: Deck): Promise<DiagramProblem[]> {
  const problems: DiagramProblem[] = []
  for (const { file, fence, language } of fencesOf(deck)) {
    if (readDrawing(root, fence, language) !== undefined) continue
    try {
      assertKnownKind(fence)
      await parseMermaid(mermaidSource(fence.code).text)
      problems.push({ kind: 'stale', file, line: fence.line, message: `${drawingFile(fence, language)} is missing; run "npm run diagrams".` })
    }
    catch (error) {
      const { line, message } = error instanceof DiagramError ? error : diagramError(error, fence)
      problems.push({ kind: 'broken', file, line, message })
    }
  }
  return problems
}
