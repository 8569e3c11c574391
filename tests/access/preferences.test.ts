import type { Browser, Page } from 'playwright-chromium'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { readEdition, slideThat, source } from '../helpers/deck.ts'
import { lastClick, Session } from '../rendered/session.ts'
import { picture, Pixels } from './pixels.ts'
import { ENHANCED_STROKE, enhanced, see, strokesOf, weakest } from './strokes.ts'

/* What goes through every slide is in rendered/walk.test.ts: here is seen that it would see a fault. */

let built: BuiltDeck
let browser: Browser
let pixels: Pixels
/** The slide of the shifts, which has old and new. */
let session: Session
let page: Page

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('withNotes'), connectBrowser()])
  pixels = await Pixels.open(browser)
  const slide = slideThat((await readEdition(source)).slides, ({ content }) => content.includes('<Shift'))
  session = await Session.open(browser, built.baseOf(source), 'light', { bypassCSP: true, reducedMotion: 'reduce' })
  page = session.page
  await session.load(`${slide.no}?clicks=${lastClick(slide)}`)
  expect(await session.arrive(slide.no, lastClick(slide))).toBeUndefined()
})

afterAll(() => Promise.all([browser?.close(), built?.close()]))

it('the imitation of colour blindness reaches the pictures', async () => {
  const before = await picture(session.cdp)
  await see(page, session.cdp, { deficiency: 'achromatopsia' })
  expect(await picture(session.cdp)).not.toBe(before)
  await see(page, session.cdp, {})
})

it.each(enhanced)('strokes do not stand out so much as a matter of course: $name', async () => {
  expect((await weakest(page)).stroke).toBeLessThan(ENHANCED_STROKE)
})

it('icons are painted in forced colours', async () => {
  const contrasts = async (css = '') => {
    if (css) await page.addStyleTag({ content: css })
    await page.locator('main nav .slidev-icon-btn').nth(1).focus()
    await page.locator('main nav .slidev-icon-btn').nth(1).hover()
    await session.rest()
    const boxes = await page.locator('main nav .slidev-icon-btn > :not(.sr-only)').evaluateAll(icons => icons.map((el) => {
      const { left, top, width, height } = el.getBoundingClientRect()
      return Array.from({ length: 48 ** 2 }, (_, i) => ({ x: left + (i % 48 + 0.5) * width / 48, y: top + (Math.floor(i / 48) + 0.5) * height / 48 }))
    }))
    return (await pixels.luminances(await picture(session.cdp), boxes)).map(found => (Math.max(...found) + 0.05) / (Math.min(...found) + 0.05))
  }
  await see(page, session.cdp, { media: { forcedColors: 'active' } })
  const painted = await contrasts()
  expect(painted.length).toBeGreaterThan(5)
  for (const each of painted) expect(each).toBeGreaterThan(3)
  const stock = await contrasts('[class*="i-"] { forced-color-adjust: auto !important }')
  expect(Math.min(...stock)).toBeLessThan(3)
  await see(page, session.cdp, {})
})

it('strokes that are alike are seen', async () => {
  const { cdp } = session
  await page.mouse.move(0, 0)
  await session.rest()
  const { untold } = await strokesOf(page, cdp, pixels)
  expect(await untold()).toEqual([])
  const alike = await page.addStyleTag({ content: '.shift .old { border-style: solid !important }' })
  expect((await untold()).join()).toMatch(/old p\.side\.old: 0 gaps/)
  await alike.evaluate(el => (el as Element).remove())
  await page.addStyleTag({ content: '.shift .new { border-style: dashed !important }' })
  expect((await untold()).join()).toMatch(/new p\.side\.new.*: \d.* gaps/)
  await page.addStyleTag({ content: '.shift .side { border-color: #eee !important }' })
  expect((await untold()).join()).toMatch(/contrast 1/)
})
