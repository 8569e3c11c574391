import type { Deck, DeckSlide } from 'slidev-addon-deck/deck'
import type { Language } from 'slidev-addon-deck/editions'
import { escapeHtml } from 'slidev-addon-deck/html'
import { counted } from 'slidev-addon-deck/measure'
import { noteHtml } from 'slidev-addon-deck/note-markup'
import { exportName } from 'slidev-addon-deck/project'
import { words } from 'slidev-addon-deck/words'
import type { About } from './finish.ts'

/** What the PDFs say by themselves. */
const zh = {
  /** What the document is. */
  handout: '讲义',
  contents: '目录',
  /** Below the title: how many slides and minutes. */
  size: (slides: number, minutes: number) => `${slides} 页${minutes ? `，讲 ${minutes} 分钟` : ''}`,
  /** Before the file name of the deck's card. */
  card: '另有一页可以带走：',
  /** A slide without a headline. */
  slide: (no: number) => `第 ${no} 页`,
}

/** The same in each language that the kit speaks. */
export const handoutLabels: Readonly<Record<Language, typeof zh>> = {
  zh,
  en: { handout: 'Handout', contents: 'Contents', size: (slides, minutes) => counted(slides, 'slide') + (minutes ? `, ${counted(minutes, 'minute')}` : ''), card: 'One page to take along: ', slide: no => `Slide ${no}` },
}

/** A slide's name in bookmarks and contents. */
export const titleOf = ({ headline, frontmatter, no }: DeckSlide, { edition }: Deck) =>
  headline || (typeof frontmatter['title'] === 'string' && frontmatter['title']) || handoutLabels[edition.words].slide(no)

/** Pages of the handout before the first slide: title and contents. */
export const FRONT = 2

/**
 * The handout's pages as HTML, laid out by handout.css: title, contents, then a page a slide with its narration. The frames of the
 * slides' pictures are empty: `data-slide` says whose each is.
 */
export function handoutHtml(deck: Deck, slides: readonly DeckSlide[], about: About): string {
  const { project, edition } = deck
  const { handout, contents, size, card } = handoutLabels[edition.words]
  const minutes = slides.reduce((sum, { frontmatter }) => sum + (typeof frontmatter['minutes'] === 'number' ? frontmatter['minutes'] : 0), 0)
  const paragraph = (name: string, text: string) => `<p class="handout-${name}">${escapeHtml(text)}</p>`
  const page = (name: string, no: number, content: string) => `<section class="handout-page handout-${name}" id="handout-${no}">${content}</section>`
  const foot = (no: number) => `<div class="handout-foot" aria-hidden="true"><span>${escapeHtml(about.title)}</span><span>${no}</span></div>`

  const entries = slides.map((slide, i) => {
    const isOpening = slide.chapter && slide.chapter !== slides[i - 1]?.chapter
    const no = FRONT + i + 1
    return `<li${isOpening ? ` class="opens"><span class="chapter">${escapeHtml(slide.chapter)}</span>` : '>'}<a href="#handout-${no}"><span class="no">${slide.no}</span>`
      + `<span class="headline">${escapeHtml(titleOf(slide, deck))}</span><span class="leader" aria-hidden="true"></span><span class="page">${no}</span></a></li>`
  })
  const sources = ({ frontmatter: { sources } }: DeckSlide) => project.config.sources ? textsOf(sources) : []
  return [
    page('title', 1, [
      paragraph('kind', handout),
      `<h1>${escapeHtml(about.title)}</h1>`,
      ...about.subject ? [paragraph('info', about.subject)] : [],
      paragraph('author', about.author),
      paragraph('size', size(slides.length, Math.round(minutes))),
      ...deck.card ? [paragraph('card', card + exportName(project, edition, 'card.pdf'))] : [],
    ].join('')),
    page('contents', 2, `<h1>${contents}</h1><ul class="handout-list">${entries.join('')}</ul>${foot(2)}`),
    ...slides.map((slide, i) => page('slide', FRONT + i + 1, [
      `<div class="handout-picture" data-slide="${slide.no}"></div><div class="handout-narration">${noteHtml(slide.note)}</div>`,
      ...sources(slide).length > 0 ? [paragraph('sources', `${words[edition.words].sources} ${sources(slide).join(' ')}`)] : [],
      foot(FRONT + i + 1),
    ].join(''))),
  ].join('')
}

/** A setting that lists texts, as YAML has it or with commas. */
export const textsOf = (value: unknown): string[] => Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',').map(part => part.trim()) : []
