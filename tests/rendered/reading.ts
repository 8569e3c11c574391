import type AxeCore from 'axe-core'
import type { APIRequestContext, Page } from 'playwright-chromium'
import type { GlossaryEntry } from 'slidev-addon-deck'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import type { Edition } from 'slidev-addon-deck/editions'
import { glossary } from '../../talk/glossary.ts'
import { putAxeInto } from './axe.ts'
import { fencesOf, stillFences } from './labels.ts'
import { passages } from 'slidev-addon-deck/markup'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'

/** Smallest sizes, in px. */
const TEXT = 16
const DRAWN_LABEL = 11
/** What is smaller is no drawing, in px. */
const DRAWING = 100

/** What an edition's reading page is to say. */
export interface Expected {
  edition: Edition
  deck: SourceDeck
}

/** What a browser has of the page. */
interface Facts {
  title: string
  lang: string
  /** In the order of the page, the header first. */
  parts: { id: string, headline: string, text: string, links: string[], figures: { name: string, caption: string, width: number, height: number, isRead: boolean }[] }[]
  glossary: { term: string, definition: string }[]
  text: string
  /** Text that is smaller than it may be, with its size. */
  small: string[]
  /** How far the page scrolls sideways, in px. */
  overflow: number
  /** Elements that may not be there, as HTML. */
  active: string[]
  links: string[]
}

/** Reads the page; runs without the page's own scripts being on. */
export function factsOf(page: Page): Promise<Facts> {
  return page.evaluate(({ text: smallest, label }) => {
    const plain = (element: Element | null | undefined) => element?.textContent ?? ''
    const parts = [...document.querySelectorAll('body > header, article')].map(part => ({
      id: part.id,
      headline: plain(part.querySelector('h1, h3')),
      text: plain(part),
      links: [...part.querySelectorAll('a')].map(link => link.href),
      figures: [...part.querySelectorAll('figure')].map((figure) => {
        const svg = figure.querySelector('svg')
        const name = document.getElementById(svg?.closest('[role="img"]')?.getAttribute('aria-labelledby') ?? '')
        // The shapes, not the frame: an empty drawing has a frame as well.
        const shapes = [...svg?.querySelectorAll<SVGGraphicsElement>('path, rect, polygon, circle, text') ?? []].filter(shape => shape.checkVisibility({ opacityProperty: true, visibilityProperty: true })).map(shape => shape.getBoundingClientRect())
        const extent = (from: 'left' | 'top', to: 'right' | 'bottom') => Math.max(0, ...shapes.map(box => box[to])) - Math.min(...shapes.map(box => box[from]), 1e6)
        const caption = figure.querySelector('figcaption')
        return { name: plain(name), caption: caption?.checkVisibility() ? plain(caption) : '', width: extent('left', 'right'), height: extent('top', 'bottom'), isRead: svg !== null && !svg.closest('[aria-hidden="true"]') }
      }),
    }))
    const small: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element?.checkVisibility() || !node.textContent?.trim()) continue
      const matrix = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null
      const size = Number.parseFloat(getComputedStyle(element).fontSize) * (matrix?.a ?? 1)
      if (size < (matrix ? label : smallest) - 0.01) small.push(`${size.toFixed(1)} px: ${node.textContent.trim()}`)
    }
    return {
      title: document.title,
      lang: document.documentElement.lang,
      parts,
      glossary: [...document.querySelectorAll('.glossary > div')].map(entry => ({ term: plain(entry.querySelector('dt')), definition: plain(entry.querySelector('dd')) })),
      text: plain(document.body),
      small,
      overflow: document.documentElement.scrollWidth - innerWidth,
      active: [...document.querySelectorAll('*')].filter(element => element.matches('script, style, iframe, object, embed, base, form, [style]') || [...element.attributes].some(({ name }) => /^(?:on|data-v-|data-slidev)/.test(name))).map(element => element.outerHTML.slice(0, 80)),
      links: [...document.querySelectorAll<HTMLAnchorElement | HTMLLinkElement>('a[href], link[href]')].map(({ href }) => href),
    }
  }, { text: TEXT, label: DRAWN_LABEL })
}

const squeeze = (text: string) => text.replace(/\s+/g, '')
/** A slide's content without the states of moving pictures that are not read there. */
const printed = (slide: DeckSlide) => {
  const kept = new Set(stillFences(slide).map(({ line }) => line))
  return fencesOf(slide).filter(({ fence }) => !kept.has(fence.line)).reduce((content, { fence }) => content.replace(fence.code, ''), slide.content)
}

/** What a slide's source says, in pieces between the terms, which bring words of their own. */
const pieces = (slide: DeckSlide) =>
  passages({ content: printed(slide).replaceAll(/<Term\b[^>]*\/>/g, '¶'), contentLine: slide.contentLine }).flatMap(({ text }) => text.split('¶')).map(text => text.trim()).filter(Boolean)

/** Every slide, in order, says what its source says, and links to itself and to its sources. */
export function missingText({ parts, title, lang }: Facts, { edition, deck }: Expected): string[] {
  const order = parts.map(({ id }) => id).join(' ')
  const wanted = deck.slides.map(({ id }) => id).join(' ')
  return [
    ...order === wanted ? [] : [`The parts are ${order}, not ${wanted}`],
    ...title.includes(String(deck.headmatter['title'])) && lang === edition.lang ? [] : [`The page is “${title}” in ${lang}`],
    ...deck.slides.flatMap((slide) => {
      const part = parts.find(({ id }) => id === slide.id)
      const said = squeeze(part?.text ?? '')
      const { sources, illustration } = slide.frontmatter
      const paragraphs = Array.isArray(sources) ? sources.map(String) : []
      return [
        ...squeeze(part?.headline ?? '') === squeeze(slide.headline) ? [] : [`${slide.id}: the headline is “${part?.headline}”`],
        ...pieces(slide).filter(text => !said.includes(squeeze(text))).map(text => `${slide.id} does not say “${text}”`),
        ...slide.no === 1 || part?.links.some(link => link.endsWith(`/${slide.id}/`)) ? [] : [`${slide.id} does not lead to its slide`],
        ...paragraphs.filter(paragraph => !part?.links.some(link => link.endsWith(`/read/#${paragraph}`))).map(paragraph => `${slide.id} does not lead to ${paragraph}`),
        ...illustration === true && !/示意|Illustration/.test(said) ? [`${slide.id} is not marked as an illustration`] : [],
      ]
    }),
  ]
}

/** Every diagram is drawn, at a size that can be read, named, and described in words that show and are all that is read of it. */
export function missingDiagrams({ parts }: Facts, { deck }: Expected): string[] {
  return deck.slides.flatMap((slide) => {
    const figures = parts.find(({ id }) => id === slide.id)?.figures ?? []
    const fences = stillFences(slide)
    if (figures.length !== fences.length) return [`${slide.id} has ${figures.length} diagrams, not ${fences.length}`]
    return fences.flatMap(({ title, description }, i) => {
      const { name = '', caption = '', width = 0, height = 0, isRead = false } = figures[i] ?? {}
      return [
        ...name === title ? [] : [`${slide.id}: the diagram's name is “${name}”`],
        ...caption.includes(description) ? [] : [`${slide.id}: the diagram's description does not show`],
        ...isRead ? [`${slide.id}: the diagram's labels are read beside its description`] : [],
        ...width > DRAWING && height > DRAWING / 3 ? [] : [`${slide.id}: the diagram is ${Math.round(width)} × ${Math.round(height)} px`],
      ]
    })
  })
}

export function missingTerms(facts: Facts, { edition: { language } }: Expected): string[] {
  return Object.values<GlossaryEntry>(glossary).filter(({ words, definition }) => !facts.glossary.some(found =>
    found.term.startsWith(words[language] ?? '?') && Object.values(words).every(word => found.term.includes(word)) && found.definition === definition[language])).map(({ words }) => `The glossary lacks “${words[language]}”`)
}

/** No sentence of a speaker's notes. */
export function spokenNotes({ text }: Facts, { deck }: Expected): string[] {
  const said = squeeze(text)
  return deck.slides.flatMap(({ id, note }) => note.split('\n').map(line => line.replace(/^\[click[^\]]*\]/, '').trim()).filter(line => line.length > 20 && said.includes(squeeze(line))).map(line => `${id}: ${line}`))
}

/** Links that lead nowhere: own addresses without a file, anchors that no element has. */
export async function brokenLinks({ links }: Facts, origin: string, request: APIRequestContext): Promise<string[]> {
  const own = [...new Set(links)].map(link => new URL(link)).filter(url => url.origin === origin)
  const pages = new Map<string, { isThere: boolean, text: string }>()
  for (const path of new Set(own.map(({ pathname }) => pathname))) {
    // Made by later steps of the build.
    if (path.endsWith('.webmanifest')) continue
    const response = await request.get(origin + path)
    pages.set(path, { isThere: response.ok(), text: await response.text() })
  }
  return own.filter(({ pathname, hash }) => {
    const page = pages.get(pathname)
    return page && (!page.isThere || (hash && !page.text.includes(`id="${decodeURIComponent(hash.slice(1))}"`)))
  }).map(({ pathname, hash }) => pathname + hash)
}

/** What axe-core finds in the whole page. */
export async function axeFindings(page: Page): Promise<string[]> {
  await putAxeInto(page)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof AxeCore }
    const { passes, violations } = await axe.run(document, { resultTypes: ['violations'] })
    return [...passes.length ? [] : ['axe looked at nothing'], ...violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')}`))]
  })
}
