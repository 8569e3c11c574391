import type { DeckSlide } from 'slidev-addon-deck/deck'
import type { Edition } from 'slidev-addon-deck/editions'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { editions, readEdition, source } from '../helpers/deck.ts'
import { position } from '../helpers/in-window.ts'
import { DECORATION, MARKS } from '../rendered/limits.ts'
import type { State } from '../rendered/rule.ts'
import { diagramDrawn } from '../rendered/rules/diagram-drawn.ts'
import { distance } from '../rendered/rules/distance.ts'
import { overflow } from '../rendered/rules/overflow.ts'
import { overlap } from '../rendered/rules/overlap.ts'
import { rendered } from '../rendered/rules/rendered.ts'
import { textSize } from '../rendered/rules/text-size.ts'
import { lastClick, statesOf } from '../rendered/session.ts'
import { takeSnapshot, type Box, type Snapshot } from '../rendered/snapshot.ts'
import { isThere, missingFiles, onSlide, type BrowserName, type BrowserWindow } from './browsers.ts'

/** Every slide and click as Firefox and WebKit show it, beside Chromium, in which tests/rendered/walk looks at all else. */

/** How far something may stand from where Chromium has it, in px of the canvas: letters are a little wider in one browser than in another. */
const NEAR: Box = { x: 8, y: 3, width: 8, height: 3 }
/** The rules that go by where things are. */
const RULES = [diagramDrawn, distance, overflow, overlap, rendered, textSize]
/** How long a slide may take to come, in milliseconds. */
const PATIENCE = 60_000
const AXE = { passes: 0, violations: [], unexplained: [], explained: 0 }

let built: BuiltDeck
beforeAll(async () => {
  built = await buildDeck('published')
})
afterAll(() => built?.close())

/** From now on keeps what goes wrong in the page. Runs in the page. */
function keepFaults(): void {
  const faults: string[] = []
  Object.assign(window, { faults })
  const own = console.error
  console.error = (...all: unknown[]) => {
    faults.push(all.join(' '))
    own(...all)
  }
  addEventListener('error', ({ message }) => faults.push(message))
  addEventListener('unhandledrejection', ({ reason }) => faults.push(String(reason)))
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => faults.push(`${violatedDirective} ${blockedURI}`))
}
const faults = () => (window as unknown as { faults: string[] }).faults

/** Texts that show without a face of the deck's own. Runs in the page. */
function strangers(): string[] {
  const own = new Set([...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family.replace(/["']/g, '')))
  return [...document.querySelectorAll('#slideshow .slidev-layout *')].filter(el => el.checkVisibility() && [...el.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())).flatMap((el) => {
    const [family = ''] = getComputedStyle(el).fontFamily.split(',').map(each => each.trim().replace(/["']/g, ''))
    return own.has(family) ? [] : [`“${el.textContent.trim().slice(0, 20)}” is set in ${family}`]
  })
}

/** Waits until something holds. @throws what it says last, where that does not come. */
const until = (holds: () => Promise<void>) => vi.waitFor(holds, { timeout: PATIENCE, interval: 20 })

/** One state of the talk as a browser shows it. */
interface Sight { place: string, findings: string[], snapshot: Snapshot }

/** Goes through an edition with the right arrow key, from its first state to its last. */
async function walk(window: BrowserWindow, edition: Edition, slides: readonly DeckSlide[]): Promise<Sight[]> {
  const sights: Sight[] = []
  for (const [i, { slide, click }] of statesOf(slides).entries()) {
    if (i > 0) await window.press(['ArrowRight'])
    await until(async () => expect(await window.evaluate(position)).toBe(`${slide.no}.${click}`))
    await until(async () => expect(await window.evaluate(isThere)).toBe(true))
    const snapshot = await window.evaluate(takeSnapshot, { marks: MARKS, decoration: DECORATION })
    const state: State = { edition, slide, click, clicks: lastClick(slide), scheme: 'light', snapshot, console: [], badRequests: [], requests: 0, fonts: [], axe: AXE }
    const found = [...RULES.flatMap(({ id, inspect }) => inspect(state).findings.map(finding => `${id}: ${finding}`)), ...await window.evaluate(strangers)]
    sights.push({ place: `${edition.lang} ${slide.id} click ${click}`, findings: found, snapshot })
  }
  return sights
}

/**
 * Everything with a place of its own: blocks of text, painted boxes, shapes, lines and labels of drawings. What browsers measure
 * each in its own way is left out: how far a line's strokes reach, and how wide a label in a scaled drawing is.
 */
const placesIn = ({ texts, boxes, shapes, labels }: Snapshot): { what: string, at: Partial<Box> }[] => [
  // The words of the foot share its line: the longer one is, the shorter the other.
  ...texts.flatMap(({ text, blockBox, inFooter }) => blockBox ? [{ what: `the block of “${text.slice(0, 20)}”`, at: inFooter ? { y: blockBox.y, height: blockBox.height } : blockBox }] : []),
  ...boxes.map(({ path, box }) => ({ what: path, at: box })),
  ...shapes.filter(({ kind }) => kind === 'shape').map(({ path, box }) => ({ what: path, at: box })),
  ...shapes.flatMap(({ path, points }) => [0, points.length - 1].flatMap(i => points[i] ? [{ what: path, at: points[i] }] : [])),
  ...labels.map(({ text, box: { x, y } }) => ({ what: `the label “${text}”`, at: { x, y } })),
]

/** What stands elsewhere than in the other browser. */
function elsewhere(one: Snapshot, other: Snapshot): string[] {
  const [here, there] = [placesIn(one), placesIn(other)]
  if (here.length !== there.length) return [`${here.length} things show, ${there.length} in Chromium`]
  return here.flatMap(({ what, at }, i) => {
    const expected = there[i]?.at ?? {}
    const off = (Object.keys(at) as (keyof Box)[]).filter(side => !(Math.abs((at[side] ?? NaN) - (expected[side] ?? NaN)) <= NEAR[side]))
    return off.length > 0 ? [`${what}: ${off.map(side => `${side} ${at[side]}, ${expected[side]} in Chromium`).join('; ')}`] : []
  })
}

const inBrowser = <T>(name: BrowserName, path: string, use: (window: BrowserWindow) => Promise<T>) => onSlide(name, path, { lessMotion: true }, async (window) => {
  await window.evaluate(keepFaults)
  return use(window)
})

describe.each(editions)('$lang', (edition) => {
  let slides: readonly DeckSlide[] = []
  let expected: Sight[] = []
  beforeAll(async () => {
    slides = (await readEdition(edition)).slides
    expected = await inBrowser('Chromium', built.baseOf(edition), window => walk(window, edition, slides))
  })

  it.each(['Firefox', 'WebKit'] as const)('%s shows every slide and click as Chromium does', name => inBrowser(name, built.baseOf(edition), async (window) => {
    const seen = await walk(window, edition, slides)
    console.log(`browsers: ${name} ${window.version}, ${seen.length} states of ${edition.lang} beside Chromium's`)
    expect(seen.flatMap(({ place, findings }) => findings.map(finding => `${place}: ${finding}`))).toEqual([])
    expect(seen.flatMap(({ place, snapshot }, i) => {
      const beside = expected[i]?.snapshot
      return beside ? elsewhere(snapshot, beside).map(finding => `${place}: ${finding}`) : [`${place}: Chromium did not come by`]
    })).toEqual([])
    expect(await window.evaluate(faults)).toEqual([])
    expect(await window.evaluate(missingFiles)).toEqual([])
    checked(name, 'every slide and click beside Chromium’s: places, faces, console', seen.length)
  }))
})

it('what is moved, cut off or set in another face is told', () => inBrowser('Firefox', built.baseOf(source), async (window) => {
  const { slides } = await readEdition(source)
  const [first] = slides
  const look = () => window.evaluate(takeSnapshot, { marks: MARKS, decoration: DECORATION })
  const before = await look()
  expect(elsewhere(await look(), before)).toEqual([])
  expect(await window.evaluate(strangers)).toEqual([])
  await window.evaluate(() => {
    const title = document.querySelector<HTMLElement>('#slideshow .slidev-layout h1')
    if (title) title.style.cssText = 'translate: -300px 9px; font-family: monospace'
  })
  const after = await look()
  expect(elsewhere(after, before).join()).toContain(first?.headline.slice(0, 2))
  expect(await window.evaluate(strangers)).not.toEqual([])
  expect(overflow.inspect({ snapshot: after } as State).findings.join()).toContain('outside the slide')
}))
