import type { Browser, Page } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editions } from 'slidev-addon-deck/editions'
import { helpLabels } from 'slidev-addon-present/help-labels'
import { launchChromium } from 'slidev-addon-deck/browser'
import { axeFindings, inspectPage } from '../rendered/axe.ts'
import { buildDeck, type BuiltDeck } from '../rendered/built.ts'
import type { Scheme } from '../rendered/rule.ts'
import { Session } from '../rendered/session.ts'
import { Pixels } from './pixels.ts'
import { places, type Place } from './places.ts'

const WALK_TIME = 180_000
const SCHEMES: readonly Scheme[] = ['light', 'dark']
const WIDE = { bypassCSP: true, viewport: { width: 1600, height: 900 }, reducedMotion: 'reduce' } as const

let built: BuiltDeck
let browser: Browser
let pixels: Pixels
let checked = 0

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('/', ['--with-notes']), launchChromium()])
  pixels = await Pixels.open(browser)
})

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
    for (const scheme of SCHEMES) {
      const session = await Session.open(browser, built.baseOf(edition), scheme, WIDE)
      for (const place of places) {
        await session.load(place.path)
        await place.open(session.page)
        await session.rest()
        const result = await inspectPage(session.page)
        checked++
        expect(result.passes, place.name).toBeGreaterThan(10)
        found.push(...axeFindings(result).map(finding => `${place.name}, ${scheme}: ${finding}`))
      }
      await session.close()
    }
    expect(found).toEqual([])
  }, WALK_TIME)
})

const [edition] = editions

/** Waits until a slide is shown: its address has its name, not its number. */
const slideShown = (page: Page, no: number) => page.locator(`#slideshow > [data-slidev-no="${no}"]`).filter({ visible: true }).waitFor()
const shownSlide = (page: Page) => page.locator('#slideshow > [data-slidev-no]').filter({ visible: true }).getAttribute('data-slidev-no').then(Number)
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

/** What the Tab key stops at, and the ring it has there: px that stand out 3:1, and the length of the outline. */
interface Stop { stop: string, ring: number, around: number }

/** As many stops as a page may have before it counts as a trap. */
const MOST_STOPS = 60

/** Every stop of the Tab key, once round from the start of the page, and the controls that it passes over. */
async function tabStops(page: Page): Promise<{ stops: Stop[], passedOver: string[], isInOrder: boolean }> {
  const next = async () => {
    await page.keyboard.press('Tab')
    // Numbered as they are met; 0 is the page itself, where the round begins and ends.
    return page.evaluate(() => {
      const el = document.activeElement
      if (!(el instanceof HTMLElement) || el === document.body) return 0
      return Number(el.dataset['stop'] ??= String(document.querySelectorAll('[data-stop]').length + 1))
    })
  }
  let first = await next()
  for (let i = 0; first !== 0; i++) {
    if (i > MOST_STOPS) throw new Error(`The Tab key does not come round: ${await focus(page)}`)
    first = await next()
  }
  const stops: Stop[] = []
  const order: number[] = []
  for (let at = await next(); at !== 0; at = await next()) {
    order.push(at)
    if (stops.length > MOST_STOPS) throw new Error(`The Tab key does not come round: ${await focus(page)}`)
    const { around, ...clip } = await page.evaluate(async () => {
      await Promise.all(document.getAnimations().map(each => each.finished.catch(() => undefined)))
      const { left, top, width, height } = (document.activeElement as Element).getBoundingClientRect()
      const [x, y] = [Math.max(0, left - 8), Math.max(0, top - 8)]
      return { x, y, width: Math.min(innerWidth - x, width + 16), height: Math.min(innerHeight - y, height + 16), around: 2 * (width + height) }
    })
    const withRing = await page.screenshot({ clip })
    const plain = await page.addStyleTag({ content: '*:focus-visible { outline: none !important }' })
    const without = await page.screenshot({ clip })
    await plain.evaluate(el => (el as Element).remove())
    stops.push({ stop: await focus(page), ring: await pixels.changed(without, withRing), around })
  }
  return page.evaluate(([stops, order]) => {
    const controls = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]')]
      .filter(el => el.tabIndex >= 0 && !el.matches(':disabled') && el.checkVisibility({ visibilityProperty: true }) && !el.closest('[inert]') && (!document.querySelector('dialog[open]') || el.closest('dialog')))
    const reached = order.map(at => document.querySelector(`[data-stop="${at}"]`))
    return {
      stops,
      passedOver: controls.filter(el => !reached.includes(el)).map(el => el.outerHTML.slice(0, 80)),
      isInOrder: reached.every((el, i) => i === 0 || (el && reached[i - 1] && (reached[i - 1]?.compareDocumentPosition(el) ?? 0) & Node.DOCUMENT_POSITION_FOLLOWING)),
    }
  }, [stops, order] as const)
}

/** A ring at least one px wide all around (WCAG 2.2, 2.4.7 and 1.4.11; 2.4.13 asks for two). */
const weakRings = (stops: readonly Stop[]) => stops.filter(({ ring, around }) => ring < around).map(({ stop, ring, around }) => `${stop}: ${ring} of ${Math.round(around)} px`)

describe('keyboard', () => {
  it.each(SCHEMES)('every control is reached, in order, with a ring that stands out 3:1, and the Tab key comes round (%s)', async (scheme) => {
    const found: string[] = []
    for (const name of ['controls', 'overview', 'keys', 'settings', 'sync settings', 'presenter']) {
      const { stops, passedOver, isInOrder } = await at(edition, place(name), scheme, tabStops)
      expect(stops.length, name).toBeGreaterThan(name === 'keys' ? 0 : 1)
      found.push(...[...weakRings(stops), ...passedOver.map(html => `passed over: ${html}`), ...isInOrder ? [] : ['out of order']].map(each => `${name}: ${each}`))
    }
    expect(found).toEqual([])
  }, WALK_TIME)

  it('a ring that is too faint is seen', async () => {
    const weak = await at(edition, place('controls'), 'light', async (page) => {
      await page.addStyleTag({ content: ':focus-visible { outline-color: #ddd8d0 !important }' })
      return weakRings((await tabStops(page)).stops)
    })
    expect(weak.length).toBeGreaterThan(3)
  })

  it('a control that the Tab key passes over, one out of order, and a trap are seen', async () => {
    const spoilt = (back: number) => at(edition, place('controls'), 'light', async (page) => {
      await page.evaluate((back) => {
        const buttons = [...document.querySelectorAll<HTMLElement>('main nav .slidev-icon-btn')]
        const last = buttons.at(-1)
        if (last) last.tabIndex = 1
        // Gives the focus away.
        buttons[2]?.addEventListener('focus', () => buttons[2 + back]?.focus())
      }, back)
      return tabStops(page)
    })
    const { passedOver, isInOrder } = await spoilt(1)
    expect(passedOver).toHaveLength(1)
    expect(isInOrder).toBe(false)
    await expect(spoilt(-1)).rejects.toThrow(/does not come round/)
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
      const no = await shownSlide(page)
      await page.keyboard.press('ArrowDown')
      await slideShown(page, no + 1)
    })
  })

  it('the overview is gone through with the arrow keys and left with Enter', async () => {
    await at(edition, place('overview'), 'light', async (page) => {
      await page.keyboard.press('ArrowRight')
      await page.locator('#slidev-overview-4:focus').waitFor()
      await page.keyboard.press('Enter')
      await slideShown(page, 4)
      await page.locator('#slidev-overview-4').waitFor({ state: 'detached' })
    })
  })

  it('the arrow keys go on after a control was used', async () => {
    await at(edition, place('controls'), 'light', async (page) => {
      await page.keyboard.press('Enter')
      await page.waitForURL(/clicks=2$/)
      await page.keyboard.press('ArrowDown')
      await slideShown(page, 4)
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
