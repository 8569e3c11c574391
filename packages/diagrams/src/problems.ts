import type { Deck } from 'slidev-addon-deck/deck'
import { parseFences, type Fence } from 'slidev-addon-deck/fences'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { isDiagram } from 'slidev-addon-deck/markup'
import type { FindProblems } from 'slidev-addon-deck/parts'
import type { Violation } from 'slidev-addon-deck/violation'
import { labelFaces } from './config.ts'
import { assertReadable, BrokenDiagram, whyUndrawn } from './mermaid.ts'
import { assertMoves, movingPictures } from './moving.ts'
import { formsOf, readDrawing } from './store.ts'

/** A mermaid fence of a deck with the file it stands in and the faces of its labels. */
export interface DeckFence {
  file: string
  fence: Fence
  faces: readonly FontFace[]
  /** Words of the edition's pills. */
  marks: readonly string[] | undefined
}

/** Every mermaid fence of a deck, in order. */
export function fencesOf({ project, edition, slides }: Deck): DeckFence[] {
  const faces = labelFaces(project, edition)
  return slides.flatMap(({ file, content, contentLine }) =>
    parseFences(content, contentLine).filter(isDiagram).map(fence => ({ file, fence, faces, marks: edition.marks })))
}

/**
 * The fences of a deck that Mermaid cannot read, and those whose drawing is not kept: a build draws them by itself, but
 * later. Reads files only; needs no browser.
 */
export const findProblems: FindProblems = async (deck) => {
  const { root } = deck.project
  const problems = movingProblems(deck)
  for (const { file, fence, faces, marks } of fencesOf(deck)) {
    const heroes = fence.kind === 'block' ? heroLines(fence) : []
    const [, , third] = heroes
    if (third !== undefined) problems.push({ rule: 'diagram-heroes', level: 'style', file, line: third, message: `${heroes.length} blocks are "hero": at most two, else none of them stands out.` })
    if (formsOf(fence).every(form => readDrawing(root, fence, faces, { form, marks }) !== undefined)) continue
    try {
      await assertReadable(fence, marks)
      if (!whyUndrawn(fence)) problems.push({ rule: 'diagram-stale', level: 'style', file, line: fence.line, message: 'The diagram has changed since it was drawn: run "deck diagrams".' })
    }
    catch (error) {
      if (!(error instanceof BrokenDiagram)) throw error
      problems.push({ rule: 'diagram-broken', level: 'error', file, line: error.line, message: error.message })
    }
  }
  return problems
}

/** The lines that make blocks heroes, one for each: filled shapes, not words without one. */
function heroLines({ classLines, marks }: Fence): number[] {
  return classLines.flatMap(({ line, ids, names }) => names.includes('hero') ? ids.filter(id => !marks[id]?.looks?.includes('label')).map(() => line) : [])
}

/** The magic-move blocks of a deck whose fences are no states of one picture, as far as what is kept of them tells. */
export function movingProblems({ project, edition, slides }: Deck): Violation[] {
  const faces = labelFaces(project, edition)
  return slides.flatMap(({ file, content, contentLine }): Violation[] => {
    try {
      for (const states of movingPictures(content, contentLine)) assertMoves(states, states.map(state => readDrawing(project.root, state, faces, { marks: edition.marks })))
      return []
    }
    catch (error) {
      if (!(error instanceof BrokenDiagram)) throw error
      return [{ rule: 'diagram-broken', level: 'error', file, line: error.line, message: error.message }]
    }
  })
}
