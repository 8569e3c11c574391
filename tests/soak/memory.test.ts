import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { reload, stepThrough } from '../hard-use/memory.ts'
import { positionsOf, type Position } from '../hard-use/talk.ts'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { readEdition, source } from '../helpers/deck.ts'

/* The long form of what is in hard-use/viewing.test.ts. */

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
