import type { Browser, Page } from 'playwright-chromium'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { textLength } from 'slidev-addon-deck/measure'
import { spokenText } from 'slidev-addon-deck/notes'
import type { Edition } from 'slidev-addon-deck/editions'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from './helpers/browser.ts'
import { buildDeck, type BuiltDeck } from './helpers/built.ts'
import { editions, project, readEdition, slideThat, source } from './helpers/deck.ts'
import { fencesOf } from './rendered/labels.ts'
import { lastClick } from './rendered/session.ts'

/** What the talk asks of itself beyond the rules of any deck, which `deck check` knows: its pace, and how its pictures are drawn. */
const FIRST_THESIS_BY = 5.5
const SPOKEN = { least: 23.5, most: 26 }
/** Of the room a picture has. */
const FILLS = { width: 0.85, height: 0.8, area: 0.5 }
/** How much heavier than what surrounds it a claim is drawn. */
const HEAVIER = 2

const minutesOf = ({ frontmatter }: DeckSlide) => Number(frontmatter['minutes'] ?? 0)

/** In minutes from the start. */
function firstThesisAt(slides: readonly DeckSlide[]): number {
  const at = slides.findIndex(({ layout }) => layout === 'thesis')
  return at < 0 ? Number.NaN : slides.slice(0, at).reduce((sum, slide) => sum + minutesOf(slide), 0)
}

/** How long the notes take to speak, in minutes, at the pace that deck.config.ts gives. */
const spokenMinutes = ({ edition: { language, words } }: Pick<SourceDeck, 'edition'>, slides: readonly DeckSlide[]) =>
  slides.reduce((sum, { note }) => sum + textLength(spokenText(note), words), 0) / (project.config.limits?.[language]?.pace ?? Number.NaN)

interface Picture {
  title: string
  /** Shares of the room: width, height. */
  width: number
  height: number
  /** Widths of lines in px of the canvas. */
  claims: number[]
  context: number[]
}

/** The pictures of the slide that shows, each state whole. Runs in the page. */
const pictures = (): Picture[] => [...document.querySelectorAll('#slideshow > [data-slidev-no]')].filter(el => el.checkVisibility()).flatMap(slide =>
  [...slide.querySelectorAll<HTMLElement>('.diagram')].filter(el => el.checkVisibility() && el.getBoundingClientRect().width > 0).flatMap((el) => {
    const svg = el.querySelector<SVGSVGElement>(':scope > svg')
    if (!svg) return []
    const room = el.getBoundingClientRect()
    const scale = room.width / el.offsetWidth
    const [ink, matrix] = [svg.getBBox(), svg.getScreenCTM()]
    const lines = (selector: string) => [...svg.querySelectorAll(selector)].map(line => Number.parseFloat(getComputedStyle(line).strokeWidth) * (matrix?.a ?? 0) / scale)
    return [{
      title: el.getAttribute('aria-label') ?? '',
      width: ink.width * (matrix?.a ?? 0) / room.width,
      height: ink.height * (matrix?.d ?? 0) / room.height,
      claims: lines('.edge:is(.old, .new, .hero):not(.quiet) > .line'),
      context: lines('.edge:is(.quiet, :not(.old, .new, .hero)) > .line'),
    }]
  }))

/** What is drawn smaller than its room. */
const small = (all: readonly Picture[]) => all.flatMap(({ title, width, height }) =>
  (width >= FILLS.width || height >= FILLS.height) && width * height >= FILLS.area ? [] : [`“${title}” fills ${Math.round(width * 100)} × ${Math.round(height * 100)} % of its room`])

/** Where a claim is no heavier than what surrounds it. */
const light = (all: readonly Picture[]) => all.flatMap(({ title, claims, context }) =>
  Math.min(...claims) < Math.max(...context) * HEAVIER ? [`“${title}” has claims of ${Math.min(...claims)} px beside lines of ${Math.max(...context)} px`] : [])

let built: BuiltDeck
let browser: Browser
beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('published'), connectBrowser()])
})
afterAll(() => Promise.all([browser?.close(), built?.close()]))

describe.each(editions)('the $lang edition', (edition) => {
  it('comes to its first thesis in time, and fits its minutes', async () => {
    const deck = await readEdition(edition)
    expect(firstThesisAt(deck.slides)).toBeLessThanOrEqual(FIRST_THESIS_BY)
    const spoken = spokenMinutes(deck, deck.slides)
    expect(spoken).toBeGreaterThanOrEqual(SPOKEN.least)
    expect(spoken).toBeLessThanOrEqual(SPOKEN.most)
  })

  it('has pictures that fill their room, with claims heavier than what surrounds them', async () => {
    const { slides } = await readEdition(edition)
    const seen: Picture[] = []
    await onPage(async (page, open) => {
      for (const slide of slides.filter(each => fencesOf(each).length > 0)) {
        await open(edition, slide)
        const found = await page.evaluate(pictures)
        expect(found.length, slide.id).toBeGreaterThan(0)
        seen.push(...found)
      }
    })
    expect(small(seen)).toEqual([])
    expect(light(seen)).toEqual([])
  })
})

type Open = (edition: Edition, slide: DeckSlide) => Promise<void>

/** Opens slides at their last click. */
async function onPage(use: (page: Page, open: Open) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce', serviceWorkers: 'block' })
  await use(page, async (edition, slide) => {
    await page.goto(`${built.baseOf(edition)}${slide.id}/?clicks=${lastClick(slide)}`)
    await page.waitForFunction(() => !document.querySelector('#first') && document.querySelector('#slideshow .slidev-layout h1'))
  })
  await page.close()
}

describe('a bad talk is told', () => {
  it('a thesis that comes late, and notes of another length', async () => {
    const deck = await readEdition(source)
    const late = deck.slides.map(slide => slide.no === 1 ? { ...slide, frontmatter: { ...slide.frontmatter, minutes: 5 } } : slide)
    expect(firstThesisAt(late)).toBeGreaterThan(FIRST_THESIS_BY)
    expect(firstThesisAt(deck.slides.filter(({ layout }) => layout !== 'thesis'))).toBeNaN()
    expect(spokenMinutes(deck, [...deck.slides, ...deck.slides.slice(0, 6)])).toBeGreaterThan(SPOKEN.most)
  })

  it('a picture that is small, with lines that are all alike', async () => {
    const { slides } = await readEdition(source)
    const slide = slideThat(slides, each => fencesOf(each).some(({ fence }) => fence.state))
    await onPage(async (page, open) => {
      await open(source, slide)
      const last = async () => (await page.evaluate(pictures)).slice(-1)
      expect(small(await last())).toEqual([])
      await page.evaluate(() => {
        for (const line of document.querySelectorAll<SVGElement>('#slideshow .line')) line.style.strokeWidth = '2px'
        for (const svg of document.querySelectorAll('#slideshow .diagram > svg')) {
          svg.setAttribute('viewBox', '-434 -190 1736 760')
          svg.querySelector('.edge')?.classList.remove('old', 'new', 'hero')
        }
      })
      expect(small(await last()).join()).toMatch(/fills \d+ × \d+ %/)
      expect(light(await last()).join()).toContain('claims of')
    })
  })
})
