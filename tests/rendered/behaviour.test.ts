import type { Browser, Request } from 'playwright-chromium'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { words } from 'slidev-addon-present/words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { editions, readEdition, slideThat } from '../helpers/deck.ts'
import { fencesOf } from './labels.ts'
import { ALONE, Session, lastClick, statesOf } from './session.ts'
import { visibleText } from './visible.ts'

const WALK_TIME = 900_000

let built: BuiltDeck
let withNotes: BuiltDeck
let browser: Browser

beforeAll(async () => {
  [built, withNotes, browser] = await Promise.all([buildDeck('published'), buildDeck('withNotes'), connectBrowser()])
})

afterAll(() => Promise.all([browser?.close(), built?.close(), withNotes?.close()]))

describe.each(editions)('$lang', (edition) => {
  let slides: DeckSlide[] = []
  /** Opens the edition, does something with it, and closes it. */
  async function withSession<T>(use: (session: Session) => Promise<T>, ...options: Parameters<typeof Session.open> extends [unknown, unknown, ...infer Rest] ? Rest : never): Promise<T> {
    const session = await Session.open(browser, built.baseOf(edition), ...options)
    try {
      return await use(session)
    }
    finally {
      await session.close()
    }
  }
  const place = ({ slide, click }: { slide: DeckSlide, click: number }) => `${slide.no} ${slide.id} click ${click}`
  const withClick = (name: string | number, click: number) => `${name}${click ? `?clicks=${click}` : ''}`
  /** Presses a key before each state but the first, and tells the states that do not follow. */
  async function press(session: Session, key: string, states: ReturnType<typeof statesOf>): Promise<string[]> {
    const missed: string[] = []
    for (const [i, state] of states.entries()) {
      if (i > 0) await session.page.keyboard.press(key)
      const failure = await session.arrive(state.slide.no, state.click)
      if (failure) return [...missed, `${key} to ${place(state)}: ${failure}`]
    }
    return missed
  }

  beforeAll(async () => {
    slides = (await readEdition(edition)).slides
  })

  /** The scripts and faces that are fetched between the key press to the slide after and that slide's being shown. */
  const fetchedInSteps = (from: readonly DeckSlide[], isPrepared: boolean) => withSession(async (session) => {
    const { page } = session
    // What is left for idle time is for the slides after: it waits while a step is made.
    await page.addInitScript((isIdle) => {
      const { requestIdleCallback } = window
      const waiting: Parameters<typeof requestIdleCallback>[] = []
      window.requestIdleCallback = (...given) => isIdle ? requestIdleCallback(...given) : waiting.push(given)
      Object.assign(window, { setIdle: (now: boolean) => {
        isIdle = now
        if (now) for (const given of waiting.splice(0)) requestIdleCallback(...given)
      } })
    }, isPrepared)
    const setIdle = (isIdle: boolean) => page.evaluate(isIdle => (window as unknown as { setIdle: (isIdle: boolean) => void }).setIdle(isIdle), isIdle)
    const fetched: string[] = []
    for (const [i, slide] of from.entries()) {
      const click = lastClick(slide)
      if (i === 0 || !isPrepared) await session.load(withClick(slide.no, click))
      else for (let made = 0; made < click; made++) await page.keyboard.press('PageDown')
      await session.arrive(slide.no, click)
      if (isPrepared) {
        await page.waitForFunction(no => document.querySelector(`#slideshow > [data-slidev-no="${no}"] .slidev-layout`), slide.no + 1)
        await page.evaluate(() => new Promise(done => requestIdleCallback(() => requestIdleCallback(done))))
        await page.evaluate(() => document.fonts.ready)
      }
      await setIdle(false)
      const hear = (request: Request) => ['script', 'font'].includes(request.resourceType()) && fetched.push(`${slide.no + 1}: ${new URL(request.url()).pathname}`)
      page.on('request', hear)
      await page.keyboard.press('PageDown')
      await session.arrive(slide.no + 1, 0)
      page.off('request', hear)
      if (isPrepared) await setIdle(true)
    }
    return fetched
  })

  it.concurrent('a step waits for nothing from the network', async () => {
    expect(await fetchedInSteps(slides.slice(0, -1), true)).toEqual([])
    expect(await fetchedInSteps(slides.slice(0, 4), false)).not.toEqual([])
  }, WALK_TIME)

  it.concurrent.each(['Space', 'ArrowRight'])('%s goes on by one click, its opposite back', key => withSession(async (session) => {
    const states = statesOf(slides.slice(0, 4))
    await session.load('')
    expect(await press(session, key, states)).toEqual([])
    expect(await press(session, key === 'Space' ? 'Shift+Space' : 'ArrowLeft', states.toReversed())).toEqual([])
  }))

  it.concurrent('ArrowDown and ArrowUp go by slides', () => withSession(async (session) => {
    const states = slides.slice(0, 5).map(slide => ({ slide, click: 0 }))
    await session.load('')
    expect(await press(session, 'ArrowDown', states)).toEqual([])
    expect(await press(session, 'ArrowUp', states.toReversed())).toEqual([])
  }))

  it.concurrent('a number leads to its slide, also before the search is there', () => withSession(async (session) => {
    const { page } = session
    let asked = 0
    await page.route(/\/fuse[^/]*\.js$/, () => void asked++)
    await session.load('')
    expect(await session.arrive(1, 0)).toBeUndefined()
    await page.keyboard.press('g')
    await page.locator('#slidev-goto-input:focus').waitFor()
    await page.keyboard.type(String(slides.length))
    await page.keyboard.press('Enter')
    expect(await session.arrive(slides.length, 0)).toBeUndefined()
    expect(asked).toBe(1)
  }))

  it('every slide has a page at its name and at its number', async () => {
    const base = built.baseOf(edition)
    const shownAt = async (name: string | number) => {
      const response = await fetch(`${base}${name}/`)
      return response.ok ? /<article data-path="([^"]*)"/.exec(await response.text())?.[1] : String(response.status)
    }
    for (const { no, id } of slides) {
      const path = `${new URL(base).pathname}${no === 1 ? '' : `${id}/`}`
      expect([await shownAt(id), await shownAt(no)].map(found => found?.replace(/cover\/$/, '')), id).toEqual([path, path])
    }
  })

  it.concurrent('name and number lead to the same slide, at the click that the address says', () => withSession(async (session) => {
    const drawn = slideThat(slides, slide => fencesOf(slide).some(({ fence }) => fence.steps > 0))
    const listed = slideThat(slides, ({ content }) => content.includes('<v-click'))
    for (const slide of [slides[0], drawn, listed, slides.at(-1)]) {
      if (!slide) continue
      const seen: string[][] = []
      for (const name of [slide.no, slide.id]) {
        await session.load(withClick(name, lastClick(slide)))
        expect(await session.arrive(slide.no, lastClick(slide)), String(name)).toBeUndefined()
        seen.push(await visibleText(session.page))
      }
      expect(seen[0]?.length, slide.id).toBeGreaterThan(0)
      expect(seen[0], slide.id).toEqual(seen[1])
    }
  }))

  it.concurrent('diagrams do not move where motion is unwelcome', () => withSession(async (session) => {
    const slide = slideThat(slides, each => fencesOf(each).some(({ fence }) => fence.steps > 0))
    await session.load(String(slide.no))
    expect(await session.arrive(slide.no, 0)).toBeUndefined()
    const durations = async (reducedMotion: 'reduce' | 'no-preference') => {
      await session.page.emulateMedia({ reducedMotion })
      return session.page.locator(`[data-slidev-no="${slide.no}"] .diagram [data-step]`).evaluateAll(elements => [...new Set(elements.map(el => getComputedStyle(el).transitionDuration))])
    }
    expect(await durations('no-preference')).toEqual(['0.25s'])
    expect(await durations('reduce')).toEqual(['0s'])
  }))

  it.concurrent('presenter view shows notes and, once its timer runs, the pace, which an audience never sees', () => withSession(async (session) => {
    const { page } = session
    const third = slides[2]
    await page.goto(`${withNotes.baseOf(edition)}presenter/${third?.no}`)
    await page.locator(`#slideshow > [data-slidev-no="${third?.no}"] h1`).waitFor()
    const firstWords = third?.note.replace(/\[click\]/g, '').trim().slice(0, 12) ?? ''
    expect(firstWords).not.toBe('')
    await page.locator('.grid-section.note').getByText(firstWords).waitFor()
    const mark = page.locator('.pace-mark')
    expect(await mark.count()).toBe(0)
    // Slidev shows the button while the pointer is on the timer.
    await page.locator('.group', { has: page.locator('.i-carbon\\:timer') }).hover()
    await page.locator('.i-carbon\\:play').click()
    await mark.waitFor()
    const { pace } = words[edition.words]
    expect(await mark.getAttribute('aria-label')).toBe(pace.label)
    expect(await mark.textContent()).toMatch(new RegExp(`^${pace.ahead} \\d+:\\d\\d$`))
    expect(await mark.getAttribute('class')).toContain('ahead')
    // The timer runs on for every window of the talk.
    await page.goto(`${withNotes.baseOf(edition)}${third?.no}`)
    expect(await session.arrive(3, 0)).toBeUndefined()
    expect(await mark.count()).toBe(0)
  }, 'light', { ...ALONE, viewport: { width: 1600, height: 900 } }))
})
