import type { Browser, Page } from 'playwright-chromium'
import { words } from 'slidev-addon-present/words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { editions, readEdition, slideThat, source } from '../helpers/deck.ts'
import { axeFindings, inspectPage } from '../rendered/axe.ts'
import { SCHEMES, schemeInTurn, type Scheme } from '../rendered/rule.ts'
import { ALONE, lastClick, Session } from '../rendered/session.ts'
import { picture, Pixels } from './pixels.ts'
import { placesOf, type PlaceName } from './places.ts'
import { readTree } from './tree.ts'

const WALK_TIME = 900_000
const WIDE = { ...ALONE, bypassCSP: true, viewport: { width: 1600, height: 900 } } as const

let built: BuiltDeck
let browser: Browser
let pixels: Pixels
/** The number of a slide of several clicks, and of the last. */
let [no, last] = [0, 0]

beforeAll(async () => {
  const [deck, shared, { slides }] = await Promise.all([buildDeck('withNotes'), connectBrowser(), readEdition(source)]);
  [built, browser] = [deck, shared]
  pixels = await Pixels.open(browser);
  [no, last] = [slideThat(slides.slice(1, -1), slide => lastClick(slide) >= 2).no, slides.length]
})

afterAll(() => Promise.all([browser?.close(), built?.close()]))

const places = () => placesOf(no, last)
const place = (name: PlaceName) => places().find(each => each.name === name) ?? (() => { throw new Error(`There is no place “${name}”.`) })()

async function onPage<T>(edition: typeof editions[number], use: (session: Session) => Promise<T>, options: typeof WIDE | object = WIDE): Promise<T> {
  const session = await Session.open(browser, built.baseOf(edition), 'light', { ...WIDE, ...options })
  try {
    return await use(session)
  }
  finally {
    await session.close()
  }
}

async function goTo(session: Session, { path, open }: ReturnType<typeof place>): Promise<void> {
  await session.load(path)
  await open(session.page)
  await session.rest()
}

/** Opens a page, dialog or menu and does something with it. */
const at = <T>(name: PlaceName, use: (page: Page, session: Session) => Promise<T>, edition = source) => onPage(edition, async (session) => {
  await goTo(session, place(name))
  return use(session.page, session)
})

/** What a pointer can press and a keyboard cannot. */
const unfocusable = (page: Page) => page.evaluate(() =>
  [...document.querySelectorAll<HTMLElement>('body *')]
    .filter(el => el.checkVisibility({ visibilityProperty: true }) && !el.closest('[inert]') && getComputedStyle(el).cursor === 'pointer')
    .filter(el => !el.closest('a, button, input, label, summary, [role="option"], [tabindex="0"], [role="dialog"]'))
    .map(el => el.outerHTML.slice(0, 80)))

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

describe.each(editions.map((edition, i) => ({ ...edition, edition, i })))('every dialog, menu and page beside the slides, $lang', ({ edition, i }) => {
  const found = { axe: [] as string[], pointer: [] as string[], motion: [] as string[] }

  beforeAll(() => onPage(edition, async (session) => {
    for (const [k, each] of places().entries()) {
      const scheme = schemeInTurn(i + k)
      if (session.scheme !== scheme) await session.setScheme(scheme, false)
      await goTo(session, each)
      found.pointer.push(...(await unfocusable(session.page)).map(html => `${each.name}: ${html}`))
      found.motion.push(...(await moving(session.page)).map(what => `${each.name}: ${what}`))
      const result = await inspectPage(session.page)
      expect(result.passes, each.name).toBeGreaterThan(10)
      found.axe.push(...axeFindings(result).map(finding => `${each.name}, ${scheme}: ${finding}`))
    }
  }), WALK_TIME)

  it('axe finds nothing, light in one edition, dark in the other', () => {
    expect(found.axe).toEqual([])
    checked('Chromium', 'dialogs, menus and pages beside the slides: axe-core, each light in one edition, dark in the other', places().length)
  })
  it('everything that a pointer can press can be focused', () => expect(found.pointer).toEqual([]))
  it('nothing moves or fades where motion is unwelcome', () => expect(found.motion).toEqual([]))
})

it('otherwise some things move', async () => {
  expect((await onPage(source, async (session) => {
    await goTo(session, place('controls'))
    return moving(session.page)
  }, { reducedMotion: 'no-preference' })).length).toBeGreaterThan(5)
})

/** Waits until a slide is shown: its address has its name, not its number. */
const slideShown = (page: Page, no: number) => page.locator(`#slideshow > [data-slidev-no="${no}"]`).filter({ visible: true }).waitFor()
const shownSlide = (page: Page) => page.locator('#slideshow > [data-slidev-no]').filter({ visible: true }).getAttribute('data-slidev-no').then(Number)

it('axe sees a fault, and what it cannot decide, in the controls and in a dialog', async () => {
  expect(await at('controls', async (page) => {
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

/** What the Tab key stops at, and the ring it has there in each scheme: px that stand out 3:1, and the length of the outline. */
interface Stop { stop: string, rings: Record<string, number>, around: number }

/** As many stops as a page may have before it counts as a trap. */
const MOST_STOPS = 60

/** Measures the ring of what the focus is on. */
async function measureRing({ page, cdp }: Session, scheme: Scheme, stop: Stop): Promise<void> {
  const { around, ...clip } = await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map(each => each.finished.catch(() => undefined)))
    const { left, top, width, height } = (document.activeElement as Element).getBoundingClientRect()
    const [x, y] = [Math.max(0, left - 8), Math.max(0, top - 8)]
    return { x, y, width: Math.min(innerWidth - x, width + 16), height: Math.min(innerHeight - y, height + 16), around: 2 * (width + height) }
  })
  stop.around = around
  const withRing = await picture(cdp, clip)
  await page.evaluate(() => document.documentElement.toggleAttribute('data-ringless', true))
  const without = await picture(cdp, clip)
  await page.evaluate(() => document.documentElement.removeAttribute('data-ringless'))
  stop.rings[scheme] = await pixels.changed(without, withRing)
}

/**
 * Every stop of the Tab key, once round from the start of the page in each scheme, and the controls that it passes over.
 * @param isAlike whether its controls are like others: each ring is looked at in one of the schemes then.
 */
async function tabStops(session: Session, schemes: readonly Scheme[], isAlike = false): Promise<{ stops: Stop[], passedOver: string[], isInOrder: boolean }> {
  const { page } = session
  const next = async () => {
    await page.keyboard.press('Tab')
    // Numbered as they are met; 0 is the page itself, where the round begins and ends.
    return page.evaluate(() => {
      const el = document.activeElement
      if (!(el instanceof HTMLElement) || el === document.body) return 0
      return Number(el.dataset['stop'] ??= String(document.querySelectorAll('[data-stop]').length + 1))
    })
  }
  await page.addStyleTag({ content: '[data-ringless] *:focus-visible { outline: none !important }' })
  let first = await next()
  for (let i = 0; first !== 0; i++) {
    if (i > MOST_STOPS) throw new Error(`The Tab key does not come round: ${await focus(page)}`)
    first = await next()
  }
  const stops: Stop[] = []
  const order: number[] = []
  for (const [round, scheme] of schemes.entries()) {
    if (schemes.length > 1) await session.setScheme(scheme, false)
    let i = 0
    for (let at = await next(); at !== 0; at = await next()) {
      if (i > MOST_STOPS) throw new Error(`The Tab key does not come round: ${await focus(page)}`)
      if (round === 0) {
        order.push(at)
        stops.push({ stop: await focus(page), rings: {}, around: 0 })
      }
      const stop = stops[i++]
      if (stop && (!isAlike || i % schemes.length === round)) await measureRing(session, scheme, stop)
    }
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
const weakRings = (stops: readonly Stop[]) => stops.flatMap(({ stop, rings, around }) =>
  Object.entries(rings).filter(([, ring]) => ring < around).map(([scheme, ring]) => `${stop}, ${scheme}: ${ring} of ${Math.round(around)} px`))

describe('keyboard', () => {
  it.each(['controls', 'overview', 'keys', 'settings', 'sync settings', 'presenter'] as const)('every control is reached, in order, with a ring that stands out 3:1, and the Tab key comes round: %s', async (name) => {
    const { stops, passedOver, isInOrder } = await at(name, (_, session) => tabStops(session, SCHEMES, name !== 'controls'))
    expect(stops.length).toBeGreaterThan(name === 'keys' ? 0 : 1)
    expect(weakRings(stops)).toEqual([])
    expect(passedOver).toEqual([])
    expect(isInOrder).toBe(true)
    checked('Chromium', 'views and dialogs gone through by Tab: every control, in order, with a ring that stands out', 1)
  }, WALK_TIME)

  it('a ring that is too faint is seen', async () => {
    const weak = await at('controls', async (page, session) => {
      await page.addStyleTag({ content: ':focus-visible { outline-color: #ddd8d0 !important }' })
      return weakRings((await tabStops(session, ['light'])).stops)
    })
    expect(weak.length).toBeGreaterThan(3)
  })

  it('a control that the Tab key passes over, one out of order, and a trap are seen', async () => {
    const spoilt = (back: number) => at('controls', async (page, session) => {
      await page.evaluate((back) => {
        const buttons = [...document.querySelectorAll<HTMLElement>('main nav .slidev-icon-btn')]
        const last = buttons.at(-1)
        if (last) last.tabIndex = 1
        // Gives the focus away.
        buttons[2]?.addEventListener('focus', () => buttons[2 + back]?.focus())
      }, back)
      return tabStops(session, ['light'])
    })
    const { passedOver, isInOrder } = await spoilt(1)
    expect(passedOver).toHaveLength(1)
    expect(isInOrder).toBe(false)
    await expect(spoilt(-1)).rejects.toThrow(/does not come round/)
  })

  it.each(editions)('the ? key opens the list of keys in the deck’s language; Escape closes it, and the focus returns, $lang', edition => at('controls', async (page, session) => {
    const before = await focus(page)
    expect(before).not.toBe('')
    await page.keyboard.press('?')
    await page.locator('dialog[open]').waitFor()
    const { title, keys } = words[edition.words].help
    expect(await page.locator('dialog h2').textContent()).toBe(title)
    // Orca does not say what a modal dialog is called, only what has the focus.
    expect(await readTree(session.cdp, 'dialog :focus')).toEqual([`button “${words[edition.words].help.close}” — ${title}`])
    expect(await page.locator('dialog dt').count()).toBe(keys.length)
    const url = page.url()
    await page.keyboard.press('ArrowRight')
    expect(page.url()).toBe(url)
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    expect(await focus(page)).toBe(before)
  }, edition))

  it.each(['overview', 'go to a slide', 'settings', 'sync settings', 'presenter, overview', 'presenter, keys'] as const)('Escape closes: %s', name => at(name, async (page) => {
    const open = page.locator('[role="dialog"]:not([inert]), dialog[open], [role="radiogroup"], .slider').first()
    await open.waitFor()
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => ![...document.querySelectorAll('[role="dialog"]:not([inert]), dialog[open], [role="radiogroup"], .slider')].some(el => el.checkVisibility()))
    // The keys work on.
    const shown = await shownSlide(page)
    await page.keyboard.press('ArrowDown')
    await slideShown(page, shown + 1)
    checked('Chromium', 'dialogs and menus closed by Escape, and the keys go on', 1)
  }))

  it('the overview is gone through with the arrow keys and left with Enter', () => at('overview', async (page) => {
    await page.keyboard.press('ArrowRight')
    await page.locator(`#slidev-overview-${no + 1}:focus`).waitFor()
    await page.keyboard.press('Enter')
    await slideShown(page, no + 1)
    await page.locator(`#slidev-overview-${no + 1}`).waitFor({ state: 'detached' })
  }))

  it('the arrow keys go on after a control was used', () => at('controls', async (page) => {
    await page.keyboard.press('Enter')
    await page.waitForURL(/clicks=2$/)
    await page.keyboard.press('ArrowDown')
    await slideShown(page, no + 1)
  }))

  it('every key that does something is listed', () => {
    const listed = words.en.help.keys.flatMap(([keys]) => keys.map(key => key.toLowerCase()))
    for (const key of ['g', 'o', 'd', 'f', 'l', '?', 'esc', 'tab', 'space', '→', '←', '↑', '↓', 'pagedown', 'pageup']) expect(listed).toContain(key)
    expect(words.zh.help.keys).toHaveLength(words.en.help.keys.length)
  })
})
