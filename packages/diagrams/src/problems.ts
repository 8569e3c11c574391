import type { Deck } from 'slidev-addon-deck/deck'
import { mermaidSource, parseFences, type Fence } from 'slidev-addon-deck/fences'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { isDiagram } from 'slidev-addon-deck/markup'
import type { FindProblems } from 'slidev-addon-deck/parts'
import type { Violation } from 'slidev-addon-deck/violation'
import { labelFaces } from './config.ts'
import { diagramError, isDrawn } from './draw.ts'
import { readDrawing } from './store.ts'

/** A mermaid fence of a deck with the file it stands in and the faces of its labels. */
export interface DeckFence {
  file: string
  fence: Fence
  faces: readonly FontFace[]
}

/** Every mermaid fence of a deck, in order. */
export function fencesOf({ project, edition, slides }: Deck): DeckFence[] {
  const faces = labelFaces(project, edition)
  return slides.flatMap(({ file, content, contentLine }) =>
    parseFences(content, contentLine).filter(isDiagram).map(fence => ({ file, fence, faces })))
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
 * The fences of a deck that Mermaid cannot read, and those whose drawing is not kept: a build draws them by itself, but
 * later. Reads files only; needs no browser.
 */
export const findProblems: FindProblems = async (deck) => {
  const { root } = deck.project
  const problems: Violation[] = []
  for (const { file, fence, faces } of fencesOf(deck)) {
    if (readDrawing(root, fence, faces) !== undefined) continue
    try {
      await parseMermaid(isDrawn(fence) ? mermaidSource(fence.code).text : fence.code)
      if (isDrawn(fence)) problems.push({ rule: 'diagram-stale', level: 'style', file, line: fence.line, message: 'The diagram has changed since it was drawn: run "deck diagrams".' })
    }
    catch (error) {
      const { line, message } = diagramError(error, fence)
      problems.push({ rule: 'diagram-broken', level: 'error', file, line, message })
    }
  }
  return problems
}
