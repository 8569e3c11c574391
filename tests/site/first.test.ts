import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-chromium'
import type { Edition } from 'slidev-addon-deck/editions'
import { spokenText } from 'slidev-addon-deck/notes'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { editions, readEdition, slideThat, source } from '../helpers/deck.ts'
import { printedFences } from '../rendered/labels.ts'
import { schemeInTurn } from '../rendered/rule.ts'
import { lastClick } from '../rendered/session.ts'
import { faces, hands, holdApp, layout, type Layout } from './handover.ts'

const WALK = 180_000

let built: BuiltDeck
let browser: Browser
const decks = new Map<Edition, SourceDeck>()
const deckOf = (edition: Edition) => decks.get(edition) ?? (() => { throw new Error(`${edition.entry} was not read.`) })()

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('published'), connectBrowser()])
  for (const edition of editions) decks.set(edition, await readEdition(edition))
})
afterAll(() => Promise.all([browser?.close(), built?.close()]))

async function withPage<T>(options: Parameters<Browser['newContext']>[0], use: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce', serviceWorkers: 'block', ...options })
  try {
    return await use(await context.newPage(), context)
  }
  finally {
    await context.close()
  }
}

describe.each(editions)('without JavaScript, in the edition $language', (edition) => {
  it('every slide shows its text and diagrams, and leads to the next', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      const wrong: string[] = []
      await page.goto(built.baseOf(edition))
      const { slides } = deckOf(edition)
      for (const slide of slides) {
        const shown = page.locator('#first > article:not([hidden])')
        const headline = await shown.locator('h1').innerText()
        if (headline.replace(/\s/g, '') !== slide.headline.replace(/\s/g, '')) wrong.push(`slide ${slide.no} shows “${headline}”`)
        const diagrams = await shown.locator('.diagram svg:visible').all()
        if (diagrams.length !== printedFences(slide).length) wrong.push(`slide ${slide.no} shows ${diagrams.length} diagrams`)
        for (const diagram of diagrams) {
          const box = await diagram.boundingBox()
          if (!box || box.width < 200 || box.height < 60) wrong.push(`slide ${slide.no}: a diagram of ${box?.width} × ${box?.height} px`)
        }
        // What clicks would bring is there at once.
        for (const step of await shown.locator(':is([data-step], .slidev-vclick-target):not(.states *)').all()) if (!await step.evaluate(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))) wrong.push(`slide ${slide.no}: a step is hidden`)
        if (slide.no < slides.length) await page.locator('.steps a[rel="next"]').click()
      }
      expect(wrong).toEqual([])
      expect(await page.locator('.steps a[rel="next"]').count()).toBe(0)
      expect(new URL(page.url()).pathname).toBe(`${new URL(built.baseOf(edition)).pathname}${slides.at(-1)?.id}/`)
    })
  }, WALK)
})

const [FIRST, APP] = ['#first > article:not([hidden])', '#slide-content']

describe.each(editions.map((edition, i) => ({ ...edition, edition, i })))('where the app takes over, in the edition $language', ({ edition, i }) => {
  it('nothing moves or changes on any slide, light in one edition, dark in the other', async () => {
    const differing: string[] = []
    let compared = 0
    await withPage({}, async (page) => {
      page.on('response', response => response.status() >= 400 && differing.push(`${response.url()} is not there`))
      const { hold, release } = await holdApp(page)
      for (const slide of deckOf(edition).slides) {
        hold()
        const scheme = schemeInTurn(slide.no + i)
        await page.emulateMedia({ colorScheme: scheme })
        await page.goto(`${built.baseOf(edition)}${slide.id}/`)
        await page.waitForFunction(faces)
        const before = await page.evaluate(layout, FIRST)
        release()
        await page.waitForFunction(hands, undefined, { timeout: 60_000 })
        const shift = await page.evaluate(() => window.layoutShift ?? Number.NaN)
        if (!(shift < 0.01)) differing.push(`slide ${slide.no}: a layout shift of ${shift}`)
        compared += before.length
        const found = differences(before, await page.evaluate(layout, APP))
        if (found.length > 0) differing.push(`slide ${slide.no}, ${scheme}: ${found.slice(0, 3).join('; ')}`)
      }
    })
    expect(differing).toEqual([])
    expect(compared).toBeGreaterThan(1000)
  }, WALK)

  it('a page that is loaded in the evening is dark from the start', async () => {
    await withPage({ colorScheme: 'dark' }, async (page) => {
      const { release } = await holdApp(page)
      await page.goto(built.baseOf(edition))
      await page.waitForFunction(faces)
      expect(await page.evaluate(() => document.documentElement.className.split(' '))).toContain('dark')
      const before = await page.evaluate(layout, FIRST)
      release()
      await page.waitForFunction(hands)
      expect(differences(before, await page.evaluate(layout, APP))).toEqual([])
    })
  })
})

/** What a slide has in another place, colour or size after the app took over. */
function differences(before: Layout, after: Layout): string[] {
  if (before.length === 0) return ['nothing was there before']
  const tolerance = 0.6
  const lines = before.flatMap((item, i) => {
    const other = after[i]
    if (!other || other.what !== item.what) return [`“${item.what}” became “${other?.what}”`]
    const moved = item.box.some((value, k) => Math.abs(value - (other.box[k] ?? Number.NaN)) > tolerance)
    return moved || item.look !== other.look ? [`“${item.what}” ${item.box} ${item.look} became ${other.box} ${other.look}`] : []
  })
  return after.length === before.length ? lines : [...lines, `${before.length} things became ${after.length}`]
}

it('a page whose own styles are broken is seen to change', async () => {
  await withPage({}, async (page) => {
    const { release } = await holdApp(page)
    await page.goto(`${built.baseOf(source)}${slideThat(deckOf(source).slides.slice(1), lastClick).id}/`)
    await page.locator('#first > article:not([hidden]) h1').evaluate(headline => headline.style.fontSize = '35px')
    const before = await page.evaluate(layout, FIRST)
    release()
    await page.waitForFunction(hands)
    expect(differences(before, await page.evaluate(layout, APP))).not.toEqual([])
  })
})

describe.each(editions)('before the app is there, in the edition $language', (edition) => {
  it('keys step to the next slide with its diagram, and the app goes on from there', async () => {
    const { slides } = deckOf(edition)
    const [first, second] = slides
    if (!first || !second) throw new Error('The deck has too few slides.')
    await withPage({}, async (page) => {
      const { release } = await holdApp(page)
      await page.goto(built.baseOf(edition))
      for (let click = 0; click <= lastClick(first); click++) await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      expect(await page.locator('#first > article:not([hidden]) h1').innerText()).toBe(second.headline)
      expect(await page.locator('#first > article:not([hidden]) .diagram svg:visible').first().isVisible()).toBe(true)
      expect(page.url()).toBe(`${built.baseOf(edition)}${second.id}/?clicks=1`)
      // What the first click brings is there.
      expect(await page.locator('#first > article:not([hidden]) :is([data-step="1"], [data-slidev-clicks-start="1"], [data-comes="1"])').first().evaluate(each => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }))).toBe(true)
      release()
      await page.waitForFunction(hands)
      expect(await page.locator(`#slideshow > [data-slidev-no="2"]`).isVisible()).toBe(true)
      expect(new URL(page.url()).search).toBe('?clicks=1')
      await page.keyboard.press('ArrowLeft')
      await page.waitForFunction(() => !location.search)
      await page.keyboard.press('ArrowLeft')
      await page.locator(`#slideshow > [data-slidev-no="1"]`).waitFor()
    })
  })

  it('a key pressed again and again is neither lost nor counted twice while the app takes over', async () => {
    const { slides } = deckOf(edition)
    const states = slides.flatMap(slide => Array.from({ length: lastClick(slide) + 1 }, (_, click) => ({ slide, click })))
    for (const presses of [3, 5, 7]) {
      await withPage({}, async (page) => {
        const { release } = await holdApp(page)
        await page.goto(built.baseOf(edition))
        for (let i = 0; i < presses; i++) {
          // The app comes while keys are pressed; later steps are its own.
          if (i === 1) release()
          await page.keyboard.press('ArrowRight')
        }
        await page.waitForFunction(hands)
        const target = states[presses]
        await page.waitForFunction(({ no, click }) => {
          const shown = [...document.querySelectorAll<HTMLElement>('#slideshow > [data-slidev-no]')].find(each => each.checkVisibility())
          return shown?.dataset['slidevNo'] === String(no) && Number(new URLSearchParams(location.search).get('clicks') ?? 0) === click
        }, { no: target?.slide.no, click: target?.click })
      })
    }
  })
})

describe('the weight of a first visit', () => {
  /** Bytes of bodies with Brotli, in the order in which they came. */
  async function visit(edition: Edition): Promise<{ painted: number, idle: number, whole: number, others: string[] }> {
    return withPage({}, async (page) => {
      const bodies: Promise<number>[] = []
      const others: string[] = []
      page.on('request', request => request.url().startsWith(built.origin) || request.url().startsWith('data:') || others.push(request.url()))
      page.on('response', (response) => {
        if (!response.url().startsWith(built.origin)) return
        bodies.push(response.body().then(body => brotliCompressSync(body).length, () => 0))
      })
      const sum = async () => (await Promise.all(bodies)).reduce((total, size) => total + size, 0)
      const { release } = await holdApp(page, '**/assets/**')
      await page.goto(built.baseOf(edition))
      await page.waitForFunction(faces)
      const painted = await sum()
      release()
      await page.waitForFunction(hands)
      await page.waitForLoadState('networkidle')
      const idle = await sum()
      const { slides } = deckOf(edition)
      for (const slide of slides.slice(1)) {
        await page.keyboard.press('ArrowDown')
        await page.locator(`#slideshow > [data-slidev-no="${slide.no}"]`).waitFor()
      }
      await page.waitForLoadState('networkidle')
      return { painted, idle, whole: await sum(), others }
    })
  }

  const visits = new Map<Edition, Awaited<ReturnType<typeof visit>>>()

  it.each(editions)('is within its bounds in the edition $language', async (edition) => {
    const { painted, idle, whole, others } = await visit(edition)
    visits.set(edition, { painted, idle, whole, others })
    // No other edition is heavier than the source edition.
    expect(idle).toBeLessThanOrEqual(visits.get(source)?.idle ?? 0)
    console.log(`site: ${edition.language} painted after ${painted} bytes, ${idle} when idle, ${whole} for the whole talk`)
    expect(others).toEqual([])
    expect(painted).toBeGreaterThan(5_000)
    expect(painted).toBeLessThanOrEqual(30_000)
    expect(idle).toBeGreaterThan(painted)
    expect(idle).toBeLessThanOrEqual(220_000)
    expect(whole).toBeGreaterThan(idle)
    expect(whole).toBeLessThanOrEqual(600_000)
  }, WALK)
})

async function filesWith(folder: string, texts: readonly string[]): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name)).map(entry => join(entry.parentPath, entry.name))
  const found = await Promise.all(files.map(async (file) => {
    const bytes = await readFile(file)
    return texts.filter(text => bytes.includes(text))
  }))
  return [...new Set(found.flat())]
}

describe('a build for the public', () => {
  /** A piece of what is said to each slide that stands nowhere on the slide, free of signs that a file would write in another way. */
  const spoken = () => editions.flatMap(edition => deckOf(edition).slides.flatMap(({ note, content }) =>
    spokenText(note).split(/["'“”‘’`<>&\\*\n]/).filter(piece => piece.length > 10 && !content.includes(piece)).toSorted((a, b) => b.length - a.length).slice(0, 1)))

  it('has no words of the notes, and one with notes has them', async () => {
    const pieces = spoken()
    expect(pieces.length).toBeGreaterThan(deckOf(source).slides.length)
    expect(await filesWith(built.folder, pieces)).toEqual([])
    const withNotes = await buildDeck('withNotes')
    expect((await filesWith(withNotes.folder, pieces)).sort()).toEqual(pieces.toSorted())
    await withNotes.close()
  }, WALK)

  it('has no presenter, recorder or editor', async () => {
    const names = await readdir(built.folder, { recursive: true })
    expect(names.filter(name => /presenter|record|editor|monaco|drauu|notes/i.test(name))).toEqual([])
    expect(await filesWith(built.folder, ['presenter/:no'])).toEqual([])
    await withPage({}, async (page) => {
      await page.goto(built.baseOf(source))
      await page.waitForFunction(hands)
      const icons = await page.locator('nav button div[class*="i-carbon"]').evaluateAll(found => found.map(({ className }) => className))
      expect(icons.length).toBeGreaterThan(3)
      expect(icons.filter(name => /user-speaker|pen|video|arrow-up-bold/.test(name))).toEqual([])
    })
  })
})
