import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-chromium'
import { x } from 'tinyexec'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { serveBuilt, type BuiltDeck } from '../helpers/built.ts'
import { root } from '../helpers/deck.ts'
import { isStill } from '../helpers/in-window.ts'

/** A deck with a flowchart in three states and a block diagram in two. */
const DECK = join(root, 'tests/fixtures/moving')

let folder: string
let built: BuiltDeck
let browser: Browser
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-moving-'))
  const { exitCode, stdout, stderr } = await x(process.execPath, [join(root, 'packages/deck/bin/deck.mjs'), 'build', '--out', folder, '--require-prerender'], { nodeOptions: { cwd: DECK } });
  if (exitCode !== 0) throw new Error(stdout + stderr);
  [built, browser] = await Promise.all([serveBuilt(folder), connectBrowser()])
})
afterAll(async () => {
  await Promise.all([browser?.close(), built?.close()])
  if (folder) await rm(folder, { recursive: true })
})

/** Opens an address of the deck, waits for the app, does something with it, and closes it. */
async function withPage<T>(path: string, use: (page: Page) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 980, height: 552 }, serviceWorkers: 'block', ...options })
  try {
    const page = await context.newPage()
    await page.addInitScript(recordGlides)
    await page.goto(`${built.origin}/${path}`)
    if (options.javaScriptEnabled !== false) await page.waitForFunction(() => !document.querySelector('#first') && document.querySelector('.slidev-layout h1'))
    return await use(page)
  }
  finally {
    await context.close()
  }
}

/** A frame of a glide: where the node "firm" stands in it. */
interface Glimpse { x: number, y: number }

/** Writes down every frame of every glide from the moment that it is in the page. Sent to the page as text. */
function recordGlides(): void {
  const glimpses: Glimpse[] = []
  let glides = 0
  Object.assign(window, { glimpses: () => glimpses, glides: () => glides })
  const seen = new WeakSet()
  const look = () => {
    const glide = document.querySelector('.glide')
    const rect = glide?.shadowRoot?.querySelector('[data-node="firm"] > rect')
    if (glide?.shadowRoot && !seen.has(glide)) {
      glides++
      seen.add(glide)
      observer.observe(glide.shadowRoot, what)
    }
    if (rect) glimpses.push({ x: Number(rect.getAttribute('x')), y: Number(rect.getAttribute('y')) })
  }
  const observer = new MutationObserver(look)
  const what = { subtree: true, childList: true, attributeFilter: ['x', 'y'], attributes: true }
  addEventListener('DOMContentLoaded', () => observer.observe(document.body, what))
}

const glimpses = (page: Page) => page.evaluate(() => (window as unknown as { glimpses: () => Glimpse[] }).glimpses())
const glides = (page: Page) => page.evaluate(() => (window as unknown as { glides: () => number }).glides())
const isOver = (page: Page) => page.waitForFunction(() => !document.querySelector('.glide, .gliding'))
const atClick = (page: Page, click: number) => page.waitForFunction(click => Number(new URLSearchParams(location.search).get('clicks') ?? 0) === click, click)

/** Titles of the drawings that can be seen. */
const shown = (page: Page) => page.locator('[role="img"]').evaluateAll(all => all.filter(each => each.checkVisibility({ visibilityProperty: true }) && each.closest('.slidev-page')?.checkVisibility()).map(each => each.getAttribute('aria-label')))

/** Where the node "firm" stands in the drawing of a state. */
const drawnAt = (page: Page, state: number) => page.locator('.slidev-page:visible .states > .diagram').nth(state).evaluate((el): Glimpse => {
  const rect = el.querySelector(':scope > svg [data-node="firm"] > rect')
  return { x: Number(rect?.getAttribute('x')), y: Number(rect?.getAttribute('y')) }
})

it('on the click a node glides through places between to exactly where the drawing has it', () => withPage('blocks/', async (page) => {
  const [from, to] = [await drawnAt(page, 0), await drawnAt(page, 1)]
  expect(from.y).toBeLessThan(to.y)
  await page.keyboard.press('ArrowRight')
  await atClick(page, 1)
  await page.waitForFunction(() => (window as unknown as { glides: () => number }).glides() > 0)
  await isOver(page)
  const way = await glimpses(page)
  expect(way[0]).toEqual(from)
  expect(way.filter(({ y }) => y > from.y + 5 && y < to.y - 5).length).toBeGreaterThan(2)
  expect(way.map(({ y }) => y)).toEqual(way.map(({ y }) => y).toSorted((a, b) => a - b))
  expect(way.at(-1)).toEqual(to)
  expect(await shown(page)).toEqual(['Inside'])
}))

it('states and their steps come click by click, and go back without a glide', () => withPage('moves/', async (page) => {
  const states = ['The firm stands outside', 'The firm is inside', 'The firm is inside', 'The firm and its heirs']
  for (const [click, title] of states.entries()) {
    if (click > 0) await page.keyboard.press('ArrowRight')
    await atClick(page, click)
    await isOver(page)
    expect(await shown(page)).toEqual([title])
    expect(await page.locator('.slidev-page:visible [data-node="note"]').first().isVisible(), `note at click ${click}`).toBe(click === 2)
  }
  const played = await glides(page)
  expect(played).toBe(2)
  for (const [click, title] of [...states.entries()].toReversed().slice(1)) {
    await page.keyboard.press('ArrowLeft')
    await atClick(page, click)
    expect(await shown(page)).toEqual([title])
  }
  expect(await glides(page)).toBe(played)
}))

it('a hundred fast keys lead to the right place, and leave nothing behind', () => withPage('moves/', async (page) => {
  // To its third click and back, over and over.
  const keys = Array.from({ length: 100 }, (_, i) => i % 6 < 3 ? 'ArrowRight' : 'ArrowLeft')
  for (const key of keys) await page.keyboard.press(key)
  // Passed by before: the keys must be at their end.
  await page.evaluate(isStill)
  await atClick(page, 2)
  expect(await shown(page)).toEqual(['The firm is inside'])
  expect(await page.locator('.slidev-page:visible [data-node="note"]').first().isVisible()).toBe(true)
  await isOver(page)
  expect(await page.locator('.glide, .gliding').count()).toBe(0)
}))

it('the next key ends a glide at once, and a slide that is left keeps nothing of it', () => withPage('blocks/', async (page) => {
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction(() => document.querySelector('.glide'))
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction(() => location.pathname.startsWith('/end'))
  expect(await page.locator('.glide, .gliding').count()).toBe(0)
  await page.keyboard.press('ArrowLeft')
  await atClick(page, 1)
  expect(await shown(page)).toEqual(['Inside'])
  expect(await glides(page)).toBe(1)
}))

it.each([
  ['its own address', 'blocks/?clicks=1'],
  ['the slide after it, backwards', 'end/'],
])('nothing plays for who comes by %s', (_, path) => withPage(path, async (page) => {
  if (path.startsWith('end')) await page.keyboard.press('ArrowLeft')
  await atClick(page, 1)
  await expect.poll(() => shown(page)).toEqual(['Inside'])
  expect(await glides(page)).toBe(0)
}))

it('who wants no motion sees no frame between', () => withPage('blocks/', async (page) => {
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => shown(page)).toEqual(['Inside'])
  expect(await glides(page)).toBe(0)
}, { reducedMotion: 'reduce' }))

it('a listener hears once what moved where', () => withPage('blocks/', async (page) => {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said: () => said })
    new MutationObserver(() => said.push(document.querySelector('.deck-said')?.textContent ?? '')).observe(document.querySelector('.deck-said') ?? document.body, { subtree: true, childList: true, characterData: true })
  })
  await page.keyboard.press('ArrowRight')
  const said = () => page.evaluate(() => [...new Set((window as unknown as { said: () => string[] }).said())])
  await expect.poll(said).toEqual(['Internet firm is now in Industry, between Making and Delivery; Empty'])
}))

const captions = (page: Page) => page.locator('.slidev-page:visible .pair .when').allInnerTexts()

it('print shows the first and the last state side by side, each in its narrow form', () => withPage('blocks/', async (page) => {
  await page.emulateMedia({ media: 'print' })
  expect(await shown(page)).toEqual(['Outside', 'Inside'])
  expect(await captions(page)).toEqual(['Before', 'Now'])
  const boxes = await page.locator('.slidev-page:visible .pair svg').evaluateAll(all => all.map(each => each.getBoundingClientRect().toJSON() as DOMRect))
  expect(boxes.map(({ x, width }) => [Math.round(x), Math.round(width)])).toEqual([[56, 420], [504, 420]])
}))

it('without a script, and on the reading page, both stand there as well', async () => {
  await withPage('blocks/', async (page) => {
    expect(await page.locator('#first > article:not([hidden]) .pair .when').allInnerTexts()).toEqual(['Before', 'Now'])
    expect(await page.locator('#first > article:not([hidden]) [role="img"]').evaluateAll(all => all.filter(each => each.checkVisibility({ visibilityProperty: true })).map(each => each.getAttribute('aria-label')))).toEqual(['Outside', 'Inside'])
  }, { javaScriptEnabled: false })
  await withPage('read/', async (page) => {
    const names = ['The firm stands outside', 'The firm and its heirs', 'Outside', 'Inside']
    expect(await page.locator('figure .name').allInnerTexts()).toEqual(names)
    const [outside, inside] = await page.locator('figure svg').evaluateAll(all => all.slice(2).map(each => each.getBoundingClientRect().toJSON() as DOMRect))
    expect(outside?.y).toBe(inside?.y)
    expect(outside?.right).toBeLessThan(inside?.left ?? 0)
  }, { javaScriptEnabled: false })
})

it('until the app is there, the page itself goes from state to state', () => withPage('blocks/', async (page) => {
  await page.route('**/assets/**', route => route.abort())
  await page.reload()
  const first = () => page.locator('#first > article:not([hidden]) .states > [role="img"]').evaluateAll(all => all.filter(each => each.checkVisibility({ visibilityProperty: true })).map(each => each.getAttribute('aria-label')))
  // It is hidden until its faces are there.
  await expect.poll(first).toEqual(['Outside'])
  await page.keyboard.press('ArrowRight')
  expect(await first()).toEqual(['Inside'])
  await page.keyboard.press('ArrowLeft')
  expect(await first()).toEqual(['Outside'])
}))

it('printed click by click, each state has a page of its own', () => withPage('print/?print=clicks', async (page) => {
  await page.waitForFunction(() => document.querySelectorAll('.print-slide-container .states').length === 6)
  const pages = await page.locator('.print-slide-container:has(.states)').evaluateAll(all => all.map(each => [...each.querySelectorAll('[role="img"]')].filter(img => img.checkVisibility({ visibilityProperty: true })).map(img => img.getAttribute('aria-label')).join()))
  expect(pages).toEqual(['The firm stands outside', 'The firm is inside', 'The firm is inside', 'The firm and its heirs', 'Outside', 'Inside'])
}))
