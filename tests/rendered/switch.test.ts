import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { others, readEdition, slideThat, source } from '../helpers/deck.ts'
import { ALONE, lastClick, Session } from './session.ts'

const LINK = '.language-switch a'

let built: BuiltDeck
let browser: Browser
let slides: DeckSlide[]
/** A slide of two clicks and more. */
let stepped: DeckSlide

beforeAll(async () => {
  [built, browser, { slides }] = await Promise.all([buildDeck('published'), connectBrowser(), readEdition(source)])
  stepped = slideThat(slides.slice(1), slide => lastClick(slide) >= 2)
})

afterAll(() => Promise.all([browser?.close(), built?.close()]))

describe.each(others)('between the source edition and $lang, below a base path', (other) => {
  it('the switch leads to the same slide and click on every slide, and from there back', async () => {
    const session = await Session.open(browser, built.baseOf(source))
    const { page } = session
    const strayed: string[] = []
    const sides = [source, other]
    let at = source
    await session.load('')
    for (const slide of slides) {
      if (slide.no > 1) {
        await page.keyboard.press('ArrowDown')
        await session.arrive(slide.no, 0)
      }
      const click = lastClick(slide)
      for (let made = 0; made < click; made++) await page.keyboard.press('ArrowRight')
      await session.arrive(slide.no, click)
      // There on every other slide, back on those between.
      at = sides[slide.no % 2] ?? source
      await page.click(LINK)
      await page.waitForFunction(lang => document.documentElement.lang === lang, at.lang)
      const missing = await session.arrive(slide.no, click)
      const address = `${built.baseOf(at)}${slide.id}/${click ? `?clicks=${click}` : ''}`
      if (missing || page.url() !== address) strayed.push(`${slide.id} → ${at.lang}: ${missing ?? page.url()}`)
    }
    expect(slides.length).toBeGreaterThan(0)
    expect(strayed).toEqual([])
    await session.close()
  }, 600_000)

  it('carries the language it leads to, and is reached by keyboard, by its key and by touch', async () => {
    const session = await Session.open(browser, built.baseOf(source), 'light', { ...ALONE, hasTouch: true })
    const { page } = session
    await session.load(`${stepped.id}/?clicks=2`)
    await session.arrive(stepped.no, 2)
    const link = page.locator(LINK)
    expect(await link.getAttribute('hreflang')).toBe(other.lang)
    expect(await link.getAttribute('lang')).toBe(other.lang)
    expect(await link.textContent()).toBe(other.name)

    await page.keyboard.press('l')
    await page.waitForURL(`${built.baseOf(other)}${stepped.id}/?clicks=2`)
    await session.arrive(stepped.no, 2)
    await link.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`${built.baseOf(source)}${stepped.id}/?clicks=2`)
    await session.arrive(stepped.no, 2)
    await link.tap()
    await page.waitForURL(`${built.baseOf(other)}${stepped.id}/?clicks=2`)
    await session.close()
  })

  it('is absent from print and from the presenter view', async () => {
    const session = await Session.open(browser, built.baseOf(source))
    const { page } = session
    await session.load(stepped.id)
    await session.arrive(stepped.no, 0)
    expect(await page.locator(LINK).isVisible()).toBe(true)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator(LINK).isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    await session.close()

    const withNotes = await buildDeck('withNotes')
    const speaker = await Session.open(browser, withNotes.baseOf(source))
    await speaker.load(`presenter/${stepped.no}`)
    await speaker.page.locator(`.slidev-page-${stepped.no} h1`).first().waitFor()
    expect(await speaker.page.locator(LINK).count()).toBe(0)
    await Promise.all([speaker.close(), withNotes.close()])
  })
})
