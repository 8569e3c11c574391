import type { Browser, CDPSession, Page } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editions } from 'slidev-addon-deck/editions'
import { launchChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { buildDeck, root, type BuiltDeck } from '../rendered/built.ts'
import { DECORATION, MARKS } from '../rendered/limits.ts'
import type { Scheme } from '../rendered/rule.ts'
import { lastClick, Session } from '../rendered/session.ts'
import { takeSnapshot } from '../rendered/snapshot.ts'
import { Pixels, strokeOf } from './pixels.ts'
import { places } from './places.ts'
import { sideStrokes } from './sides.ts'

const WALK_TIME = 240_000

let built: BuiltDeck
let browser: Browser
let pixels: Pixels

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('/', ['--with-notes']), launchChromium()])
  pixels = await Pixels.open(browser)
})

afterAll(() => Promise.all([browser?.close(), built?.close()]))

/** A way of seeing, as Chromium can imitate it. */
interface Sight {
  name: string
  put: (page: Page, cdp: CDPSession) => Promise<unknown>
}

const deficiency = (type: 'none' | 'protanopia' | 'deuteranopia' | 'tritanopia' | 'achromatopsia') => (cdp: CDPSession) => cdp.send('Emulation.setEmulatedVisionDeficiency', { type })
const PLAIN = { media: 'screen', forcedColors: 'none', contrast: 'no-preference' } as const

const sights: readonly Sight[] = [
  { name: 'as it is', put: async () => undefined },
  { name: 'protanopia', put: (_, cdp) => deficiency('protanopia')(cdp) },
  { name: 'deuteranopia', put: (_, cdp) => deficiency('deuteranopia')(cdp) },
  { name: 'tritanopia', put: (_, cdp) => deficiency('tritanopia')(cdp) },
  { name: 'achromatopsia', put: (_, cdp) => deficiency('achromatopsia')(cdp) },
  { name: 'print in grey', put: (page, cdp) => Promise.all([page.emulateMedia({ ...PLAIN, media: 'print' }), deficiency('achromatopsia')(cdp)]) },
  { name: 'more contrast', put: page => page.emulateMedia({ ...PLAIN, contrast: 'more' }) },
  { name: 'forced colours', put: page => page.emulateMedia({ ...PLAIN, forcedColors: 'active' }) },
]

/** Old strokes have gaps and new ones have none, by the painted px: fewest of the one and most of the other in 100 px. */
const [GAPS_OF_OLD, GAPS_OF_NEW] = [3, 0.7]
/** A stroke stands out from what is beside it (WCAG 2.2, 1.4.11). */
const STANDS_OUT = 3

/** What is wrong with the strokes of the slide being shown, as it is painted now, and how many there are. */
async function untold(page: Page): Promise<{ strokes: number, findings: string[] }> {
  const strokes = await sideStrokes(page)
  const png = await page.screenshot()
  const findings: string[] = []
  const painted = await pixels.luminances(png, strokes.flatMap(({ along, beside }) => [along, beside]))
  for (const [i, { what, side, length }] of strokes.entries()) {
    const [ink = [], around = []] = painted.slice(2 * i)
    const { gaps, contrast } = strokeOf(ink, around.toSorted((a, b) => a - b)[Math.floor(around.length / 2)] ?? 0)
    const density = Math.round(gaps / length * 1000) / 10
    if (contrast < STANDS_OUT) findings.push(`${what}: contrast ${contrast} to what is beside it`)
    if (side === 'old' ? density < GAPS_OF_OLD : density > GAPS_OF_NEW) findings.push(`${what}: ${density} gaps in 100 px`)
  }
  return { strokes: strokes.length, findings }
}

/** Visits every slide at its last click. */
async function eachSlide(edition: typeof editions[number], scheme: Scheme, use: (session: Session, cdp: CDPSession, place: string) => Promise<void>): Promise<void> {
  const { slides } = await loadDeck(root, edition.entry)
  const session = await Session.open(browser, built.baseOf(edition), scheme, { reducedMotion: 'reduce', bypassCSP: true })
  const cdp = await session.page.context().newCDPSession(session.page)
  try {
    for (const slide of slides) {
      const click = lastClick(slide)
      await session.load(`${slide.no}${click ? `?clicks=${click}` : ''}`)
      const failure = await session.arrive(slide.no, click)
      if (failure) throw new Error(`${slide.no} ${slide.id}: ${failure}`)
      await use(session, cdp, `${edition.lang} ${slide.no} ${slide.id} ${scheme}`)
    }
  }
  finally {
    await session.close()
  }
}

describe.each([...editions.map(edition => ({ edition, lang: edition.lang, scheme: 'light' as const })), { edition: editions[0], lang: editions[0].lang, scheme: 'dark' as const }])('$lang $scheme', ({ edition, scheme }) => {
  it('old and new are told apart by their strokes, as anyone sees them and on grey paper', async () => {
    const found: string[] = []
    const counts = new Map<string, number>()
    await eachSlide(edition, scheme, async ({ page }, cdp, place) => {
      if ((await sideStrokes(page)).length === 0) return
      for (const sight of sights) {
        await page.emulateMedia(PLAIN)
        await deficiency('none')(cdp)
        await sight.put(page, cdp)
        const { strokes, findings } = await untold(page)
        counts.set(sight.name, (counts.get(sight.name) ?? 0) + strokes)
        found.push(...findings.map(finding => `${place}, ${sight.name}: ${finding}`))
      }
    })
    console.log(`access: ${edition.lang} ${scheme}, strokes looked at: ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}`)
    expect(counts.size).toBe(sights.length)
    for (const count of counts.values()) expect(count).toBeGreaterThan(20)
    expect(found).toEqual([])
  }, WALK_TIME)
})

/** Opens the slide of the shifts, which has old and new, and does something with it. */
async function withDeck<T>(path: string, options: Parameters<Session['page']['emulateMedia']>[0], use: (session: Session, cdp: CDPSession) => Promise<T>): Promise<T> {
  const session = await Session.open(browser, built.baseOf(editions[0]), 'light', { bypassCSP: true, ...options?.reducedMotion && { reducedMotion: options.reducedMotion } })
  try {
    if (options) await session.page.emulateMedia(options)
    await session.load(path)
    await session.page.locator('#slideshow h1').filter({ visible: true }).first().waitFor()
    await session.rest()
    return await use(session, await session.page.context().newCDPSession(session.page))
  }
  finally {
    await session.close()
  }
}

const WITH_SHIFTS = '5?clicks=2'

it('strokes that are alike are seen', async () => {
  await withDeck(WITH_SHIFTS, {}, async ({ page }) => {
    expect((await untold(page)).findings).toEqual([])
    const alike = await page.addStyleTag({ content: '.shift .old { border-style: solid !important }' })
    expect((await untold(page)).findings.join()).toMatch(/old p\.side\.old: 0 gaps/)
    await alike.evaluate(el => (el as Element).remove())
    await page.addStyleTag({ content: '.shift .new { border-style: dashed !important }' })
    expect((await untold(page)).findings.join()).toMatch(/new p\.side\.new.*: \d.* gaps/)
    await page.addStyleTag({ content: '.shift .side { border-color: #eee !important }' })
    expect((await untold(page)).findings.join()).toMatch(/contrast 1/)
  })
})

it('the imitation of colour blindness reaches the screenshots', async () => {
  await withDeck(WITH_SHIFTS, {}, async ({ page }, cdp) => {
    const before = await page.screenshot()
    await deficiency('achromatopsia')(cdp)
    expect(before.equals(await page.screenshot())).toBe(false)
  })
})

/** The weakest text and stroke of a slide as it is painted now (WCAG 2.2). */
async function weakest(page: Page): Promise<{ text: number, stroke: number, texts: number, problems: string[] }> {
  const { texts, sides } = await page.evaluate(takeSnapshot, { marks: MARKS, decoration: DECORATION })
  const told = [...texts.map(item => ({ what: item.text, ...item.contrast })), ...sides.map(item => ({ what: item.path, ...item.contrast }))]
  const least = (ratios: number[]) => Math.min(Infinity, ...ratios)
  return {
    text: least(texts.filter(({ contrast }) => !contrast.problem).map(({ contrast }) => contrast.ratio)),
    stroke: least(sides.filter(({ contrast }) => !contrast.problem).map(({ contrast }) => contrast.ratio)),
    texts: texts.length,
    problems: told.filter(({ problem }) => problem).map(({ what, problem }) => `${what}: ${problem}`),
  }
}

describe.each([
  // WCAG 2.2: 1.4.6 enhanced for text; strokes as text (1.4.3).
  { name: 'more contrast', media: { contrast: 'more' }, text: 7, stroke: 4.5 },
  { name: 'forced colours', media: { forcedColors: 'active' }, text: 7, stroke: 4.5 },
] as const)('$name', ({ media, text, stroke }) => {
  it.each(['light', 'dark'] as const)(`every text stands out ${text}:1 and every stroke of old and new ${stroke}:1 (%s)`, async (scheme) => {
    const found: string[] = []
    let texts = 0
    await eachSlide(editions[0], scheme, async ({ page }, _cdp, place) => {
      await page.emulateMedia(media)
      const least = await weakest(page)
      texts += least.texts
      if (least.text < text) found.push(`${place}: text ${least.text}`)
      if (least.stroke < stroke) found.push(`${place}: stroke ${least.stroke}`)
      found.push(...least.problems.map(problem => `${place}: ${problem}`))
    })
    expect(texts).toBeGreaterThan(100)
    expect(found).toEqual([])
  }, WALK_TIME)

  it('is no matter of course', async () => {
    expect(await withDeck(WITH_SHIFTS, {}, async ({ page }) => (await weakest(page)).stroke)).toBeLessThan(stroke)
  })
})

it('icons are painted in forced colours', async () => {
  const contrasts = async (media: Parameters<typeof withDeck>[1], css = '') => withDeck('3', media, async ({ page }) => {
    if (css) await page.addStyleTag({ content: css })
    await page.locator('main nav .slidev-icon-btn').nth(1).focus()
    await page.locator('main nav .slidev-icon-btn').nth(1).hover()
    await page.evaluate(() => Promise.all(document.getAnimations().map(each => each.finished.catch(() => undefined))))
    const boxes = await page.locator('main nav .slidev-icon-btn > :not(.sr-only)').evaluateAll(icons => icons.map((el) => {
      const { left, top, width, height } = el.getBoundingClientRect()
      return Array.from({ length: 48 ** 2 }, (_, i) => ({ x: left + (i % 48 + 0.5) * width / 48, y: top + (Math.floor(i / 48) + 0.5) * height / 48 }))
    }))
    return (await pixels.luminances(await page.screenshot(), boxes)).map(found => (Math.max(...found) + 0.05) / (Math.min(...found) + 0.05))
  })
  const painted = await contrasts({ forcedColors: 'active' })
  expect(painted.length).toBeGreaterThan(5)
  for (const each of painted) expect(each).toBeGreaterThan(3)
  const stock = await contrasts({ forcedColors: 'active' }, '[class*="i-"] { forced-color-adjust: auto !important }')
  expect(Math.min(...stock)).toBeLessThan(3)
})

describe('less motion', () => {
  /** Elements whose style would move them or fade them, and animations under way. */
  const moving = (page: Page) => page.evaluate(() => {
    const time = (list: string) => Math.max(...list.split(',').map(each => Number.parseFloat(each)))
    const found = [...document.querySelectorAll('*')].flatMap(el => [undefined, '::before', '::after', '::backdrop'].flatMap((pseudo) => {
      const style = getComputedStyle(el, pseudo)
      const lasts = time(style.transitionDuration) > 0 || (style.animationName !== 'none' && time(style.animationDuration) > 0) || style.scrollBehavior === 'smooth'
      return lasts ? [`${el.tagName.toLowerCase()}.${el.getAttribute('class') ?? ''}${pseudo ?? ''}`] : []
    }))
    return [...found, ...document.getAnimations().map(each => `under way: ${each.constructor.name}`)]
  })

  it('nothing moves or fades, on slides and in every dialog and menu', async () => {
    const found: string[] = []
    for (const place of places) {
      const session = await Session.open(browser, built.baseOf(editions[0]), 'light', { reducedMotion: 'reduce', bypassCSP: true, viewport: { width: 1600, height: 900 } })
      await session.load(place.path)
      await place.open(session.page)
      found.push(...(await moving(session.page)).map(each => `${place.name}: ${each}`))
      await session.close()
    }
    expect(found).toEqual([])
  }, WALK_TIME)

  it('otherwise some do', async () => {
    expect((await withDeck('3', { reducedMotion: 'no-preference' }, ({ page }) => moving(page))).length).toBeGreaterThan(5)
  })
})
