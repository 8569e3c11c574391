import { resolve } from 'node:path'
import { clicksOf } from 'slidev-addon-deck/clicks'
import { parseFences } from 'slidev-addon-deck/fences'
import { openProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'

/** What is measured: the talk in the folder above. */
export const project = await openProject(resolve(import.meta.dirname, '..'))
export const { root, editions } = project
/** The edition that is measured. */
export const [edition] = editions

/** A slide as every tool shows it. */
export interface Stop {
  /** Its headline without blanks. */
  title: string
  hasDiagram: boolean
  /** Whether one press of a key leads on. */
  clickless: boolean
}

/** The talk's slides in order. @throws where a headline is missing or repeats: slides are told apart by it. */
export function stopsOf(deck: SourceDeck): Stop[] {
  const stops = deck.slides.map(slide => ({
    title: slide.headline.replace(/\s+/g, ''),
    hasDiagram: parseFences(slide.content, slide.contentLine).length > 0,
    clickless: clicksOf(slide, deck.project.config.clickComponents) === 0,
  }))
  const bad = deck.slides.find((slide, i) => !stops[i]?.title || stops.findIndex(({ title }) => title === stops[i]?.title) !== i)
  if (bad) throw new Error(`${bad.file}:${bad.line} its headline is missing or another slide's: slides are told apart by it.`)
  return stops
}

/** Whether the step to a slide is measured: a diagram reached by one press. */
export const isMeasured = (from: Stop | undefined, to: Stop | undefined) => from?.clickless === true && to?.hasDiagram === true
