import type { DeckSlide } from 'slidev-addon-deck/deck'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { editions, readEdition, slideThat } from '../helpers/deck.ts'
import { isStill, position } from '../helpers/in-window.ts'
import { positionsOf, type Position } from '../hard-use/talk.ts'
import { lastClick } from '../rendered/session.ts'
import { browserNames, isThere, openWindow, type BrowserWindow, type Key } from './browsers.ts'
import { faultsInReading, readingHeadings, unstyled } from './reading-page.ts'

/* The hosted deck as a visitor uses it: keys, touch, the other edition, the page for reading, and all of it once the server is gone. */

/** How long something may take to come, in milliseconds. */
const PATIENCE = 60_000
const LANDSCAPE = [980, 552] as const
const PHONE = [390, 844] as const
const SWITCH = '.language-switch a'

const decks = await Promise.all(editions.map(async edition => ({ edition, slides: (await readEdition(edition)).slides })))

/* These run in the page. */
const isDark = () => document.documentElement.classList.contains('dark')
const choices = () => [...document.querySelectorAll('.slidev-overview-choice')].filter(each => each.checkVisibility()).length
const takesNumber = () => Boolean(document.activeElement?.matches('#slidev-goto-dialog input'))
const hasDialog = () => Boolean(document.querySelector('dialog[open]'))
const isBlack = () => Boolean(document.querySelector('.stage-curtain'))
const language = () => document.documentElement.lang
/** Whether this edition's worker has its files, and this page. */
const isKept = async () => {
  const registration = await navigator.serviceWorker?.getRegistration()
  return Boolean(registration) && !registration?.installing && !registration?.waiting && navigator.serviceWorker.controller?.state === 'activated'
}

const until = <T>(ask: () => Promise<T>, wanted: T, message: string) => expect.poll(ask, { message, timeout: PATIENCE, interval: 20 }).toBe(wanted)

/** Waits for the app and for a place of the talk. */
async function arrive({ evaluate }: BrowserWindow, place: string, why: string): Promise<void> {
  await until(() => evaluate(position).catch(() => ''), place, why)
  await until(() => evaluate(isThere).catch(() => false), true, why)
}

/** Keys, and where they lead from where the one before has led. */
function stepsOf(slides: readonly DeckSlide[]): (readonly [keys: readonly Key[], place: Position])[] {
  const positions = positionsOf(slides)
  const last = slides.length
  const at = (i: number) => positions.at(i) ?? '1.0'
  const startOf = (no: number): Position => `${no}.0`
  return [
    [['ArrowLeft'], at(0)],
    [['ArrowRight'], at(1)],
    [[' '], at(2)],
    [['PageDown'], at(3)],
    [['PageUp'], at(2)],
    [['ArrowLeft'], at(1)],
    [['ArrowDown'], startOf(Number(at(1).split('.')[0]) + 1)],
    [['ArrowDown'], startOf(Number(at(1).split('.')[0]) + 2)],
    [['ArrowUp'], startOf(Number(at(1).split('.')[0]) + 1)],
    [['g', ...[...String(last)] as Key[], 'Enter'], startOf(last)],
    [Array<Key>(lastClick(slides.at(-1) ?? slideThat(slides, () => true)) + 1).fill('ArrowRight'), at(-1)],
    [['g', '1', 'Enter'], at(0)],
  ]
}

describe.each(browserNames)('%s', (name) => {
  let built: BuiltDeck
  let window: BrowserWindow
  beforeAll(async () => {
    [built, window] = await Promise.all([buildDeck('published'), openWindow(name, { lessMotion: true, isVisited: true })])
  })
  afterAll(() => Promise.all([window?.close(), built?.close()]))

  it.each(decks)('is gone through by keys, $edition.lang', async ({ edition, slides }) => {
    const { open, press, evaluate } = window
    await open(built.baseOf(edition))
    await arrive(window, '1.0', 'the first slide')
    const steps = stepsOf(slides)
    for (const [keys, place] of steps) {
      const [first, ...others] = keys
      // The field for the number takes the focus a moment later.
      if (first === 'g') {
        await press([first])
        await until(() => evaluate(takesNumber), true, 'a field for the number')
      }
      await press(first === 'g' ? others : keys)
      await arrive(window, place, keys.join(' '))
    }
    checked(name, 'keys that lead on, back, to the next slide, to any, and not past either end', steps.length)

    const wasDark = await evaluate(isDark)
    const toggles: (readonly [readonly Key[], () => unknown, before: unknown, after: unknown])[] = [
      [['d'], isDark, wasDark, !wasDark], [['d'], isDark, !wasDark, wasDark],
      [['o'], choices, 0, slides.length], [['Escape'], choices, slides.length, 0],
      [['?'], hasDialog, false, true], [['Escape'], hasDialog, true, false],
      // A key right after the dialog's last is not lost.
      [['?'], hasDialog, false, true], [['Escape', 'b'], isBlack, false, true], [['b'], isBlack, true, false],
    ]
    for (const [keys, look, before, after] of toggles) {
      expect(await evaluate(look), `before ${keys.join(' ')}`).toBe(before)
      await press(keys)
      await until(() => evaluate(look), after, keys.join(' '))
    }
    await press(['o'])
    await until(() => evaluate(choices), slides.length, 'o')
    await press(['ArrowRight', 'ArrowRight', 'Enter'])
    await arrive(window, '3.0', 'two to the right in the overview')
    await until(() => evaluate(choices), 0, 'Enter')
    checked(name, 'keys of the overview, the list of keys, dark and black', toggles.length + 1)
  })

  it.each(decks)('leads to the same slide and click of the other edition, from $edition.lang', async ({ edition, slides }) => {
    const { open, press, click, evaluate } = window
    const { id, no } = slideThat(slides, slide => slide.no > 2 && lastClick(slide) >= 2)
    await open(`${built.baseOf(edition)}${id}/?clicks=2`)
    await arrive(window, `${no}.2`, id)
    const other = editions.find(each => each !== edition)
    const lead = [() => click(SWITCH), () => press(['l'])]
    for (const [i, go] of lead.entries()) {
      await go()
      const there = i % 2 ? edition : other
      await until(() => evaluate(language).catch(() => ''), there?.lang ?? '', `to ${there?.lang}`)
      await arrive(window, `${no}.2`, `${id} in ${there?.lang}`)
      expect(await evaluate(() => location.href)).toBe(`${built.baseOf(there ?? edition)}${id}/?clicks=2`)
    }
    checked(name, 'language switch, by click and by key', lead.length)
  })

  it.each(decks)('follows a finger, on a phone too, $edition.lang', async ({ edition, slides }) => {
    const { open, swipe, resize, evaluate } = window
    const positions = positionsOf(slides)
    let swipes = 0
    for (const [width, height] of [LANDSCAPE, PHONE]) {
      await resize(width, height)
      await open(built.baseOf(edition))
      await arrive(window, '1.0', 'the first slide')
      await until(() => evaluate(() => `${innerWidth} × ${innerHeight}`), `${width} × ${height}`, 'its size')
      const [left, right] = [{ x: width * 0.15, y: height / 2 }, { x: width * 0.85, y: height / 2 }]
      for (const [from, to, place] of [[right, left, 1], [right, left, 2], [left, right, 1], [right, left, 2]] as const) {
        await swipe(from, to)
        await arrive(window, positions[place] ?? '', `a swipe to the ${from === right ? 'left' : 'right'}, ${width} px`)
        swipes++
      }
    }
    await resize(...LANDSCAPE)
    checked(name, `swipes on a screen, and on a phone of 390 × 844${name === 'WebKit' ? ', made of pointer events: the driver has no touch' : ''}`, swipes)
  })

  it.each(decks)('is read as one page, on a phone too, $edition.lang', async ({ edition, slides }) => {
    const { open, resize, evaluate } = window
    await open(`${built.baseOf(edition)}read/`)
    for (const [width, height] of [LANDSCAPE, PHONE]) {
      await resize(width, height)
      await until(() => evaluate(() => innerWidth), width, 'its width')
      expect(await evaluate(faultsInReading), `${width} px`).toEqual([])
      checked(name, `reading page, ${width} px wide: nothing past its edge, its headings in the deck’s face`, 1)
    }
    await resize(...LANDSCAPE)
    const plain = (text: string) => text.replace(/\s+/g, '')
    expect((await evaluate(readingHeadings)).map(plain)).toEqual(slides.map(({ headline }) => plain(headline)))
  })

  it('opens every edition after one visit, with the server gone', async () => {
    const { open, press, evaluate } = window
    for (const { edition } of decks) {
      await open(built.baseOf(edition))
      await arrive(window, '1.0', edition.lang)
      await vi.waitFor(async () => expect(await evaluate(isKept)).toBe(true), { timeout: PATIENCE, interval: 100 })
    }
    await built.close()
    for (const { edition, slides } of decks) {
      const { id, no } = slideThat(slides, slide => slide.no > 2 && lastClick(slide) >= 2)
      for (const [path, place] of [['', '1.0'], [`${id}/?clicks=1`, `${no}.1`], [String(slides.length), `${slides.length}.0`]] as const) {
        await open(built.baseOf(edition) + path)
        await arrive(window, place, `${edition.lang} ${path}`)
        checked(name, 'opened after one visit, with the server gone', 1)
      }
      await open(built.baseOf(edition))
      await arrive(window, '1.0', edition.lang)
      const positions = positionsOf(slides).slice(0, 8)
      for (const place of positions.slice(1)) {
        await press(['ArrowRight'])
        await arrive(window, place, `${edition.lang} ${place}, with the server gone`)
      }
      // Without its slash as well: what it names is found from its own folder.
      await open(`${built.baseOf(edition)}read`)
      expect(await evaluate(faultsInReading)).toEqual([])
      checked(name, 'opened after one visit, with the server gone', 1)
    }
  })
})

describe('a check that fails', () => {
  const [{ edition }] = decks as [typeof decks[number]]
  let built: BuiltDeck
  let window: BrowserWindow
  beforeAll(async () => {
    [built, window] = await Promise.all([buildDeck('published'), openWindow('Chromium', { lessMotion: true, isVisited: true })])
  })
  afterAll(() => Promise.all([window?.close(), built?.close()]))

  it('a page that is too wide, set in another face, or without its styles is told', async () => {
    const { open, evaluate } = window
    await open(`${built.baseOf(edition)}read/`)
    await evaluate(() => {
      const [paragraph, heading] = [document.querySelector<HTMLElement>('article p'), document.querySelector<HTMLElement>('article h3')]
      if (paragraph) paragraph.style.cssText = 'width: 3000px; max-width: none'
      if (heading) heading.style.fontFamily = 'monospace'
    })
    const found = (await evaluate(faultsInReading)).join('\n')
    expect(found).toMatch(/scrolls sideways by \d+ px[^]*reaches from[^]*is set in monospace/)
    expect(await evaluate(unstyled)).toEqual([])
    await evaluate(() => document.querySelector('link[rel="stylesheet"]')?.remove())
    expect((await evaluate(unstyled)).join('\n')).toMatch(/boxes are black[^]*no paper[^]*its margin/)
  })

  it('a deck that hears neither keys nor fingers stays where it is', async () => {
    const { open, evaluate, press, swipe } = window
    await open(built.baseOf(edition))
    await arrive(window, '1.0', 'the first slide')
    await evaluate(() => {
      for (const type of ['keydown', 'pointerup', 'pointercancel']) addEventListener(type, event => event.stopImmediatePropagation(), true)
    })
    await press(['ArrowRight'])
    await swipe({ x: 800, y: 276 }, { x: 150, y: 276 })
    await evaluate(isStill)
    expect(await evaluate(position)).toBe('1.0')
  })

  it('a deck that keeps nothing does not open once the server is gone', async () => {
    const { open, evaluate } = window
    await evaluate(async () => {
      for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
    })
    await built.close()
    await expect(open(built.baseOf(edition))).rejects.toThrow('ERR_CONNECTION_REFUSED')
  })
})
