import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { readEdition, slideThat, source } from '../helpers/deck.ts'
import { isStill, position } from '../helpers/in-window.ts'
import { positionsOf } from '../hard-use/talk.ts'
import { fencesOf } from '../rendered/labels.ts'
import { browserNames, onSlide, type BrowserName, type BrowserWindow } from './browsers.ts'

const { slides } = await readEdition(source)
const positions = positionsOf(slides)
/** Where the talk says that a firm goes from outside to inside: the picture that has the most of a shift. */
const moving = slideThat(slides, ({ id, content, contentLine }) => id === 'roles-shift' && fencesOf({ content, contentLine }).some(({ fence }) => fence.state))

let built: BuiltDeck
beforeAll(async () => {
  built = await buildDeck('published')
})
afterAll(() => built?.close())

interface Place { x: number, y: number }

/** Where the firm stands in the drawing of a state. Runs in the page. */
const drawnAt = (state: number): Place => {
  const { x, y } = document.querySelectorAll('#slideshow .states > .diagram')[state]?.querySelector(':scope > svg [data-node="firm"] > rect')?.getBoundingClientRect() ?? { x: Number.NaN, y: Number.NaN }
  return { x, y }
}

/** Writes down where the firm stands in every frame of a glide. Runs in the page. */
const record = () => {
  const way: Place[] = []
  Object.assign(window, { way })
  const look = () => {
    const box = document.querySelector('.glide')?.shadowRoot?.querySelector('[data-node="firm"] > rect')?.getBoundingClientRect()
    if (box) way.push({ x: box.x, y: box.y })
    requestAnimationFrame(look)
  }
  look()
}
const way = () => (window as unknown as { way: Place[] }).way
const isGliding = () => Boolean(document.querySelector('.glide'))

const inBrowser = <T>(name: BrowserName, path: string, use: (window: BrowserWindow) => Promise<T>, lessMotion = false) => onSlide(name, `${built.baseOf(source)}${path}`, { lessMotion }, use)

describe.each(browserNames)('%s', (name) => {
  it('glides through places between, and ends where the drawing has it', () => inBrowser(name, `${moving.id}/`, async ({ evaluate, press, version }) => {
    console.log(`browsers: ${name} ${version}`)
    const [from, to] = [await evaluate(drawnAt, 0), await evaluate(drawnAt, 1)]
    expect(to.y - from.y).toBeGreaterThan(50)
    await evaluate(record)
    await press(['ArrowRight'])
    await expect.poll(async () => (await evaluate(way)).length > 0 && !await evaluate(isGliding)).toBe(true)
    const seen = await evaluate(way)
    expect(seen.filter(({ y }) => y > from.y + 5 && y < to.y - 5).length).toBeGreaterThan(2)
    expect(seen.map(({ y }) => y)).toEqual(seen.map(({ y }) => y).toSorted((a, b) => a - b))
    expect(seen.at(-1)?.y).toBeCloseTo(to.y, 0)
    expect(seen.at(-1)?.x).toBeCloseTo(to.x, 0)
    checked(name, 'a picture glides, and does not for who wants no motion', 1)
  }))

  it('a hundred fast keys, over slides that glide: none is lost, none counts twice', () => inBrowser(name, '', async ({ evaluate, press }) => {
    await press([...Array<'ArrowRight'>(60).fill('ArrowRight'), ...Array<'ArrowLeft'>(40).fill('ArrowLeft')])
    await evaluate(isStill)
    // The address may follow later: a browser may have had enough of changing it.
    await expect.poll(() => evaluate(position)).toBe(positions[20])
    await evaluate(isStill)
    expect(await evaluate(position)).toBe(positions[20])
    expect(await evaluate(isGliding)).toBe(false)
    checked(name, 'fast keys over slides that glide', 100)
  }))

  it('shows no frame between to who wants no motion', () => inBrowser(name, `${moving.id}/`, async ({ evaluate, press }) => {
    await evaluate(record)
    await press(['ArrowRight'])
    await expect.poll(() => evaluate(position)).toBe(`${moving.no}.1`)
    await expect.poll(() => evaluate(() => document.querySelectorAll('#slideshow .states > .diagram')[1]?.hasAttribute('data-away'))).toBe(false)
    expect(await evaluate(way)).toEqual([])
    checked(name, 'a picture glides, and does not for who wants no motion', 1)
  }, true))
})
