import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holdAddress } from './held-address.ts'

const at = 'https://example.org/talk/'
const listeners = new Map<string, () => void>()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('location', { href: at })
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => listeners.set(type, listener))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A history that takes so many changes every ten seconds, as Safari's does. */
function limited(most: number, error = new DOMException('more than 100 times per 10 seconds', 'SecurityError')) {
  const taken: string[] = []
  let [left, renewed] = [most, Date.now()]
  const change = (_: unknown, __: string, url?: string | URL | null) => {
    if (Date.now() - renewed >= 10_000) [left, renewed] = [most, Date.now()]
    if (left-- <= 0) throw error
    taken.push(String(url))
  }
  return { taken, history: { state: null as unknown, pushState: change, replaceState: change } }
}

it('an address that is refused follows when the browser lets it, the last one alone', () => {
  const { taken, history } = limited(3)
  holdAddress(history)
  for (const url of ['1', '2', '3', '4', '5']) history.pushState(null, '', url)
  history.replaceState(null, '', '6')
  expect(taken).toEqual(['1', '2', '3'])
  vi.advanceTimersByTime(9000)
  expect(taken).toEqual(['1', '2', '3'])
  vi.advanceTimersByTime(2000)
  expect(taken).toEqual(['1', '2', '3', '6'])
  history.pushState(null, '', '7')
  vi.runAllTimers()
  expect(taken).toEqual(['1', '2', '3', '6', '7'])
})

it('any other error is thrown', () => {
  const { history } = limited(0, new DOMException('no', 'DataCloneError'))
  holdAddress(history)
  expect(() => history.pushState(null, '', '/')).toThrow('no')
})

it('a browser that refuses it for good is not asked for ever', () => {
  const asked = vi.fn<History['pushState']>(() => {
    throw new DOMException('no', 'SecurityError')
  })
  const history = { state: null, pushState: asked, replaceState: asked }
  holdAddress(history)
  history.pushState(null, '', '/')
  vi.runAllTimers()
  expect(asked.mock.calls.length).toBeLessThan(50)
})

describe('the address of a step of the router', () => {
  const step = (position: number, more: object = {}) => ({ back: null, current: `/${position}`, forward: null, replaced: false, position, scroll: null, ...more })
  const held = () => {
    const { taken, history } = limited(Infinity)
    const frames: (() => void)[] = []
    holdAddress(history, call => frames.push(call))
    return { taken, history, paint: () => frames.splice(0).forEach(call => call()) }
  }

  it('is written once its slide is painted', () => {
    const { taken, history, paint } = held()
    history.pushState(step(2), '', '2')
    expect(taken).toEqual([])
    paint()
    expect(taken).toEqual(['2'])
  })

  it('keeps its order among others, and none is lost', () => {
    const { taken, history, paint } = held()
    history.pushState(step(2), '', '2')
    history.pushState(step(3), '', '3')
    history.pushState(null, '', 'a script’s own')
    history.pushState(step(4), '', '4')
    history.replaceState(step(4), '', '4?clicks=1')
    history.pushState(step(5), '', '5')
    paint()
    expect(taken).toEqual(['2', '3', 'a script’s own', '4', '4?clicks=1', '5'])
  })

  it('is written before the page is left, and not once somebody has gone back', () => {
    const { taken, history, paint } = held()
    history.pushState(step(2), '', '2')
    listeners.get('pagehide')?.()
    expect(taken).toEqual(['2'])
    history.pushState(step(3), '', '3')
    listeners.get('popstate')?.()
    paint()
    expect(taken).toEqual(['2'])
  })

  it('leaves the entry before it as it was, unless that was scrolled or says something else', () => {
    const { taken, history } = held()
    history.state = step(2)
    history.replaceState(step(2, { forward: '/3', scroll: { left: 0, top: 0 } }), '', at)
    expect(taken).toEqual([])
    history.replaceState(step(2, { forward: '/3', scroll: { left: 0, top: 9 } }), '', at)
    history.replaceState(step(2, { own: 1 }), '', at)
    history.replaceState(step(2), '', `${at}?clicks=1`)
    expect(taken).toEqual([at, at, `${at}?clicks=1`])
  })
})
