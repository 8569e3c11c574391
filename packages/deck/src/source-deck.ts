import type { Deck, DeckSlide } from './deck.ts'

/** A slide with what only the checks of its source need. */
export interface SourceSlide extends DeckSlide {
  /** 1-based line of each key of its frontmatter. */
  keyLines: Readonly<Record<string, number>>
  /** 1-based line on which the notes' text begins; that of the slide where it has none. */
  noteLine: number
}

/** A section of the entry file, read as a slide is: the headmatter with its `src`, or a further `src` line. */
export type EntrySection = Pick<SourceSlide, 'line' | 'frontmatter' | 'keyLines' | 'content' | 'contentLine' | 'note' | 'noteLine'>

/** A deck as its files have it. */
export interface SourceDeck extends Deck {
  slides: SourceSlide[]
  /** The entry file's sections in order, the headmatter first. */
  sections: EntrySection[]
}

/** The line of a frontmatter key, or of the frontmatter where it has no such key. */
export function keyLine(place: Pick<SourceSlide, 'keyLines' | 'line'>, key: string): number {
  return place.keyLines[key] ?? place.line
}
