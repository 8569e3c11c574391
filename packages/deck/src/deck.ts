import { parseAspectRatio } from '@slidev/parser/utils'
import type { Edition } from './editions.ts'
import type { DeckProject } from './project.ts'

/** One slide as the rules and the deck's own pages see it. */
export interface DeckSlide {
  /** 1-based number in the deck. */
  no: number
  /** Stable id: `routeAlias`, '' where it is missing. */
  id: string
  /** The text of its level-one heading; without one its `title`, else its first heading, else ''. */
  headline: string
  layout: string
  /** Title of the chapter it stands in: the nearest `chapter` at or before it in its file. */
  chapter: string
  /** Its file, relative to the deck's folder, and the 1-based line of its frontmatter's first line. */
  file: string
  line: number
  /** 1-based line of the first line of `content`. */
  contentLine: number
  frontmatter: Record<string, unknown>
  /** Markdown below the frontmatter, without the notes. */
  content: string
  /** Speaker notes, '' where there are none. */
  note: string
}

/** An edition's card as it is written: one page to take along. */
export interface CardSource {
  /** Relative to the deck's folder. */
  file: string
  markdown: string
}

/** An edition's slides with the settings at its head. */
export interface Deck {
  project: DeckProject
  edition: Edition
  /** Entry file relative to the deck's folder. */
  entry: string
  headmatter: Record<string, unknown>
  slides: DeckSlide[]
  /** Where it has one. */
  card?: CardSource
}

/** Width and height of a deck's slides in px, as Slidev lays them out before it scales them to a window. */
export function canvasOf({ headmatter: { canvasWidth, aspectRatio } }: Pick<Deck, 'headmatter'>): { width: number, height: number } {
  const width = typeof canvasWidth === 'number' ? canvasWidth : 980
  return { width, height: Math.ceil(width / parseAspectRatio(typeof aspectRatio === 'string' || typeof aspectRatio === 'number' ? aspectRatio : '16/9')) }
}
