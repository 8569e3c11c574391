import type { DeckSlide } from 'slidev-addon-deck/deck'
import type { Edition } from 'slidev-addon-deck/editions'
import { handoutLabels } from './labels.ts'
import { locale } from '../../../talk/labels.ts'
import { narrationOf } from './narration.ts'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { About, Bookmark, PageName } from './finish.ts'
import type { HandoutText } from './in-page.ts'

const text = (value: unknown) => typeof value === 'string' ? value : ''
const list = (value: unknown): string[] => Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',').map(part => part.trim()) : []

/** What the PDFs of an edition say about themselves, from its headmatter; without `keywords:` what the theses are about. */
export function aboutDeck({ headmatter }: SourceDeck, { language, lang }: Edition): About {
  const keywords = list(headmatter['keywords'])
  return {
    title: text(headmatter['title']),
    author: text(headmatter['author']),
    subject: text(headmatter['info']),
    keywords: keywords.length > 0 ? keywords : locale[language].aspects,
    lang,
  }
}

/** Chapters with their slides, each with its first page. */
export function chapterBookmarks(slides: readonly DeckSlide[], firstPage: (no: number) => number): Bookmark[] {
  const bookmarks: (Bookmark & { chapter: string })[] = []
  for (const { no, chapter, headline } of slides) {
    const page = firstPage(no)
    if (bookmarks.at(-1)?.chapter !== chapter) bookmarks.push({ chapter, title: chapter, page, kids: [] })
    bookmarks.at(-1)?.kids.push({ title: headline, page, kids: [] })
  }
  return bookmarks.map(({ title, page, kids }) => ({ title, page, kids }))
}

/** A name for each page of the deck: its slide's number, with clicks its slide's number and the click. */
export function deckPages(slides: readonly DeckSlide[], numbers: readonly number[], withClicks: boolean): PageName[] {
  return numbers.map((no, i) => {
    const click = i - numbers.indexOf(no)
    const slide = slides.find(each => each.no === no)
    return { label: withClicks ? `${no}.${click}` : no, name: `Slide ${no} (${slide?.id ?? ''})` }
  })
}

/** Pages of the handout before the first slide: title and contents. */
export const HANDOUT_FRONT = 2

/** What the handout of some slides says. */
export function handoutText(deck: SourceDeck, edition: Edition, slides: readonly DeckSlide[]): HandoutText {
  const labels = handoutLabels[edition.language]
  const about = aboutDeck(deck, edition)
  const minutes = slides.reduce((sum, { frontmatter }) => sum + (typeof frontmatter['minutes'] === 'number' ? frontmatter['minutes'] : 0), 0)
  return {
    title: about.title,
    info: about.subject,
    author: about.author,
    labels: { handout: labels.handout, contents: labels.contents, sources: labels.sources, size: labels.size(slides.length, Math.round(minutes)) },
    slides: slides.map(({ no, headline, chapter, frontmatter, note }, i) => ({
      no,
      headline,
      ...chapter !== slides[i - 1]?.chapter && { chapter },
      sources: list(frontmatter['sources']),
      narration: narrationOf(note),
    })),
  }
}

export function handoutPages(slides: readonly DeckSlide[], { contents, handout }: HandoutText['labels']): { pages: PageName[], bookmarks: Bookmark[] } {
  const pages = [handout, contents, ...slides.map(({ no, id }) => `Slide ${no} (${id})`)].map((name, i) => ({ label: i + 1, name }))
  const chapters = chapterBookmarks(slides, no => HANDOUT_FRONT + slides.findIndex(slide => slide.no === no))
  return { pages, bookmarks: [{ title: handout, page: 0, kids: [] }, { title: contents, page: 1, kids: [] }, ...chapters] }
}
