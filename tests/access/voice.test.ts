import type { Browser, Page } from 'playwright-chromium'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { slideName } from 'slidev-addon-present/spoken'
import { words } from 'slidev-addon-present/words'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { readEdition, slideThat, source } from '../helpers/deck.ts'
import { ALONE, lastClick, Session } from '../rendered/session.ts'
import { readTree } from './tree.ts'
import { hear, heardIn, listen, readEarly, unrevealed } from './voice.ts'

/* What is said on every step of every edition is in rendered/walk.test.ts. */

let built: BuiltDeck
let browser: Browser
let slides: readonly DeckSlide[]
/** A slide of two clicks and more, not among the last. */
let stepped: DeckSlide
const called = (no: number) => slideName({ language: source.words, slides }, no)

beforeAll(async () => {
  [built, browser, { slides }] = await Promise.all([buildDeck('withNotes'), connectBrowser(), readEdition(source)])
  stepped = slideThat(slides.slice(1, -5), slide => lastClick(slide) >= 2)
})

afterAll(() => Promise.all([browser?.close(), built?.close()]))

const focused = (page: Page) => page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.id ?? ''}`.trim())

/** Opens a slide at a click. */
async function onSlide(no: number, click: number, use: (session: Session, page: Page) => Promise<void>): Promise<void> {
  const session = await Session.open(browser, built.baseOf(source), 'light', { ...ALONE, bypassCSP: true })
  await session.page.addInitScript(listen)
  try {
    await session.load(`${no}${click ? `?clicks=${click}` : ''}`)
    expect(await session.arrive(no, click)).toBeUndefined()
    await use(session, session.page)
  }
  finally {
    await session.close()
  }
}

it('says nothing and leaves the focus alone on first load', () => onSlide(stepped.no, 1, async (_, page) => {
  expect(await focused(page)).toBe('BODY')
  await page.keyboard.press('ArrowDown')
  // The first thing that is said is the next slide.
  expect(await hear(page, 0)).toBe(called(stepped.no + 1))
}))

it('says where quick steps have led, and nothing twice', () => onSlide(stepped.no, 0, async (session, page) => {
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown')
  expect(await session.arrive(stepped.no + 4, 0)).toBeUndefined()
  const isSaid = (text: string) => page.waitForFunction(text => (window as unknown as { heard: string[] }).heard.at(-1) === text, text)
  const last = called(stepped.no + 4)
  await isSaid(last)
  await page.keyboard.press('ArrowUp')
  await isSaid(called(stepped.no + 3))
  const heard = await heardIn(page)
  expect(heard.filter(each => each === last)).toHaveLength(1)
  expect(heard.length).toBeLessThanOrEqual(5)
}))

it('what is read too early, and what is said twice, are seen', async () => {
  const { no } = slideThat(slides, ({ content }) => content.includes('<v-clicks>'))
  await onSlide(no, 0, async ({ cdp }, page) => {
    const slide = `#slideshow > [data-slidev-no="${no}"]`
    const hidden = await unrevealed(page)
    expect(readEarly(await readTree(cdp, slide), hidden)).toEqual([])
    await page.addStyleTag({ content: '.slidev-vclick-hidden { visibility: visible }' })
    expect(readEarly(await readTree(cdp, slide), hidden).length).toBeGreaterThan(0)

    await page.evaluate(() => {
      const second = document.body.appendChild(document.createElement('div'))
      second.setAttribute('role', 'status')
      new MutationObserver(() => second.textContent = document.querySelector('.deck-said')?.textContent ?? '')
        .observe(document.querySelector('.deck-said') ?? document.body, { childList: true, subtree: true, characterData: true })
    })
    await page.keyboard.press('ArrowDown')
    await hear(page, 1)
    const [first, second] = await heardIn(page)
    expect(second).toBe(first)
  })
})

it('going back says where one is', () => onSlide(stepped.no, 2, async (session, page) => {
  await page.keyboard.press('PageUp')
  expect(await hear(page, 0)).toBe(words[source.words].step(1, lastClick(stepped)))
  await session.arrive(stepped.no, 1)
  await page.keyboard.press('PageUp')
  expect(await hear(page, 1)).toBe(called(stepped.no))
  await session.arrive(stepped.no, 0)
  await page.keyboard.press('PageUp')
  // The slide before is come to at its last click, and is said as a slide.
  expect(await hear(page, 2)).toBe(called(stepped.no - 1))
}))

it('what was said is gone from the page before it could be read there', () => onSlide(stepped.no, 0, async ({ cdp }, page) => {
  await page.keyboard.press('PageDown')
  await hear(page, 0)
  expect((await readTree(cdp, '.deck-said')).length).toBeGreaterThan(1)
  await expect.poll(() => readTree(cdp, '.deck-said')).toEqual([])
  expect(await heardIn(page)).toHaveLength(1)
}))

it('the focus stays where there was none and on a control, and goes to the deck from a slide that is left', async () => {
  const last = slides.length
  await onSlide(last - 1, 0, async (session, page) => {
    await page.keyboard.press('ArrowDown')
    await session.arrive(last, 0)
    expect(await focused(page)).toBe('BODY')
    const link = page.locator(`#slideshow > [data-slidev-no="${last}"] a`).first()
    expect(await page.locator('#slideshow > [data-slidev-no] a').count()).toBeGreaterThan(0)
    if (await link.count()) await link.focus()
    else await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowUp')
    await session.arrive(last - 1, 0)
    await expect.poll(() => focused(page)).toBe('MAIN page-root')
    await page.locator('nav .slidev-icon-btn').nth(1).focus()
    const button = await page.evaluate(() => (document.activeElement as HTMLElement).title)
    await page.keyboard.press('ArrowUp')
    await session.arrive(last - 2, 0)
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).title)).toBe(button)
    checked('Chromium', 'the focus after a step: where there was none, on a slide’s link, on a control', 3)
  })
})
