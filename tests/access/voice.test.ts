import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { editions, type Edition } from 'slidev-addon-deck/editions'
import { slideName } from 'slidev-addon-present/spoken'
import { launchChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { buildDeck, root, type BuiltDeck } from '../rendered/built.ts'
import { lastClick, Session, statesOf } from '../rendered/session.ts'
import { readTree } from './tree.ts'

const WALK_TIME = 180_000
const SNAPSHOTS = join(import.meta.dirname, 'snapshots')
/** `UPDATE_SPOKEN=1 npx vitest run tests/access/voice.test.ts` writes the snapshots anew. */
const isUpdate = process.env['UPDATE_SPOKEN'] === '1'

let built: BuiltDeck
let browser: Browser

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck(), launchChromium()])
})

afterAll(() => Promise.all([browser?.close(), built?.close()]))

/** Remembers every text that any live region of the page comes to hold, from the start. */
function listen(): void {
  const heard: string[] = []
  Object.assign(window, { heard })
  const LIVE = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]'
  new MutationObserver((records) => {
    const regions = new Set(records.flatMap(({ target, addedNodes }) => [target, ...addedNodes].flatMap(node => (node instanceof Element ? node : node.parentElement)?.closest(LIVE) ?? [])))
    for (const region of regions) if (region.textContent?.trim()) heard.push(region.textContent.trim())
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

const heardIn = (page: Page) => page.evaluate(() => [...(window as unknown as { heard: string[] }).heard])

/** Waits for the next thing to be said. */
async function hear(page: Page, before: number): Promise<string> {
  await page.waitForFunction(count => (window as unknown as { heard: string[] }).heard.length > count, before, { timeout: 5000 })
  return (await heardIn(page))[before] ?? ''
}

const bare = (text: string) => text.replace(/\s+/g, '')

/** The texts of the shown slide that wait for a click, but for those that stand somewhere else as well. */
function unrevealed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const slide = [...document.querySelectorAll('#slideshow > [data-slidev-no]')].find(el => el.checkVisibility())
    const texts = [...slide?.querySelectorAll('.slidev-vclick-target, .diagram [data-step] text') ?? []]
    const isShown = (el: Element) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const hidden = texts.filter(el => !isShown(el)).map(el => el.textContent?.trim() ?? '').filter(Boolean)
    const walker = document.createTreeWalker(slide ?? document.body, NodeFilter.SHOW_TEXT)
    let shown = ''
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node.parentElement && isShown(node.parentElement)) shown += node.textContent
    const bare = (text: string) => text.replace(/\s+/g, '')
    return hidden.filter(text => !bare(shown).includes(bare(text)))
  })
}

/** The texts that wait for a click and are read all the same. A diagram's name may say what it is about from the start. */
function readEarly(tree: readonly string[], hidden: readonly string[]): string[] {
  const read = bare(tree.map(line => line.replace(/^\s*image “[^”]*”/, '')).join(''))
  return hidden.filter(text => read.includes(bare(text)))
}

async function open(edition: Edition): Promise<Session> {
  const session = await Session.open(browser, built.baseOf(edition), 'light', { reducedMotion: 'reduce', bypassCSP: true })
  await session.page.addInitScript(listen)
  return session
}

/** Goes through an edition with the forward key and writes down what a listener gets: titles, what is said, and what can be read. */
async function walk(edition: Edition, slides: readonly DeckSlide[]): Promise<{ text: string, heard: string[], expected: number, withheld: number, early: string[] }> {
  const session = await open(edition)
  const { page } = session
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Accessibility.enable')
  await cdp.send('DOM.enable')
  const lines = [`What a screen reader gets of the ${edition.lang} edition, in Chromium’s accessibility tree. Generated: tests/access/voice.test.ts.`]
  const early: string[] = []
  let withheld = 0
  const states = statesOf(slides)
  await session.load('')
  for (const [i, { slide, click }] of states.entries()) {
    const before = (await heardIn(page)).length
    // Each step was said once: nothing came after it.
    if (i > 0 && before !== i - 1) throw new Error(`Before slide ${slide.no} click ${click}: said ${before} times in ${i - 1} steps: ${(await heardIn(page)).slice(-3).join(' | ')}`)
    if (i > 0) await page.keyboard.press('PageDown')
    const failure = await session.arrive(slide.no, click)
    if (failure) throw new Error(`${slide.no} ${slide.id} click ${click}: ${failure}`)
    const said = i > 0 ? await hear(page, before) : undefined
    if (click === 0) lines.push('', `## ${slide.no} ${slide.id}`, `title: ${await page.title()}`)
    if (said) lines.push(click === 0 ? `said: ${said}` : `click ${click}, said: ${said}`)
    if (i === 0) lines.push('', 'said: nothing on arrival; around the slides:', ...(await readTree(cdp, 'main')).filter(line => !/^ {4}/.test(line)), ...await readTree(cdp, '.language-switch'), ...await readTree(cdp, 'main nav:not(.language-switch)'), '')
    const last = lastClick(slide)
    if (click === 0 || click === last) {
      const tree = await readTree(cdp, `#slideshow > [data-slidev-no="${slide.no}"]`)
      lines.push(...tree)
      const hidden = await unrevealed(page)
      withheld += hidden.length
      early.push(...readEarly(tree, hidden).map(text => `${slide.no} ${slide.id} click ${click}: ${text}`))
    }
  }
  const heard = await heardIn(page)
  await session.close()
  return { text: `${lines.join('\n')}\n`, heard, expected: states.length - 1, withheld, early }
}

describe.each(editions)('$lang', (edition) => {
  let slides: DeckSlide[] = []
  let walked: Awaited<ReturnType<typeof walk>>

  beforeAll(async () => {
    slides = (await loadDeck(root, edition.entry)).slides
    walked = await walk(edition, slides)
  }, WALK_TIME)

  it('every slide reads as its snapshot says', () => {
    const file = join(SNAPSHOTS, `${edition.language}.txt`)
    if (isUpdate) {
      mkdirSync(SNAPSHOTS, { recursive: true })
      writeFileSync(file, walked.text)
    }
    expect(walked.text.split('\n').filter(line => line.startsWith('## '))).toHaveLength(slides.length)
    expect(walked.text, `stale: UPDATE_SPOKEN=1 npx vitest run tests/access/voice.test.ts`).toBe(readFileSync(file, 'utf8'))
  })

  it('does not read what no click has revealed yet', () => {
    expect(walked.withheld).toBeGreaterThan(50)
    expect(walked.early).toEqual([])
  })

  it('says every slide and click once, by headline and position or by what it brings', () => {
    expect(walked.heard).toHaveLength(walked.expected)
    const states = statesOf(slides).slice(1)
    const named = { language: edition.language, slides }
    const wrong = states.flatMap(({ slide, click }, i) => {
      const said = walked.heard[i] ?? ''
      if (click === 0) return said === slideName(named, slide.no) ? [] : [`${slide.id}: ${said}`]
      return said && said !== slideName(named, slide.no) ? [] : [`${slide.id} click ${click}: ${said}`]
    })
    expect(wrong).toEqual([])
    console.log(`access: ${walked.heard.length} steps of ${edition.lang} said once each`)
  })
})

describe('focus and announcements', () => {
  const [edition] = editions
  const named = async () => ({ language: edition.language, slides: (await loadDeck(root, edition.entry)).slides })
  const focused = (page: Page) => page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.id ?? ''}`.trim())

  async function withDeck(path: string, use: (session: Session, page: Page) => Promise<void>): Promise<void> {
    const session = await open(edition)
    try {
      await session.load(path)
      await use(session, session.page)
    }
    finally {
      await session.close()
    }
  }

  it('says nothing and leaves the focus alone on first load', async () => {
    await withDeck('3?clicks=1', async (session, page) => {
      expect(await session.arrive(3, 1)).toBeUndefined()
      await page.keyboard.press('ArrowDown')
      // The first thing that is said is the next slide.
      expect(await hear(page, 0)).toBe(slideName(await named(), 4))
    })
    await withDeck('3', async (session, page) => {
      expect(await session.arrive(3, 0)).toBeUndefined()
      expect(await focused(page)).toBe('BODY')
    })
  })

  it('says where quick steps have led, and nothing twice', async () => {
    await withDeck('3', async (session, page) => {
      await session.arrive(3, 0)
      for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown')
      expect(await session.arrive(7, 0)).toBeUndefined()
      const last = slideName(await named(), 7)
      await page.waitForFunction(last => (window as unknown as { heard: string[] }).heard.at(-1) === last, last)
      await page.keyboard.press('ArrowUp')
      const before = slideName(await named(), 6)
      await page.waitForFunction(before => (window as unknown as { heard: string[] }).heard.at(-1) === before, before)
      const heard = await heardIn(page)
      expect(heard.filter(each => each === last)).toHaveLength(1)
      expect(heard.length).toBeLessThanOrEqual(5)
    })
  })

  it('what is read too early, and what is said twice, are seen', async () => {
    await withDeck('5', async (session, page) => {
      await session.arrive(5, 0)
      const cdp = await page.context().newCDPSession(page)
      await cdp.send('DOM.enable')
      const slide = '#slideshow > [data-slidev-no="5"]'
      const hidden = await unrevealed(page)
      expect(readEarly(await readTree(cdp, slide), hidden)).toEqual([])
      await page.addStyleTag({ content: '.slidev-vclick-hidden { visibility: visible }' })
      expect(readEarly(await readTree(cdp, slide), hidden).length).toBeGreaterThan(0)

      await page.evaluate(() => {
        const second = document.body.appendChild(document.createElement('div'))
        second.setAttribute('role', 'status')
        new MutationObserver(() => second.textContent = document.querySelector('.deck-said')?.textContent ?? '')
          .observe(document.querySelector('.deck-said') ?? document.body, { childList: true, subtree: true, characterData: true })
      })
      await page.keyboard.press('ArrowDown')
      await hear(page, 1)
      const [first, second] = await heardIn(page)
      expect(second).toBe(first)
    })
  })

  it('going back says where one is', async () => {
    await withDeck('3?clicks=2', async (session, page) => {
      await session.arrive(3, 2)
      await page.keyboard.press('PageUp')
      expect(await hear(page, 0)).toMatch(/^第 1 步，共 \d 步$/)
      await session.arrive(3, 1)
      await page.keyboard.press('PageUp')
      expect(await hear(page, 1)).toBe(slideName(await named(), 3))
      await session.arrive(3, 0)
      await page.keyboard.press('PageUp')
      // The slide before is come to at its last click, and is said as a slide.
      expect(await hear(page, 2)).toBe(slideName(await named(), 2))
    })
  })

  it('goes to the deck from nowhere and from a slide that is left, and stays on a control', async () => {
    await withDeck('29', async (session, page) => {
      await session.arrive(29, 0)
      await page.keyboard.press('ArrowDown')
      await session.arrive(30, 0)
      expect(await focused(page)).toBe('MAIN page-root')
      const link = page.locator('#slideshow > [data-slidev-no="30"] a').first()
      const count = await page.locator('#slideshow > [data-slidev-no] a').count()
      expect(count).toBeGreaterThan(0)
      if (await link.count()) await link.focus()
      else await page.keyboard.press('Tab')
      await page.keyboard.press('ArrowUp')
      await session.arrive(29, 0)
      await page.locator('nav .slidev-icon-btn').nth(1).focus()
      const button = await page.evaluate(() => (document.activeElement as HTMLElement).title)
      await page.keyboard.press('ArrowUp')
      await session.arrive(28, 0)
      expect(await page.evaluate(() => (document.activeElement as HTMLElement).title)).toBe(button)
    })
  })
})
