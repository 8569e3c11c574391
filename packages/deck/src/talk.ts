import { clicksOf } from './clicks.ts'
import type { Deck, DeckSlide } from './deck.ts'
import type { Edition, Language } from './editions.ts'

/** Set in the environment of Slidev's build of a deck that will have its PDF beside it: the talk then links it. */
export const WITH_PDF = 'DECK_WITH_PDF'

/** Set in the environment of Slidev's build of a deck whose editions become a file each, opened from a disk (`deck export --only html`). */
export const ONE_FILE = 'DECK_ONE_FILE'

/** Set in the environment of each Slidev that presents an edition of a deck that has several: the port of each, by language, as JSON. */
export const PRESENTED = 'DECK_PRESENTED'

/** A slide as the deck's own components know it. */
export interface TalkSlide extends Pick<DeckSlide, 'no' | 'id' | 'headline' | 'chapter' | 'layout'> {
  /** Speaking time in minutes, 0 where it has none. */
  minutes: number
  /** Numbers of the paragraphs it rests on. */
  sources: string[]
  /** Its visual is an illustration. */
  illustration: boolean
  clicks?: number
  /** It is not spoken: deck.config.ts says so of its layout. */
  unspoken?: true
}

/** An edition as the deck's own components know it. */
export interface Talk {
  /** The language of the kit's words in it. */
  language: Language
  /** The edition's name, among those of the deck. */
  edition: string
  editions: readonly Edition[]
  /** BCP 47 tag. */
  lang: string
  /** While presenting: the port of each edition's own server. */
  ports?: Readonly<Record<string, number>>
  /** Where the deck, its PDF and the PDF of its card are hosted. */
  address?: string
  pdf?: string
  card?: string
  author?: string
  /** Where each edition is a file of its own, opened from a disk: the files' names by edition. Missing in a hosted deck and while presenting. */
  files?: Readonly<Record<string, string>>
  slides: TalkSlide[]
}

/** What the components need to know of an edition. */
export function talkOf(deck: Deck): Talk {
  const { address, pdf, card, author } = deck.headmatter
  const { project, edition } = deck
  return {
    language: edition.words,
    edition: edition.language,
    editions: project.editions,
    lang: edition.lang,
    ...typeof address === 'string' && { address },
    ...typeof pdf === 'string' && { pdf },
    ...typeof card === 'string' && { card },
    ...typeof author === 'string' && { author },
    slides: deck.slides.map((slide) => {
      const { no, id, headline, chapter, layout, frontmatter } = slide
      const { minutes, sources, illustration, clicks = clicksOf(slide, project.config.clickComponents) } = frontmatter
      return {
        no, id, headline, chapter, layout,
        minutes: typeof minutes === 'number' ? minutes : 0,
        sources: Array.isArray(sources) ? sources.map(String) : [],
        illustration: illustration === true,
        ...typeof clicks === 'number' && { clicks },
        ...project.config.unspoken?.includes(layout) && { unspoken: true },
      }
    }),
  }
}
