import { clicksOf } from './clicks.ts'
import type { Deck } from './deck.ts'
import { languageOf, type Language } from './editions.ts'

/** A slide as the deck's own components know it. */
export interface TalkSlide {
  /** 1-based number in the deck. */
  no: number
  id: string
  headline: string
  chapter: string
  layout: string
  /** Speaking time in minutes, 0 where it has none. */
  minutes: number
  /** Numbers of the paragraphs it rests on. */
  sources: string[]
  /** Its visual is an illustration. */
  illustration: boolean
  clicks?: number
}

/** An edition as the deck's own components know it. */
export interface Talk {
  language: Language
  /** BCP 47 tag. */
  lang: string
  /** Where the deck and its PDF are hosted. */
  address?: string
  pdf?: string
  author?: string
  slides: TalkSlide[]
}

/**
 * What the components need to know of an edition.
 * @throws where the headmatter's `lang` is none the deck has labels for.
 */
export function talkOf(deck: Deck): Talk {
  const { lang, address, pdf, author } = deck.headmatter
  return {
    language: languageOf(lang),
    lang: String(lang),
    ...typeof address === 'string' && { address },
    ...typeof pdf === 'string' && { pdf },
    ...typeof author === 'string' && { author },
    slides: deck.slides.map((slide) => {
      const { minutes, sources, illustration, clicks } = slide.frontmatter
      return {
        no: slide.no,
        id: slide.id,
        headline: slide.headline,
        chapter: slide.chapter,
        layout: slide.layout,
        minutes: typeof minutes === 'number' ? minutes : 0,
        sources: Array.isArray(sources) ? sources.map(String) : [],
        illustration: illustration === true,
        clicks: typeof clicks === 'number' ? clicks : clicksOf(slide),
      }
    }),
  }
}
