import { brotliCompressSync } from 'node:zlib'
import type { Browser, Page, Request } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { editions, type Edition } from 'slidev-addon-deck/editions'
import { locale } from '../../talk/labels.ts'
import { launchChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { buildDeck, root, type BuiltDeck } from './built.ts'
import { fencesOf, labelsOf } from './labels.ts'
import { Session, lastClick, statesOf } from './session.ts'

const WALK_TIME = 180_000

let built: BuiltDeck
let withNotes: BuiltDeck
let browser: Browser

beforeAll(async () => {
  [built, withNotes, browser] = await Promise.all([buildDeck(), buildDeck('/', ['--with-notes']), launchChromium()])
})

afterAll(() => Promise.all([browser?.close(), built?.close(), withNotes?.close()]))

/** Largest weight of the first slide, in bytes sent with Brotli. */
const FIRST_SLIDE = 260_000

/** What a first visit to an edition transfers until the network rests: the bodies of all responses, with Brotli. */
async function weightOf(edition: Edition): Promise<{ bytes: number, responses: number }> {
  const session = await Session.open(browser, built.baseOf(edition))
  const bodies: Promise<Buffer>[] = []
  session.page.on('response', response => bodies.push(response.body()))
  await session.page.goto(built.baseOf(edition), { waitUntil: 'networkidle' })
  const sizes = (await Promise.all(bodies)).map(body => brotliCompressSync(body).length)
  await session.close()
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), responses: sizes.length }
}

it('the first slide is light, and in no edition heavier than in the source edition', async () => {
  const [source, ...others] = await Promise.all(editions.map(weightOf))
  console.log(`rendered: first slide ${[source, ...others].map(weight => `${((weight?.bytes ?? 0) / 1000).toFixed(0)} KB in ${weight?.responses} responses`).join(', ')}`)
  expect(source?.responses).toBeGreaterThan(5)
  expect(source?.bytes).toBeGreaterThan(50_000)
  expect(source?.bytes).toBeLessThanOrEqual(FIRST_SLIDE)
  for (const other of others) expect(other.bytes).toBeLessThanOrEqual(source?.bytes ?? 0)
})

/** The text that the shown slide paints. */
function visibleText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const slide = [...document.querySelectorAll('#slideshow > [data-slidev-no]')].find(el => el.checkVisibility())
    const walker = document.createTreeWalker(slide ?? document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim()
      if (text && node.parentElement?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) found.push(text)
    }
    return found
  })
}

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
    slides = (await loadDeck(root, edition.entry)).slides
  })

  /** The scripts and faces that are fetched between the key press to the slide after and that slide's being shown. */
  const fetchedInStep = (from: readonly DeckSlide[], isPrepared: boolean) => withSession(async (session) => {
    const { page } = session
    // What is left for idle time is for the slides after.
    const letIdle = (isOn: boolean) => page.evaluate(isOn => document.documentElement.dataset['idle'] = String(isOn), isOn)
    await page.addInitScript((isOn) => {
      const { requestIdleCallback } = window
      window.requestIdleCallback = (...given) => (document.documentElement.dataset['idle'] ?? String(isOn)) === 'true' ? requestIdleCallback(...given) : 0
    }, isPrepared)
    const fetched: string[] = []
    for (const slide of from) {
      const click = lastClick(slide)
      await session.load(`${slide.no}${click ? `?clicks=${click}` : ''}`)
      await session.arrive(slide.no, click)
      if (isPrepared) {
        await page.waitForFunction(no => document.querySelector(`#slideshow > [data-slidev-no="${no}"] .slidev-layout`), slide.no + 1)
        await page.evaluate(() => new Promise(done => requestIdleCallback(() => requestIdleCallback(done))))
        await page.evaluate(() => document.fonts.ready)
      }
      await letIdle(false)
      const hear = (request: Request) => ['script', 'font'].includes(request.resourceType()) && fetched.push(`${slide.no + 1}: ${new URL(request.url()).pathname}`)
      page.on('request', hear)
      await page.keyboard.press('PageDown')
      await session.arrive(slide.no + 1, 0)
      page.off('request', hear)
    }
    return fetched
  }, 'light', { serviceWorkers: 'block' })

  it.concurrent('a step waits for nothing from the network', async () => {
    expect(await fetchedInStep(slides.slice(0, -1), true)).toEqual([])
    expect(await fetchedInStep(slides.slice(0, 4), false)).not.toEqual([])
  }, WALK_TIME)

  it.concurrent('a clicker goes through every state and back', async () => {
    await withSession(async (session) => {
      const states = statesOf(slides)
      await session.load('')
      expect(await press(session, 'PageDown', states)).toEqual([])
      // Beyond the last state there is nothing.
      await session.page.keyboard.press('PageDown')
      const last = states.at(-1)
      expect(last && await session.arrive(last.slide.no, last.click)).toBeUndefined()
      expect(await press(session, 'PageUp', states.toReversed())).toEqual([])
    })
  }, WALK_TIME)

  it.concurrent.each(['Space', 'ArrowRight'])('%s goes on by one click, its opposite back', async (key) => {
    await withSession(async (session) => {
      const states = statesOf(slides.slice(0, 4))
      await session.load('')
      expect(await press(session, key, states)).toEqual([])
      expect(await press(session, key === 'Space' ? 'Shift+Space' : 'ArrowLeft', states.toReversed())).toEqual([])
    })
  })

  it.concurrent('ArrowDown and ArrowUp go by slides', async () => {
    await withSession(async (session) => {
      const states = slides.slice(0, 5).map(slide => ({ slide, click: 0 }))
      await session.load('')
      expect(await press(session, 'ArrowDown', states)).toEqual([])
      expect(await press(session, 'ArrowUp', states.toReversed())).toEqual([])
    })
  })

  it.concurrent('every slide has an address by name and by number, with its last click', async () => {
    await withSession(async (session) => {
      const missed: string[] = []
      const wrong: string[] = []
      for (const slide of slides) {
        const last = lastClick(slide)
        const seen: string[][] = []
        for (const name of [slide.no, slide.id]) {
          const address = `${name}${last ? `?clicks=${last}` : ''}`
          await session.load(address)
          const failure = await session.arrive(slide.no, last)
          if (failure) missed.push(`/${address}: ${failure}`)
          seen.push(await visibleText(session.page))
        }
        if (seen[0]?.length === 0 || seen[0]?.join('\n') !== seen[1]?.join('\n')) wrong.push(`${slide.id}: the two addresses show different things`)
        for (const { text } of fencesOf(slide).flatMap(({ fence }) => labelsOf(fence))) {
          if (!seen[0]?.join('').replace(/\s+/g, '').includes(text)) wrong.push(`${slide.id}: “${text}” is not there at its last click`)
        }
      }
      expect([...missed, ...wrong]).toEqual([])
    })
  }, WALK_TIME)

  it.concurrent('print shows every slide in its last step', async () => {
    await withSession(async (session) => {
      const wrong: string[] = []
      let labels = 0
      let targets = 0
      await session.load('')
      await session.page.emulateMedia({ media: 'print' })
      for (const slide of slides) {
        if (slide.no > 1) await session.page.keyboard.press('ArrowDown')
        const failure = await session.arrive(slide.no, 0)
        if (failure) wrong.push(`${slide.id}: ${failure}`)
        const shown = (await visibleText(session.page)).join('').replace(/\s+/g, '')
        for (const { text } of fencesOf(slide).flatMap(({ fence }) => labelsOf(fence))) {
          labels++
          if (!shown.includes(text)) wrong.push(`${slide.id}: the label “${text}” is not printed`)
        }
        const clicked = await session.page.locator(`#slideshow > [data-slidev-no="${slide.no}"] .slidev-vclick-target`).evaluateAll(elements =>
          elements.map(el => ({ text: el.textContent?.trim() || el.tagName, isVisible: el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) })))
        targets += clicked.length
        for (const { text, isVisible } of clicked) if (!isVisible) wrong.push(`${slide.id}: “${text}” is not printed`)
      }
      expect(wrong).toEqual([])
      expect(labels).toBeGreaterThan(0)
      expect(targets).toBeGreaterThan(0)
    })
  }, WALK_TIME)

  it.concurrent('diagrams do not move where motion is unwelcome', async () => {
    const slide = slides.find(each => fencesOf(each).some(({ fence }) => fence.steps > 0))
    if (!slide) throw new Error('No diagram has steps.')
    const durations = (reducedMotion: 'reduce' | 'no-preference') => withSession(async (session) => {
      await session.load(String(slide.no))
      expect(await session.arrive(slide.no, 0)).toBeUndefined()
      return session.page.locator(`[data-slidev-no="${slide.no}"] .diagram [data-step]`).evaluateAll(elements => [...new Set(elements.map(el => getComputedStyle(el).transitionDuration))])
    }, 'light', { reducedMotion })
    expect(await durations('no-preference')).toEqual(['0.25s'])
    expect(await durations('reduce')).toEqual(['0s'])
  })

  it.concurrent('presenter view shows notes and, once its timer runs, the pace', async () => {
    await withSession(async ({ page }) => {
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
      const { pace } = locale[edition.language]
      expect(await mark.getAttribute('aria-label')).toBe(pace.label)
      expect(await mark.textContent()).toMatch(new RegExp(`^${pace.ahead} \\d+:\\d\\d$`))
      expect(await mark.getAttribute('class')).toContain('ahead')
    }, 'light', { viewport: { width: 1600, height: 900 } })
  })

  it.concurrent('an audience never sees the pace', async () => {
    await withSession(async (session) => {
      await session.load('3')
      expect(await session.arrive(3, 0)).toBeUndefined()
      expect(await session.page.locator('.pace-mark').count()).toBe(0)
    })
  })
})
