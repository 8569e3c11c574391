import type { Browser, CDPSession, Page } from 'playwright-chromium'
import type { Edition } from 'slidev-addon-deck/editions'
import { handoutLabels } from 'slidev-deck-export/handout'
import { spokenText } from 'slidev-addon-deck/notes'
import { exportName } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { words } from 'slidev-addon-deck/words'
import { project } from '../helpers/deck.ts'
import { printedFences } from '../rendered/labels.ts'
import { ALONE, lastClick, statesOf } from '../rendered/session.ts'
import type { Expected } from './checks.ts'
import type { Mark } from './read.ts'

/** The text of each slide, in its last state, as a browser that presents the deck has it and would print it. */
export async function browserTexts(browser: Browser, address: string, deck: SourceDeck): Promise<string[]> {
  const context = await browser.newContext({ ...ALONE, viewport: { width: 980, height: 552 } })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  const texts: string[] = []
  await page.goto(address, { waitUntil: 'commit' })
  // Set before the first address, it is lost with the process of the empty page.
  await page.emulateMedia({ media: 'print' })
  for (const [i, { slide, click }] of statesOf(deck.slides).entries()) {
    if (i > 0) await page.keyboard.press('ArrowRight')
    if (click === lastClick(slide)) texts.push(await slideText(page, cdp, slide.no, click))
  }
  await context.close()
  return texts
}

/** All that is painted of a slide, with what styles add (the numbers of lists). */
async function slideText(page: Page, cdp: CDPSession, no: number, click: number): Promise<string> {
  await page.waitForFunction(([no, click]) => {
    const slide = document.querySelector(`#slideshow > [data-slidev-no="${no}"]`)
    return !document.querySelector('#first') && slide?.checkVisibility() && slide.querySelector('.slidev-layout h1') && Number(new URLSearchParams(location.search).get('clicks') ?? 0) === click
  }, [no, click] as const)
  const { documents, strings } = await cdp.send('DOMSnapshot.captureSnapshot', { computedStyles: ['visibility', 'opacity', 'display'] })
  const [{ nodes, layout } = { nodes: undefined, layout: undefined }] = documents
  if (!nodes?.parentIndex || !nodes.attributes || !layout) throw new Error('The browser gave no snapshot.')
  const { parentIndex, attributes } = nodes
  const rootNode = attributes.findIndex((list) => {
    for (let i = 0; i < list.length; i += 2) if (strings[list[i] ?? -1] === 'data-slidev-no' && strings[list[i + 1] ?? -1] === String(no)) return true
    return false
  })
  if (rootNode < 0) throw new Error(`Slide ${no} is not in the snapshot.`)
  const stylesOf = new Map(layout.nodeIndex.map((node, i) => [node, (layout.styles[i] ?? []).map(style => strings[style] ?? '')]))
  const isShown = (node: number) => {
    if (stylesOf.get(node)?.[0] === 'hidden') return false
    for (let at = node; at >= 0; at = parentIndex[at] ?? -1) {
      if (stylesOf.get(at)?.[1] === '0') return false
      if (at === rootNode) return true
    }
    return false
  }
  return layout.nodeIndex.flatMap((node, i) => {
    const text = strings[layout.text[i] ?? -1]
    return text && isShown(node) ? [text] : []
  }).join('')
}

function chapters(deck: SourceDeck, before: number): Mark[] {
  const names = [...new Set(deck.slides.map(({ chapter }) => chapter))]
  return names.map((title) => {
    const kids = deck.slides.filter(({ chapter }) => chapter === title).map(({ headline, no }) => ({ title: headline, page: no + before, kids: [] }))
    return { title, page: kids[0]?.page ?? 0, kids }
  })
}

const picturesOf = (deck: SourceDeck) => deck.slides.flatMap(printedFences).map(({ description }) => description)
/** Comparison tables, and the two computed lists of the appendix. */
const tablesOf = (deck: SourceDeck) => deck.slides.filter(({ content }) => /^\|.*\|$/m.test(content) || /<(?:Glossary|SourceIndex)\b/.test(content)).length

export function expectedDeck(deck: SourceDeck, { lang }: Edition, texts: readonly string[]): Expected {
  return {
    title: String(deck.headmatter['title']),
    lang,
    pages: texts,
    bookmarks: chapters(deck, 0),
    pictures: picturesOf(deck),
    headings: { H1: 1, H2: deck.slides.length - 1 },
    headlines: deck.slides.map(({ headline }) => headline),
    tables: tablesOf(deck),
  }
}

export function expectedHandout(deck: SourceDeck, edition: Edition, texts: readonly string[]): Expected {
  const { words: language, lang } = edition
  const FRONT = 2
  const labels = handoutLabels[language]
  const { title, info, author } = deck.headmatter
  const minutes = deck.slides.reduce((sum, { frontmatter }) => sum + Number(frontmatter['minutes'] ?? 0), 0)
  const contents = deck.slides.map(({ no, headline, chapter }, i) => `${chapter === deck.slides[i - 1]?.chapter ? '' : chapter}${no}${headline}${no + FRONT}`)
  const pages = deck.slides.map(({ no, note, frontmatter }, i) => {
    const sources = Array.isArray(frontmatter['sources']) ? `${words[language].sources}${frontmatter['sources'].join('')}` : ''
    return `${texts[i]}${spokenText(note)}${sources}${String(title)}${no + FRONT}`
  })
  return {
    title: `${String(title)} · ${labels.handout}`,
    lang,
    pages: [`${labels.handout}${String(title)}${String(info)}${String(author)}${labels.size(deck.slides.length, Math.round(minutes))}${deck.card ? labels.card + exportName(project, edition, 'card.pdf') : ''}`, `${labels.contents}${contents.join('')}${String(title)}2`, ...pages],
    bookmarks: [{ title: labels.handout, page: 1, kids: [] }, { title: labels.contents, page: 2, kids: [] }, ...chapters(deck, FRONT)],
    pictures: picturesOf(deck),
    headings: { H1: 1, H2: deck.slides.length + 1 },
    headlines: [String(title), labels.contents, ...deck.slides.map(({ headline }) => headline)],
    tables: tablesOf(deck),
  }
}

export function expectedCard({ card, headmatter }: SourceDeck, { lang }: Edition): Expected {
  const markdown = card?.markdown ?? ''
  const plain = (text: string) => text.replace(/^(?:#+|-) |\*\*|^---$/gm, '')
  const questions = [...markdown.matchAll(/^## (.*)$/gm)].map(([, text = '']) => plain(text))
  const title = /^# (.*)$/m.exec(markdown)?.[1] ?? ''
  return {
    title: `${String(headmatter['title'])} · ${title}`,
    lang,
    pages: [String(headmatter['title']) + plain(markdown)],
    // One page has nothing to go to.
    bookmarks: [],
    pictures: [],
    headings: { H1: 1, H2: questions.length },
    headlines: [title, ...questions],
    tables: 0,
    pairs: questions.length + 1,
  }
}
