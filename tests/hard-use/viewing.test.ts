import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editions } from 'slidev-addon-deck/editions'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { launchChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { buildDeck, root, type BuiltDeck } from '../rendered/built.ts'
import { hammer, positionOf, positionsOf, type Key, type Position } from './talk.ts'

const TIMEOUT = 180_000
const CANVAS = { width: 980, height: 552 }

let built: BuiltDeck
let browser: Browser
let deck: SourceDeck
let positions: Position[]
let base: string

beforeAll(async () => {
  [built, browser, deck] = await Promise.all([buildDeck('/', ['--with-notes']), launchChromium(), loadDeck(root, editions[0].entry)])
  positions = positionsOf(deck.slides)
  base = built.baseOf(editions[0])
})
afterAll(() => Promise.all([browser?.close(), built?.close()]))

interface Window { context: BrowserContext, page: Page, faults: string[] }

/** An empty window, and what is thrown or written to its console as an error. */
async function openWindow(width = 1280, height = 720): Promise<Window> {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce', bypassCSP: true })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  return { context, page, faults }
}

const arrive = (page: Page, position: Position) => expect.poll(() => positionOf(page), { timeout: 20_000 }).toBe(position)

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

  it.each(stores)('%s: slide and presenter view are as with an empty store', async (_, store) => {
    const seen: unknown[] = []
    for (const stored of [{}, store]) {
      const { context, page, faults } = await openWindow()
      await page.addInitScript((entries) => {
        if (!sessionStorage.getItem('stored')) for (const [key, value] of entries) localStorage.setItem(key, value)
        sessionStorage.setItem('stored', 'yes')
      }, Object.entries(stored))
      for (const path of ['2', 'presenter/2']) {
        await page.goto(base + path)
        await arrive(page, '2.0')
        seen.push(await slideBox(page), await page.locator('.slidev-layout:visible').first().evaluate(el => getComputedStyle(el).filter))
        await page.keyboard.press('PageDown')
        await arrive(page, '2.1')
      }
      seen.push(await page.locator('.grid-container').getAttribute('class'), await page.locator('.grid-section.note').evaluate(el => Math.round(el.getBoundingClientRect().width)))
      expect(faults).toEqual([])
      await context.close()
    }
    expect(seen.slice(seen.length / 2)).toEqual(seen.slice(0, seen.length / 2))
  }, TIMEOUT)

  it('a store that keeps nothing: the talk goes on', async () => {
    const { context, page, faults } = await openWindow()
    await page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('The store is full.', 'QuotaExceededError')
      }
      Object.defineProperty(Storage.prototype, 'setItem', { value: refuse })
    })
    await page.goto(`${base}2`)
    await arrive(page, '2.0')
    await hammer(page, ['PageDown', 'PageDown'])
    await arrive(page, '3.0')
    expect(faults.filter(fault => !/QuotaExceeded|store is full/.test(fault))).toEqual([])
    await context.close()
  }, TIMEOUT)
})

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
    const { context, page, faults } = await openWindow()
    const at = deck.slides.find(({ content }) => content.includes('```mermaid'))
    if (!at) throw new Error('The deck has no diagram.')
    await page.goto(`${base}${at.no}?clicks=1`)
    await arrive(page, `${at.no}.1`)
    for (const [name, width, height] of [...shapes, ...shapes.toReversed()]) {
      await page.setViewportSize({ width, height })
      await expect.poll(() => misplaced(page, width, height), { message: name }).toEqual([])
      expect(await positionOf(page), name).toBe(`${at.no}.1`)
    }
    expect(faults).toEqual([])
    await page.addStyleTag({ content: '#slide-content { margin: 9px 0 0 20px } #slideshow .slidev-layout { height: 100px; overflow: hidden }' })
    expect(await misplaced(page, 1024, 768)).toEqual(['right of the middle by 20.0 px', 'below the middle by 9.0 px', 'the slide is cut off'])
    await context.close()
  }, TIMEOUT)
})

describe('memory', () => {
  interface Use { heap: number, nodes: number, listeners: number }

  /** What a page holds after everything has been collected that can be. */
  async function use(cdp: CDPSession): Promise<Use> {
    await cdp.send('HeapProfiler.collectGarbage')
    const { metrics } = await cdp.send('Performance.getMetrics')
    const of = (name: string) => metrics.find(metric => metric.name === name)?.value ?? Number.NaN
    return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
  }

  async function measured(page: Page): Promise<CDPSession> {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    await cdp.send('HeapProfiler.enable')
    return cdp
  }

  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

  /** Whether the second half of the readings holds more than a tenth more than the first: a leak grows with every round. */
  function growth(readings: readonly Use[]): string[] {
    const half = Math.floor(readings.length / 2)
    return (['heap', 'nodes', 'listeners'] as const).flatMap((what) => {
      const [early, late] = [readings.slice(0, half), readings.slice(-half)].map(part => median(part.map(reading => reading[what]))) as [number, number]
      return late <= early * 1.1 ? [] : [`${what} grew from ${early} to ${late}`]
    })
  }

  it('a hundred reloads: nothing grows', async () => {
    const { context, page, faults } = await openWindow()
    const cdp = await measured(page)
    await page.goto(`${base}2`)
    await arrive(page, '2.0')
    const readings: Use[] = []
    for (let i = 1; i <= 100; i++) {
      await page.reload()
      await arrive(page, '2.0')
      if (i % 10 > 0) continue
      // The slides beside it come when there is nothing else to do.
      await page.waitForFunction(() => document.querySelectorAll('#slideshow > [data-slidev-no] .slidev-layout').length === 3)
      readings.push(await use(cdp))
    }
    expect(growth(readings)).toEqual([])
    expect(faults).toEqual([])
    await context.close()
  }, TIMEOUT)

  it('three thousand steps through the deck and back: nothing grows, and the last is where it should be', async () => {
    const { context, page, faults } = await openWindow()
    const cdp = await measured(page)
    await page.goto(`${base}1`)
    await arrive(page, '1.0')
    const steps = positions.length - 1
    const there = Array.from({ length: steps }, (): Key => 'PageDown')
    const back = Array.from({ length: steps }, (): Key => 'PageUp')
    const readings: Use[] = []
    for (let done = 0; done < 3000; done += 2 * steps) {
      await hammer(page, there)
      await arrive(page, positions.at(-1) ?? '1.0')
      await hammer(page, back)
      await arrive(page, '1.0')
      readings.push(await use(cdp))
    }
    expect(readings.length).toBeGreaterThan(10)
    // The first rounds load what there is to load.
    expect(growth(readings.slice(4))).toEqual([])
    expect(faults).toEqual([])
    await context.close()
  }, TIMEOUT)

  it('a page that leaks is found out', async () => {
    const { context, page } = await openWindow()
    const cdp = await measured(page)
    await page.goto(`${base}2`)
    await arrive(page, '2.0')
    const readings: Use[] = []
    for (let i = 0; i < 10; i++) {
      await page.evaluate(() => {
        const kept = window as unknown as { kept: unknown[] }
        kept.kept = [...kept.kept ?? [], ...Array.from({ length: 300 }, () => [document.body.cloneNode(true), new Array(2000).fill(0).map(Math.random)])].slice(0, 3000)
      })
      readings.push(await use(cdp))
    }
    expect(growth(readings).join()).toMatch(/heap grew.*nodes grew/)
    await context.close()
  }, TIMEOUT)
})
