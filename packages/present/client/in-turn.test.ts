import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { inTurn } from './in-turn.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work, 16))
  vi.stubGlobal('reportError', vi.fn())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('steps wait until the slide that the one before led to is there', async () => {
  const taken: string[] = []
  let isThere = true
  const turn = inTurn(() => isThere)
  const step = (name: string) => turn(() => {
    taken.push(name)
    isThere = false
  })
  step('a')()
  expect(taken).toEqual(['a'])
  step('b')()
  step('c')()
  await vi.advanceTimersByTimeAsync(100)
  expect(taken).toEqual(['a'])
  isThere = true
  await vi.advanceTimersByTimeAsync(100)
  expect(taken).toEqual(['a', 'b'])
})

it('neither a slide that does not come nor a step that fails stops the keys for good', async () => {
  const taken: string[] = []
  const turn = inTurn(() => false)
  turn(() => { throw new Error('lost') })()
  turn(() => taken.push('b'))()
  await vi.advanceTimersByTimeAsync(5000)
  expect(taken).toEqual(['b'])
  expect(reportError).toHaveBeenCalledOnce()
})
