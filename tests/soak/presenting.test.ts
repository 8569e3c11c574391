import type { Browser, Page } from 'playwright-chromium'
import { parseFences } from 'slidev-addon-deck/fences'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { clock, paceOf } from 'slidev-addon-present/pace'
import { words } from 'slidev-addon-present/words'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { project as talkProject, slideThat, source } from '../helpers/deck.ts'
import { createProject } from '../helpers/project.ts'
import { lastClick } from '../rendered/session.ts'
import { hammer, positionOf, positionsOf, Talk, type Key, type Position, type Windows } from '../hard-use/talk.ts'

const TIMEOUT = 400_000

let project: Awaited<ReturnType<typeof createProject>>
let deck: SourceDeck
let positions: Position[]
let browser: Browser
let talk: Talk
let windows: Windows

beforeAll(async () => {
  [project, browser] = await Promise.all([createProject(), connectBrowser()])
  deck = await loadDeck({ ...talkProject, root: project.root }, source.entry)
  positions = positionsOf(deck.slides)
  talk = await Talk.start(project)
  windows = await talk.windows(browser, deck.slides[0]?.id ?? '')
  await preloaded()
}, TIMEOUT)

afterAll(async () => {
  await browser?.close()
  await talk?.kill()
  await project?.remove()
})

beforeEach(() => {
  windows.faults.length = 0
})

/** Waits until both windows have every slide: they load them by themselves, some seconds in. */
async function preloaded(): Promise<void> {
  for (const page of [windows.presenter, windows.audience]) await page.waitForFunction(count => document.querySelectorAll('#slideshow > [data-slidev-no] .slidev-layout').length === count, deck.slides.length, { timeout: 180_000 })
}

/** How many times in a row, and how often, both windows must be found in place: they are not to meet and part again. */
const [READINGS, INTERVAL] = [6, 200]

/** Waits until both windows have come to a position and stay there. */
async function meet(position: Position | undefined): Promise<void> {
  let found: string[] = []
  let same = 0
  await expect.poll(async () => {
    found = await Promise.all([windows.presenter, windows.audience].map(positionOf))
    same = found.every(each => each === position) ? same + 1 : 0
    return same < READINGS ? found : 'met'
  }, { timeout: 150_000, interval: INTERVAL, message: `both windows at ${position}` }).toBe('met')
}

const at = (index: number) => positions[index]
const times = (key: Key, count: number): Key[] => Array.from({ length: count }, () => key)

/** Brings both windows to a position. */
async function go(position: Position): Promise<void> {
  const [no = 1, clicks = 0] = position.split('.').map(Number)
  interface Exposed { __slidev__: { nav: { slides: { meta: { __clicksContext?: { isMounted: boolean } } }[], go: (no: number, clicks: number) => Promise<void> } } }
  // A slide that is being exchanged has no clicks to go to.
  await windows.presenter.waitForFunction(no => (window as unknown as Exposed).__slidev__.nav.slides[no - 1]?.meta.__clicksContext?.isMounted, no)
  await windows.presenter.evaluate(([no, clicks]) => (window as unknown as Exposed).__slidev__.nav.go(no, clicks), [no, clicks] as const)
  await meet(position)
}

describe('two windows a hundred fast key presses apart', () => {
  /** A hundred presses that lead sixty steps on, then a hundred that lead forty back. */
  const on = [...times('PageDown', 70), ...times('PageUp', 20), ...times('ArrowRight', 10)]
  const back = [...times('PageUp', 60), ...times('PageDown', 30), ...times('ArrowLeft', 10)]

  it.each([
    ['as fast as a browser takes them', 0],
    ['30 ms apart', 30],
  ])('%s: none lost, none doubled, whoever presses them', async (_, gap) => {
    expect(positions.length).toBeGreaterThan(71)
    await go('1.0')
    await hammer(windows.presenter, on, gap)
    await meet(at(60))
    await hammer(windows.audience, back, gap)
    await meet(at(20))
    await hammer(windows.presenter, times('PageDown', 100), gap)
    await meet(at(positions.length - 1))
    await hammer(windows.audience, times('PageUp', 100), gap)
    await meet(at(0))
    expect(windows.faults).toEqual([])
  }, TIMEOUT)
})

const timer = (page: Page) => page.locator('.slidev-presenter .text-3xl.font-mono')
const timerText = (page: Page) => timer(page).innerText().then(text => text.replace(/\s+/g, ''))
/** Seconds left, of a timer's text. */
const secondsOf = (text: string) => text.split(':').reduce((sum, part) => sum * 60 + Math.abs(Number(part)), 0) * (text.startsWith('-') ? -1 : 1)

/** Starts the presenter's timer. */
async function startTimer(page: Page): Promise<void> {
  await page.locator('.i-carbon\\:play').first().dispatchEvent('click')
  await page.locator('.pace-mark').waitFor()
}

it('the server killed and started again: the talk goes on, and the windows meet on the presenter’s step with its timer', async () => {
  const { presenter, audience } = windows
  await startTimer(presenter)
  await go(positions[25] ?? '1.0')
  await talk.kill()
  await hammer(audience, times('PageDown', 12))
  await hammer(presenter, times('PageDown', 5))
  await expect.poll(() => Promise.all([presenter, audience].map(positionOf))).toEqual([at(30), at(37)])
  const before = secondsOf(await timerText(presenter))
  const loaded = [presenter, audience].map(page => page.waitForEvent('load', { timeout: 180_000 }))
  await talk.restart()
  await Promise.all(loaded)
  await meet(at(30))
  expect(await presenter.locator('.pace-mark').isVisible()).toBe(true)
  expect(secondsOf(await timerText(presenter))).toBeLessThanOrEqual(before)
  await preloaded()
  await hammer(presenter, times('PageDown', 3))
  await meet(at(33))
  await hammer(audience, times('PageUp', 3))
  await meet(at(30))
  // What could not be told while there was no server.
  expect(windows.faults.filter(fault => fault !== 'Failed to fetch')).toEqual([])
}, TIMEOUT)

describe('slides edited while they are shown', () => {
  /** The slide that is shown: one of several clicks, not the first of its chapter. */
  // Not in the first chapter: a slide added at its top takes the windows to the talk's end, as it did before there were packages.
  const place = () => slideThat(deck.slides.slice(2), slide => slide.file !== deck.slides[0]?.file && lastClick(slide) >= 2 && slide.file === deck.slides[slide.no - 2]?.file && parseFences(slide.content, slide.contentLine).length > 0)
  const headline = (page: Page, no: number) => page.locator(`#slideshow > [data-slidev-no="${no}"] h1`)

  it('a headline, a slide more, a slide less: both windows show it and stay on their slide and click', async () => {
    const slide = place()
    const { presenter, audience } = windows
    await go(`${slide.no}.2`)
    const origins = await Promise.all([presenter, audience].map(page => page.evaluate(() => performance.timeOrigin)))
    await project.edit({ [slide.file]: old => old.replace(`# ${slide.headline}`, '# 讲的时候改了一句') })
    for (const page of [presenter, audience]) await headline(page, slide.no).getByText('讲的时候改了一句').waitFor()
    await meet(`${slide.no}.2`)

    const more = '---\nrouteAlias: added\nlayout: assertion\nchapter: 添\nminutes: 0\n---\n\n# 讲的时候添了一页\n\n<!-- 添的。 -->\n\n'
    await project.edit({ [slide.file]: old => more + old })
    await meet(`${slide.no + 1}.2`)
    for (const page of [presenter, audience]) expect(await headline(page, slide.no + 1).innerText()).toContain('讲的时候改了一句')
    await project.edit({ [slide.file]: old => old.replace(more, '').replace('# 讲的时候改了一句', `# ${slide.headline}`) })
    await meet(`${slide.no}.2`)
    for (const page of [presenter, audience]) await headline(page, slide.no).getByText(slide.headline.slice(0, 2)).first().waitFor()
    // The clicks of the exchanged slide are still there to be made.
    await hammer(presenter, ['PageUp'])
    await meet(`${slide.no}.1`)
    await hammer(presenter, ['PageDown'])
    await meet(`${slide.no}.2`)
    expect(windows.faults).toEqual([])
    expect(await Promise.all([presenter, audience].map(page => page.evaluate(() => performance.timeOrigin)))).toEqual(origins)
  }, TIMEOUT)

  it('a frontmatter broken while it is typed: the talk stays, and goes on when it is mended', async () => {
    const slide = place()
    await go(`${slide.no}.1`)
    await project.edit({ [slide.file]: old => old.replace(`routeAlias: ${slide.id}`, `routeAlias: ${slide.id}\ntitle: "no end`) })
    await talk.prints(new RegExp(`${slide.file}:\\d+ {2}deck-loads {2}The frontmatter is no valid YAML [^]*The talk goes on`))
    await hammer(windows.presenter, ['PageDown'])
    await meet(`${slide.no}.2`)
    await project.edit({ [slide.file]: old => old.replace('\ntitle: "no end', '').replace(`# ${slide.headline}`, '# 改好了再讲') })
    for (const page of [windows.presenter, windows.audience]) await headline(page, slide.no).getByText('改好了再讲').waitFor()
    await project.edit({ [slide.file]: old => old.replace('# 改好了再讲', `# ${slide.headline}`) })
    await meet(`${slide.no}.2`)
  }, TIMEOUT)
})

it('a laptop that sleeps: countdown and pace tell the time that has passed, below zero as well', async () => {
  const third = Math.floor(deck.slides.length / 3)
  const minutes = deck.slides.map(({ frontmatter }) => typeof frontmatter['minutes'] === 'number' ? frontmatter['minutes'] : 0)
  const whole = 60 * minutes.reduce((sum, each) => sum + each, 0)
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(talk.address(`presenter/${deck.slides[third]?.id ?? ''}`))
  await timer(page).waitFor({ timeout: 180_000 })
  if (await page.locator('.pace-mark').isVisible()) await page.locator('.i-carbon\\:renew').first().dispatchEvent('click')
  await startTimer(page)
  const started = secondsOf(await timerText(page))
  const { pace: labels } = words[source.words]
  let asleep = 0
  for (const nap of [0.3, 1, 2.8].map(share => Math.round(share * whole))) {
    asleep += nap
    await page.clock.fastForward(nap * 1000)
    // A nap is told to the second; what the test itself takes, too.
    const [left, told] = [secondsOf(await timerText(page)), await page.locator('.pace-mark').innerText()]
    const passed = started - left
    expect(passed).toBeGreaterThanOrEqual(asleep - 1)
    expect(passed).toBeLessThan(asleep + 60)
    const expected = [-1, 0, 1].map((off) => {
      const { state, seconds } = paceOf(minutes, third, whole - left + off)
      return state === 'onPace' ? labels.onPace : `${labels[state]} ${clock(seconds)}`
    })
    expect(expected).toContain(told)
    expect(await timerText(page)).toMatch(left < 0 ? /^-(?:\d+:\d\d|\d+):\d\d$/ : /^\d+:\d\d$/)
  }
  await context.close()
}, TIMEOUT)
