import type { Browser, Page } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editions } from '../../lib/editions.ts'
import { helpLabels } from '../../lib/locale/help.ts'
import { launchChromium } from '../../scripts/browser.ts'
import { axeFindings, inspectPage } from '../rendered/axe.ts'
import { buildDeck, type BuiltDeck } from '../rendered/built.ts'
import type { Scheme } from '../rendered/rule.ts'
import { Session } from '../rendered/session.ts'
import { Pixels } from './pixels.ts'
import { places, type Place } from './places.ts'

const BUILD_TIME = 120_000
const WALK_TIME = 180_000
const SCHEMES: readonly Scheme[] = ['light', 'dark']
const WIDE = { viewport: { width: 1600, height: 900 }, reducedMotion: 'reduce' } as const

let built: BuiltDeck
let browser: Browser
let pixels: Pixels
let checked = 0

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck(), launchChromium()])
  pixels = await Pixels.open(browser)
}, BUILD_TIME)

afterAll(async () => {
  await Promise.all([browser?.close(), built?.close()])
  console.log(`access: axe in ${checked} states beside the slides`)
})

async function at<T>(edition: typeof editions[number], place: Place, scheme: Scheme, use: (page: Page) => Promise<T>): Promise<T> {
  const session = await Session.open(browser, built.baseOf(edition), scheme, WIDE)
  try {
    await session.load(place.path)
    await place.open(session.page)
    await session.rest()
    return await use(session.page)
  }
  finally {
    await session.close()
  }
}

describe.each(editions)('$lang', (edition) => {
  it('axe finds nothing in any dialog, menu and page beside the slides', async () => {
    const found: string[] = []
    for (const place of places) {
      for (const scheme of SCHEMES) {
        const result = await at(edition, place, scheme, inspectPage)
        checked++
        expect(result.passes, place.name).toBeGreaterThan(10)
        found.push(...axeFindings(result).map(finding => `${place.name}, ${scheme}: ${finding}`))
      }
    }
    expect(found).toEqual([])
  }, WALK_TIME)
})

const [edition] = editions
const place = (name: string): Place => places.find(each => each.name === name) ?? (() => { throw new Error(`There is no place “${name}”.`) })()

it('axe sees a fault, and what it cannot decide, in the controls and in a dialog', async () => {
  expect(await at(edition, place('controls'), 'light', async (page) => {
    await page.evaluate(() => {
      const button = document.querySelector('main nav:not(.language-switch) .slidev-icon-btn')
      button?.append(document.createElement('button'))
      const undecided = document.createElement('p')
      undecided.textContent = 'text on a picture'
      Object.assign(undecided.style, { position: 'fixed', top: '0', background: 'linear-gradient(red, blue)', zIndex: '99' })
      document.querySelector('main')?.append(undecided)
    })
    return axeFindings(await inspectPage(page)).map(line => line.split(' (')[0])
  })).toEqual(expect.arrayContaining([expect.stringMatching(/^nested-interactive:/), expect.stringMatching(/^undecided: color-contrast:/)]))
})

/** What the focus is on: enough to tell it from others and to find it again. */
const focus = (page: Page) => page.evaluate(() => {
  const el = document.activeElement
  if (!el || el === document.body) return ''
  return `${el.tagName.toLowerCase()}${el.id && `#${el.id}`} ${(el.getAttribute('aria-label') || el.getAttribute('title') || el.textContent || '').trim().slice(0, 30)}`
})

/** Every stop of the Tab key from the start of the page until it comes round, with its ring: px of it that stand out 3:1, and its length. */
async function tabStops(page: Page, limit = 80): Promise<{ stop: string, ring: number, around: number }[]> {
  const stops: { stop: string, ring: number, around: number }[] = []
  for (let i = 0; i < limit; i++) {
    await page.keyboard.press('Tab')
    const stop = await focus(page)
    if (!stop || stops.some(each => each.stop === stop)) return stops
    const box = await page.evaluate(async () => {
      await Promise.all(document.getAnimations().map(each => each.finished.catch(() => undefined)))
      const { left, top, width, height } = (document.activeElement as Element).getBoundingClientRect()
      const x = Math.max(0, left - 8)
      const y = Math.max(0, top - 8)
      return { x, y, width: Math.min(innerWidth - x, width + 16), height: Math.min(innerHeight - y, height + 16), around: 2 * (width + height) }
    })
    const { around, ...clip } = box
    const withRing = await page.screenshot({ clip })
    const plain = await page.addStyleTag({ content: '*:focus-visible { outline: none !important }' })
    const without = await page.screenshot({ clip })
    await plain.evaluate(el => (el as Element).remove())
    stops.push({ stop, ring: await pixels.changed(without, withRing), around })
  }
  throw new Error(`The Tab key did not come round in ${limit} stops: ${stops.map(({ stop }) => stop).join(', ')}`)
}

/** A ring at least one px wide all around (WCAG 2.2, 2.4.7 and 1.4.11; 2.4.13 asks for two). */
const weakRings = (stops: Awaited<ReturnType<typeof tabStops>>) => stops.filter(({ ring, around }) => ring < around).map(({ stop, ring, around }) => `${stop}: ${ring} of ${Math.round(around)} px`)

describe('keyboard', () => {
  it.each(SCHEMES)('every control is reached, in order, with a ring that stands out 3:1, and the Tab key comes round (%s)', async (scheme) => {
    const found: string[] = []
    for (const name of ['controls', 'overview', 'keys', 'settings', 'sync settings', 'presenter']) {
      const stops = await at(edition, place(name), scheme, tabStops)
      expect(stops.length, name).toBeGreaterThan(name === 'keys' ? 0 : 1)
      found.push(...weakRings(stops).map(each => `${name}: ${each}`))
    }
    expect(found).toEqual([])
  }, WALK_TIME)

  it('a ring that is too faint is seen', async () => {
    const weak = await at(edition, place('controls'), 'light', async (page) => {
      await page.addStyleTag({ content: ':focus-visible { outline-color: #ddd8d0 !important }' })
      return weakRings(await tabStops(page))
    })
    expect(weak.length).toBeGreaterThan(3)
  })

  it('everything that a pointer can press can be focused', async () => {
    const missed: string[] = []
    for (const each of places) {
      missed.push(...await at(edition, each, 'light', page => page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('body *')]
          .filter(el => el.checkVisibility({ visibilityProperty: true }) && !el.closest('[inert]') && getComputedStyle(el).cursor === 'pointer')
          .filter(el => !el.closest('a, button, input, label, summary, [role="option"], [tabindex="0"], [role="dialog"]'))
          .map(el => el.outerHTML.slice(0, 80)))).then(found => found.map(html => `${each.name}: ${html}`)))
    }
    expect(missed).toEqual([])
  }, WALK_TIME)

  it('the ? key opens the list of keys in the deck’s language; Escape closes it, and the focus returns', async () => {
    for (const each of editions) {
      await at(each, place('controls'), 'light', async (page) => {
        const before = await focus(page)
        expect(before).not.toBe('')
        await page.keyboard.press('?')
        await page.locator('dialog[open]').waitFor()
        const { title, keys } = helpLabels[each.language]
        expect(await page.locator('dialog h2').textContent()).toBe(title)
        expect(await page.locator('dialog dt').count()).toBe(keys.length)
        const url = page.url()
        await page.keyboard.press('ArrowRight')
        expect(page.url()).toBe(url)
        await page.keyboard.press('Escape')
        await page.locator('dialog').waitFor({ state: 'detached' })
        expect(await focus(page)).toBe(before)
      })
    }
  })

  it.each(['overview', 'go to a slide', 'settings', 'sync settings', 'presenter, overview', 'presenter, keys'])('Escape closes: %s', async (name) => {
    await at(edition, place(name), 'light', async (page) => {
      const open = page.locator('[role="dialog"]:not([inert]), dialog[open], [role="radiogroup"], .slider').first()
      await open.waitFor()
      await page.keyboard.press('Escape')
      await page.waitForFunction(() => ![...document.querySelectorAll('[role="dialog"]:not([inert]), dialog[open], [role="radiogroup"], .slider')].some(el => el.checkVisibility()))
      // The keys work on.
      const no = Number(/\/(\d+)/.exec(new URL(page.url()).pathname)?.[1])
      await page.keyboard.press('ArrowDown')
      await page.waitForURL(url => url.pathname.endsWith(`/${no + 1}`))
    })
  })

  it('the overview is gone through with the arrow keys and left with Enter', async () => {
    await at(edition, place('overview'), 'light', async (page) => {
      await page.keyboard.press('ArrowRight')
      await page.locator('#slidev-overview-4:focus').waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/4$/)
      await page.locator('#slidev-overview-4').waitFor({ state: 'detached' })
    })
  })

  it('the arrow keys go on after a control was used', async () => {
    await at(edition, place('controls'), 'light', async (page) => {
      await page.keyboard.press('Enter')
      await page.waitForURL(/clicks=2$/)
      await page.keyboard.press('ArrowDown')
      await page.waitForURL(/\/4$/)
    })
  })

  it('lists every key that does something', async () => {
    // As pressed, and as the list writes it.
    const written: Record<string, string> = { pagedown: 'pagedown', pageup: 'pageup' }
    const listed = helpLabels.en.keys.flatMap(([keys]) => keys.map(key => key.toLowerCase()))
    for (const key of ['g', 'o', 'd', 'f', 'l', '?', 'esc', 'tab', 'space', '→', '←', '↑', '↓', ...Object.keys(written)]) expect(listed).toContain(key)
    expect(helpLabels.zh.keys).toHaveLength(helpLabels.en.keys.length)
  })
})
