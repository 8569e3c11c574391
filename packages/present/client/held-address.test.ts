import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { holdAddress } from './held-address.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
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
  return { taken, history: { pushState: change, replaceState: change } }
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
  const history = { pushState: asked, replaceState: asked }
  holdAddress(history)
  history.pushState(null, '', '/')
  vi.runAllTimers()
  expect(asked.mock.calls.length).toBeLessThan(50)
})
