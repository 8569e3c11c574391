import type { CardSource, Deck, DeckSlide } from 'slidev-addon-deck/deck'
import { facesOf } from 'slidev-addon-deck/fonts'
import { plainText } from 'slidev-addon-deck/markup'
import type { About, Bookmark, Finish, PageName } from './finish.ts'
import { cardHtml } from './card.ts'
import { FRONT, handoutHtml, handoutLabels, textsOf, titleOf } from './handout.ts'

/** What a PDF is to hold: all that it is finished with but its date, and the pages of a handout or a card as HTML. */
export interface Contents extends Omit<Finish, 'date'> {
  html?: string
}

const text = (value: unknown) => typeof value === 'string' ? value : ''

/** What a deck's files say about themselves, from its headmatter. */
export function aboutDeck({ project, edition, headmatter, slides }: Deck): About {
  const keywords = textsOf(headmatter['keywords'])
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

/** The handout of some slides. */
export function handoutPdf(deck: Deck, slides: readonly DeckSlide[]): Contents {
  const { handout, contents } = handoutLabels[deck.edition.words]
  const about = aboutDeck(deck)
  const pages: PageName[] = [handout, contents, ...slides.map(({ no, id }) => nameOf(no, id))].map((name, i) => ({ label: i + 1, name }))
  const bookmarks = slideBookmarks(deck, slides, no => FRONT + slides.findIndex(slide => slide.no === no))
  return {
    about: { ...about, title: `${about.title} · ${handout}` },
    pages,
    bookmarks: [{ title: handout, page: 0, kids: [] }, { title: contents, page: 1, kids: [] }, ...bookmarks],
    titled: true,
    fonts: ownFonts(deck),
    html: handoutHtml(deck, slides, about),
  }
}

/**
 * An edition's card.
 * @throws DeckError where it is not written as a card is.
 */
export function cardPdf(deck: Deck, card: CardSource): Contents {
  const about = aboutDeck(deck)
  const { name, html } = cardHtml(card, about.title)
  return { about: { ...about, title: `${about.title} · ${name}` }, pages: [{ label: 1, name: card.file }], bookmarks: [], titled: false, fonts: ownFonts(deck), html }
}
