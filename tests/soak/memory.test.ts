import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrive, openWindow, positionsOf, type Position } from '../hard-use/talk.ts'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { readEdition, source } from '../helpers/deck.ts'
import { growth, measured, reload, stepThrough, use, type Use } from './memory.ts'

const TIMEOUT = 600_000

let built: BuiltDeck
let browser: Browser
let positions: Position[]
beforeAll(async () => {
  const [deck, shared, { slides }] = await Promise.all([buildDeck('withNotes'), connectBrowser(), readEdition(source)]);
  [built, browser, positions] = [deck, shared, positionsOf(slides)]
})
afterAll(() => Promise.all([browser?.close(), built?.close()]))

it('a hundred reloads: nothing grows', async () => {
  expect(await reload(browser, `${built.baseOf(source)}2`, '2.0', { reloads: 100, every: 10 })).toEqual([])
}, TIMEOUT)

it('three thousand steps through the deck and back: nothing grows', async () => {
  const rounds = Math.max(14, Math.ceil(3000 / (2 * positions.length)))
  expect(await stepThrough(browser, `${built.baseOf(source)}1`, positions, rounds)).toEqual([])
}, TIMEOUT)

it('a page that leaks is found out', async () => {
  const { context, page } = await openWindow(browser)
  const cdp = await measured(page)
  await page.goto(`${built.baseOf(source)}2`)
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
