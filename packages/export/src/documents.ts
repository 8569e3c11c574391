import type { Deck, DeckSlide } from 'slidev-addon-deck/deck'
import { facesOf } from 'slidev-addon-deck/fonts'
import { plainText } from 'slidev-addon-deck/markup'
import { words } from 'slidev-addon-deck/words'
import type { About, Bookmark, Finish, PageName } from './finish.ts'
import type { HandoutText } from './in-page.ts'
import { handoutLabels } from './labels.ts'
import { narrationOf } from './narration.ts'

/** What a PDF is to hold: all that it is finished with but its date, and the text of a handout. */
export interface Contents extends Omit<Finish, 'date'> {
  text?: HandoutText
}

const text = (value: unknown) => typeof value === 'string' ? value : ''
const list = (value: unknown): string[] => Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',').map(part => part.trim()) : []

/** What a deck's PDFs say about themselves, from its headmatter. */
function aboutDeck({ project, edition, headmatter, slides }: Deck): About {
  const keywords = list(headmatter['keywords'])
  return {
    title: text(headmatter['title']) || slides[0]?.headline || project.name,
    author: text(headmatter['author']),
    subject: plainText(text(headmatter['info'])),
    keywords: keywords.length > 0 ? keywords : project.config.keywords?.[edition.language] ?? [],
    lang: edition.lang,
  }
}

/** How the names of the fonts begin that a deck chose; nothing where it chose none, and any will do. */
function ownFonts({ project, edition }: Deck): string[] | undefined {
  return project.config.fonts && facesOf(project, edition).flatMap(({ sources }) => sources.map(source => source.package.split('/').at(-1) ?? ''))
}

const titleOf = ({ headline, frontmatter, no }: DeckSlide, { edition }: Deck) => headline || text(frontmatter['title']) || handoutLabels[edition.words].slide(no)
const nameOf = (no: number, id = '') => `Slide ${no}${id && ` (${id})`}`

/** Chapters with their slides, each with its first page; slides before any chapter stand by themselves. */
function slideBookmarks(deck: Deck, slides: readonly DeckSlide[], firstPage: (no: number) => number): Bookmark[] {
  const bookmarks: Bookmark[] = []
  slides.forEach((slide, i) => {
    const own: Bookmark = { title: titleOf(slide, deck), page: firstPage(slide.no), kids: [] }
    if (slide.chapter && slide.chapter !== slides[i - 1]?.chapter) bookmarks.push({ title: slide.chapter, page: own.page, kids: [] })
    ;(slide.chapter ? bookmarks.at(-1)?.kids : bookmarks)?.push(own)
  })
  return bookmarks
}

/**
 * The PDF of some slides.
 * @param numbers for each page its slide's number.
 * @param withClicks whether a page's label says its click as well.
 */
export function deckPdf(deck: Deck, slides: readonly DeckSlide[], numbers: readonly number[], withClicks: boolean): Contents {
  const [first] = slides
  return {
    about: aboutDeck(deck),
    pages: numbers.map((no, i) => ({ label: withClicks ? `${no}.${i - numbers.indexOf(no)}` : no, name: nameOf(no, slides.find(each => each.no === no)?.id) })),
    bookmarks: slideBookmarks(deck, slides, no => numbers.indexOf(no)),
    // The first slide is a cover where it names no layout.
    titled: first?.layout === 'cover' || (first?.no === 1 && !first.layout),
    fonts: ownFonts(deck),
  }
}

/** Pages of the handout before the first slide: title and contents. */
const FRONT = 2

/** The handout of some slides. */
export function handoutPdf(deck: Deck, slides: readonly DeckSlide[]): Contents {
  const { project, edition } = deck
  const { handout, contents, size } = handoutLabels[edition.words]
  const about = aboutDeck(deck)
  const minutes = slides.reduce((sum, { frontmatter }) => sum + (typeof frontmatter['minutes'] === 'number' ? frontmatter['minutes'] : 0), 0)
  const pages: PageName[] = [handout, contents, ...slides.map(({ no, id }) => nameOf(no, id))].map((name, i) => ({ label: i + 1, name }))
  const bookmarks = slideBookmarks(deck, slides, no => FRONT + slides.findIndex(slide => slide.no === no))
  return {
    about: { ...about, title: `${about.title} · ${handout}` },
    pages,
    bookmarks: [{ title: handout, page: 0, kids: [] }, { title: contents, page: 1, kids: [] }, ...bookmarks],
    titled: true,
    fonts: ownFonts(deck),
    text: {
      title: about.title,
      info: about.subject,
      author: about.author,
      labels: { handout, contents, sources: words[edition.words].sources, size: size(slides.length, Math.round(minutes)) },
      slides: slides.map((slide, i) => ({
        no: slide.no,
        headline: titleOf(slide, deck),
        ...slide.chapter !== slides[i - 1]?.chapter && { chapter: slide.chapter },
        sources: project.config.sources ? list(slide.frontmatter['sources']) : [],
        narration: narrationOf(slide.note),
      })),
    },
  }
}
