import type { Browser, Page } from 'playwright-chromium'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { readEdition, slideThat, source } from '../helpers/deck.ts'
import { lastClick } from '../rendered/session.ts'
import { arrive, hammer, openWindow, positionOf, positionsOf, type Position } from './talk.ts'

const TIMEOUT = 400_000
const CANVAS = { width: 980, height: 552 }

let built: BuiltDeck
let browser: Browser
let deck: SourceDeck
let positions: Position[]
let base: string
/** The number of a slide of some clicks. */
let stepped: number

beforeAll(async () => {
  [built, browser, deck] = await Promise.all([buildDeck('withNotes'), connectBrowser(), readEdition(source)])
  positions = positionsOf(deck.slides)
  base = built.baseOf(source)
  stepped = slideThat(deck.slides.slice(1, -1), slide => lastClick(slide) >= 1).no
})
afterAll(() => Promise.all([browser?.close(), built?.close()]))

/** Where the slide is in the window, and how much smaller or larger than its canvas. */
const slideBox = (page: Page) => page.evaluate(() => {
  const { x, y, width, height } = document.querySelector('#slide-content')?.getBoundingClientRect() ?? new DOMRect()
  return { x, y, width, height }
})

describe('settings of an older version, another deck or a hand in the browser’s store', () => {
  /** Keys of Slidev's with values that it cannot use. */
  const stores: [string, Record<string, string>][] = [
    ['no JSON', { 'slidev-sync-directions': '{', 'slidev-viewer-css-filter': '}', 'slidev-drawing-brush': 'x' }],
    ['JSON of another shape', { 'slidev-sync-directions': 'null', 'slidev-viewer-css-filter': '[]', 'slidev-drawing-brush': 'null', 'slidev-webcam-pos': '7' }],
    ['values of other types', { 'slidev-sync-directions': '{"viewerSend":"no"}', 'slidev-viewer-css-filter': '{"brightness":null,"contrast":"0"}', 'slidev-presenter-font-size': 'big' }],
    ['numbers out of range', { 'slidev-scale': '9', 'slidev-presenter-layout': '9', 'slidev-presenter-notes-width': '99999', 'slidev-presenter-notes-row-size': 'NaN', 'slidev-presenter-font-size': '0' }],
    ['words that it does not know', { 'slidev-color-schema': 'sepia', 'slidev-presenter-main-slide-mode': 'none', 'slidev-cursor-style': 'x', 'slidev-wake-lock': 'perhaps', 'slidev-show-editor': 'x' }],
  ]

  /** How slide and presenter view are with a store. */
  async function seenWith(store: Readonly<Record<string, string>>): Promise<unknown[]> {
    const seen: unknown[] = []
    const { context, page, faults } = await openWindow(browser)
    await page.addInitScript((entries) => {
      if (!sessionStorage.getItem('stored')) for (const [key, value] of entries) localStorage.setItem(key, value)
      sessionStorage.setItem('stored', 'yes')
    }, Object.entries(store))
    for (const path of [`${stepped}`, `presenter/${stepped}`]) {
      await page.goto(base + path)
      await arrive(page, `${stepped}.0`)
      // At once, in the page: an element that is exchanged meanwhile has no styles.
      seen.push(await slideBox(page), await page.evaluate(() => [...document.querySelectorAll('#slide-content .slidev-layout')].filter(el => el.checkVisibility()).map(el => getComputedStyle(el).filter)))
      await page.keyboard.press('PageDown')
      await arrive(page, `${stepped}.1`)
    }
    seen.push(await page.locator('.grid-container').getAttribute('class'), await page.locator('.grid-section.note').evaluate(el => Math.round(el.getBoundingClientRect().width)))
    expect(faults).toEqual([])
    await context.close()
    return seen
  }
  let usual: Promise<unknown[]> | undefined

  it.each(stores)('%s: slide and presenter view are as with an empty store', async (_, store) => {
    usual ??= seenWith({})
    expect(await seenWith(store)).toEqual(await usual)
    checked('Chromium', 'settings in the browser’s store that cannot be used: slide and presenter view as without', 1)
  }, TIMEOUT)

  it('a store that keeps nothing: the talk goes on', async () => {
    const { context, page, faults } = await openWindow(browser)
    await page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('The store is full.', 'QuotaExceededError')
      }
      Object.defineProperty(Storage.prototype, 'setItem', { value: refuse })
    })
    await page.goto(`${base}${stepped}`)
    await arrive(page, `${stepped}.0`)
    await hammer(page, ['PageDown', 'PageDown'])
    await arrive(page, positions[positions.indexOf(`${stepped}.0`) + 2] ?? '1.0')
    expect(faults.filter(fault => !/QuotaExceeded|store is full/.test(fault))).toEqual([])
    await context.close()
  }, TIMEOUT)
})

it.each([['it is opened', false], ['it is opened behind another and then shown', true]])('a system that lets no screen be kept awake: no error, %s', async (_, isBehind) => {
  const { context, page, faults } = await openWindow(browser)
  await page.addInitScript((hidden) => {
    const asked = { times: 0, isHidden: hidden }
    Object.assign(window, { asked })
    Object.defineProperty(document, 'visibilityState', { get: () => asked.isHidden ? 'hidden' : 'visible' })
    navigator.wakeLock.request = () => {
      asked.times++
      return Promise.reject(new DOMException('The battery is empty.', 'NotAllowedError'))
    }
  }, isBehind)
  const asked = () => page.evaluate(() => (window as unknown as { asked: { times: number } }).asked.times)
  await page.goto(`${base}${stepped}`)
  await arrive(page, `${stepped}.0`)
  if (isBehind) {
    expect(await asked()).toBe(0)
    await page.evaluate(() => {
      (window as unknown as { asked: { isHidden: boolean } }).asked.isHidden = false
      document.dispatchEvent(new Event('visibilitychange'))
    })
  }
  await expect.poll(asked).toBeGreaterThan(0)
  // An error of a promise is told after what was under way.
  await page.evaluate(() => new Promise(done => setTimeout(done)))
  expect(faults).toEqual([])
  await context.close()
}, TIMEOUT)

describe('a window of any shape', () => {
  const shapes: [string, number, number][] = [['4:3', 1024, 768], ['16:10', 1280, 800], ['16:9', 1920, 1080], ['21:9', 2560, 1080], ['portrait', 768, 1366], ['phone, portrait', 390, 844], ['phone, landscape', 844, 390], ['square', 700, 700]]

  /** What keeps a slide from being whole, centred and as large as the window lets it. */
  async function misplaced(page: Page, width: number, height: number): Promise<string[]> {
    const box = await slideBox(page)
    const [cut, scroll] = await page.evaluate(() => [
      [...document.querySelectorAll('#slideshow .slidev-layout')].filter(el => el.checkVisibility() && (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1)).length,
      Math.max(document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight),
    ] as const)
    const off = (what: string, by: number) => Math.abs(by) < 1.5 ? [] : [`${what} by ${by.toFixed(1)} px`]
    return [
      ...off('too wide', box.width - CANVAS.width * Math.min(width / CANVAS.width, height / CANVAS.height)),
      ...off('right of the middle', box.x + box.width / 2 - width / 2),
      ...off('below the middle', box.y + box.height / 2 - height / 2),
      ...scroll > 0 ? [`the page scrolls by ${scroll} px`] : [],
      ...cut > 0 ? ['the slide is cut off'] : [],
    ]
  }

  it('resized while it is shown: the slide stays whole, centred and on its click', async () => {
    const { context, page, faults } = await openWindow(browser)
    const at = slideThat(deck.slides, slide => slide.content.includes('```mermaid') && lastClick(slide) > 0)
    await page.goto(`${base}${at.no}?clicks=1`)
    await arrive(page, `${at.no}.1`)
    for (const [name, width, height] of [...shapes, ...shapes.toReversed()]) {
      await page.setViewportSize({ width, height })
      await expect.poll(() => misplaced(page, width, height), { message: name }).toEqual([])
      expect(await positionOf(page), name).toBe(`${at.no}.1`)
    }
    expect(faults).toEqual([])
    for (const isPhone of [false, true]) checked('Chromium', `a window of ${isPhone ? 'a phone’s shape, portrait and landscape' : 'a screen’s shape, from 4:3 to 21:9, portrait and square'}: the slide whole and centred`, shapes.filter(([name]) => name.startsWith('phone') === isPhone).length)
    await page.addStyleTag({ content: '#slide-content { margin: 9px 0 0 20px } #slideshow .slidev-layout { height: 100px; overflow: hidden }' })
    expect(await misplaced(page, 1024, 768)).toEqual(['right of the middle by 20.0 px', 'below the middle by 9.0 px', 'the slide is cut off'])
    await context.close()
  }, TIMEOUT)
})
