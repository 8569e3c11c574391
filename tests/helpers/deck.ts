import { resolve } from 'node:path'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import type { Edition } from 'slidev-addon-deck/editions'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { openProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'

/** The talk's folder. */
export const root = resolve(import.meta.dirname, '../..')
export const project = await openProject(root)
export const { editions } = project
export const [source, ...others] = editions

/** Reads an edition of the talk. */
export const readEdition = ({ entry }: Pick<Edition, 'entry'>): Promise<SourceDeck> => loadDeck(project, entry)

/** The first slide of a kind; throws where the talk has none, since what looks at it would pass unseen. */
export function slideThat<Slide extends DeckSlide>(slides: readonly Slide[], fits: (slide: Slide) => unknown): Slide {
  const found = slides.find(fits)
  if (!found) throw new Error(`The talk has no slide that ${fits}.`)
  return found
}
