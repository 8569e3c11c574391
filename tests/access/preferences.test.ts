import type { Browser, Page } from 'playwright-chromium'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { readEdition, slideThat, source } from '../helpers/deck.ts'
import { ALONE, lastClick, Session } from '../rendered/session.ts'
import { AS_IT_IS, picture, Pixels } from './pixels.ts'
import { deficiencies, ENHANCED_STROKE, enhanced, see, strokesOf, weakest, type Deficiency } from './strokes.ts'

/* What goes through every slide is in rendered/walk.test.ts: here is seen that it would see a fault. */

let built: BuiltDeck
let browser: Browser
let pixels: Pixels
/** A slide of a diagram that has old and new in one state. */
let session: Session
let page: Page

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('withNotes'), connectBrowser()])
  pixels = await Pixels.open(browser)
  const slide = slideThat((await readEdition(source)).slides, ({ content }) => content.includes('sequenceDiagram'))
  session = await Session.open(browser, built.baseOf(source), 'light', { ...ALONE, bypassCSP: true })
  page = session.page
  await session.load(`${slide.no}?clicks=${lastClick(slide)}`)
  expect(await session.arrive(slide.no, lastClick(slide))).toBeUndefined()
})

afterAll(() => Promise.all([browser?.close(), built?.close()]))

it.each(Object.keys(deficiencies) as Deficiency[])('strokes are seen as Chromium shows them with %s', async (type) => {
  const at = await page.locator('.diagram :is(.old, .new) > .line').evaluateAll(lines => lines.flatMap((el) => {
    const { left, top, width, height } = el.getBoundingClientRect()
    return Array.from({ length: 200 }, (_, i) => ({ x: left + i * width / 200, y: top + height / 2 }))
  }))
  const read = await pixels.reader([at])
  const [plain, computed] = (await read(await picture(session.cdp), [AS_IT_IS, deficiencies[type]])).map(lists => lists[0] ?? [])
  await session.cdp.send('Emulation.setEmulatedVisionDeficiency', { type })
  const [painted] = (await read(await picture(session.cdp), [AS_IT_IS])).map(lists => lists[0] ?? [])
  await session.cdp.send('Emulation.setEmulatedVisionDeficiency', { type: 'none' })
  const farthest = (seen: readonly number[] = []) => Math.max(...seen.map((luminance, i) => Math.abs(luminance - (painted?.[i] ?? Infinity))))
  expect(farthest(computed)).toBeLessThan(0.02)
  if (type !== 'achromatopsia') expect(farthest(plain)).toBeGreaterThan(farthest(computed))
  checked('Chromium', 'colour vision deficiencies: computed as the browser shows them', 1)
})

it.each(enhanced)('strokes do not stand out so much as a matter of course: $name', async () => {
  expect((await weakest(page)).stroke.ratio).toBeLessThan(ENHANCED_STROKE)
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
  await see(page, { media: { forcedColors: 'active' } })
  const painted = await contrasts()
  expect(painted.length).toBeGreaterThan(5)
  for (const each of painted) expect(each).toBeGreaterThan(3)
  checked('Chromium', 'forced colours: the controls’ icons are painted', 1)
  const stock = await contrasts('[class*="i-"] { forced-color-adjust: auto !important }')
  expect(Math.min(...stock)).toBeLessThan(3)
  await see(page, {})
})

it('strokes that are alike are seen', async () => {
  const { cdp } = session
  await page.mouse.move(0, 0)
  await session.rest()
  const { untold } = await strokesOf(page, cdp, pixels)
  expect(await untold([AS_IT_IS])).toEqual([[]])
  const alike = await page.addStyleTag({ content: '.diagram .old > .line { stroke-dasharray: none !important }' })
  expect((await untold([AS_IT_IS])).join()).toMatch(/old .*: 0 gaps/)
  await alike.evaluate(el => (el as Element).remove())
  await page.addStyleTag({ content: '.diagram .new > .line { stroke-dasharray: 7 5 !important }' })
  expect((await untold([AS_IT_IS])).join()).toMatch(/new .*: \d.* gaps/)
  await page.addStyleTag({ content: '.diagram .line { stroke: #eee !important }' })
  expect((await untold([AS_IT_IS])).join()).toMatch(/contrast 1/)
})
