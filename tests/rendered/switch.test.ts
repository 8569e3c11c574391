import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { editions } from 'slidev-addon-deck/editions'
import { launchChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { buildDeck, root, type BuiltDeck } from './built.ts'
import { lastClick, Session } from './session.ts'

const BASE = '/talk/'
const [source, ...others] = editions
const LINK = '.language-switch a'

let built: BuiltDeck
let browser: Browser
let slides: DeckSlide[]

beforeAll(async () => {
  [built, browser, { slides }] = await Promise.all([buildDeck(BASE), launchChromium(), loadDeck(root, source.entry)])
})

afterAll(() => Promise.all([browser?.close(), built?.close()]))

describe.each(others)('between the source edition and $lang, below a base path', (other) => {
  it('the switch leads to the same slide and click, and back, on every slide', async () => {
    const session = await Session.open(browser, built.baseOf(source))
    const { page } = session
    const strayed: string[] = []
    for (const slide of slides) {
      const click = lastClick(slide)
      const address = `${slide.id}/${click ? `?clicks=${click}` : ''}`
      await session.load(address)
      for (const [edition, lang] of [[other, other.lang], [source, source.lang]] as const) {
        await page.click(LINK)
        await page.waitForFunction(lang => document.documentElement.lang === lang, lang)
        const missing = await session.arrive(slide.no, click)
        if (missing || page.url() !== `${built.baseOf(edition)}${address}`) strayed.push(`${slide.id} → ${lang}: ${missing ?? page.url()}`)
      }
    }
    expect(slides.length).toBeGreaterThan(0)
    expect(strayed).toEqual([])
    await session.close()
  }, 180_000)

  it('carries the language it leads to, and is reached by keyboard, by its key and by touch', async () => {
    const session = await Session.open(browser, built.baseOf(source), 'light', { hasTouch: true })
    const { page } = session
    await session.load('ebb/?clicks=2')
    await session.arrive(3, 2)
    const link = page.locator(LINK)
    expect(await link.getAttribute('hreflang')).toBe(other.lang)
    expect(await link.getAttribute('lang')).toBe(other.lang)
    expect(await link.textContent()).toBe(other.name)

    await page.keyboard.press('l')
    await page.waitForURL(`${built.baseOf(other)}ebb/?clicks=2`)
    await session.arrive(3, 2)
    await link.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`${built.baseOf(source)}ebb/?clicks=2`)
    await session.arrive(3, 2)
    await link.tap()
    await page.waitForURL(`${built.baseOf(other)}ebb/?clicks=2`)
    await session.close()
  })

  it('is absent from print and from the presenter view', async () => {
    const session = await Session.open(browser, built.baseOf(source))
    const { page } = session
    await session.load('ebb')
    await session.arrive(3, 0)
    expect(await page.locator(LINK).isVisible()).toBe(true)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator(LINK).isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    await session.close()

    const withNotes = await buildDeck('/', ['--with-notes'])
    const speaker = await Session.open(browser, withNotes.baseOf(source))
    await speaker.load('presenter/3')
    await speaker.page.locator('.slidev-page-3 h1').first().waitFor()
    expect(await speaker.page.locator(LINK).count()).toBe(0)
    await Promise.all([speaker.close(), withNotes.close()])
  })
})
