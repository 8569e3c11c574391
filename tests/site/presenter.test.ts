import type { Browser, BrowserContext, Page } from 'playwright-chromium'
import { clickMarkers } from 'slidev-addon-deck/notes'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { readEdition, slideThat, source } from '../helpers/deck.ts'

/* The presenter view of a build with notes: what somebody takes along to another machine. */

const { slides } = await readEdition(source)
/** The slide whose notes are longest after a click. */
const [slide] = slides.filter(({ note }) => clickMarkers(note) > 1).toSorted((a, b) => b.note.length - a.note.length)
if (!slide) throw new Error('No slide has clicks in its notes.')

/** The slide that shows: those beside it stand in the page too, the one before it first. */
const SHOWN = '.slidev-presenter #slideshow .slidev-layout h1:visible'

let built: BuiltDeck
let browser: Browser
let context: BrowserContext
let page: Page
const open = async (path: string) => {
  await page.goto(`${built.baseOf(source)}${path}`)
  await page.locator(SHOWN).waitFor()
}
beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('withNotes'), connectBrowser()])
  // Low, so that the notes do not fit.
  context = await browser.newContext({ viewport: { width: 900, height: 500 }, reducedMotion: 'reduce' })
  page = await context.newPage()
})
afterAll(() => Promise.all([browser?.close(), built?.close()]))

it('has its notes and controls in the deck’s own face', async () => {
  await open(`presenter/${slide.no}/`)
  await page.evaluate(() => document.fonts.ready)
  const cdp = await context.newCDPSession(page)
  await cdp.send('DOM.enable')
  await cdp.send('CSS.enable')
  const { root } = await cdp.send('DOM.getDocument', { depth: 0 })
  for (const selector of ['.slidev-note p', '.slidev-presenter .text-sm']) {
    const { nodeIds } = await cdp.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector })
    const fonts = (await Promise.all(nodeIds.map(nodeId => cdp.send('CSS.getPlatformFontsForNode', { nodeId })))).flatMap(each => each.fonts)
    expect(fonts.length, selector).toBeGreaterThan(0)
    expect(fonts.filter(({ isCustomFont }) => !isCustomFont).map(({ familyName }) => familyName), selector).toEqual([])
  }
})

it('scrolls its notes to the click', async () => {
  await open(`presenter/${slide.no}/`)
  const note = page.locator('.slidev-note').first()
  const top = () => note.evaluate(el => el.scrollTop)
  expect(await note.evaluate(el => el.scrollHeight > el.clientHeight)).toBe(true)
  expect(await top()).toBe(0)
  for (let click = 0; click < clickMarkers(slide.note); click++) await page.keyboard.press('PageDown')
  await expect.poll(top).toBeGreaterThan(0)
})

it('is there at each of its addresses, also when it is loaded anew', async () => {
  await open(`presenter/${slide.no}/`)
  const next = slideThat(slides, ({ no }) => no === slide.no + 1)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/presenter/${next.id}`)
  const response = await page.reload()
  expect(response?.status()).toBe(200)
  await page.locator(SHOWN).waitFor()
})

it('opens without a network after one visit of the talk', async () => {
  await page.goto(built.baseOf(source))
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
  await context.setOffline(true)
  await open('presenter/')
  await open(`presenter/${slide.id}`)
  await context.setOffline(false)
})
