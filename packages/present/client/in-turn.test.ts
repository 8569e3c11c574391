import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { inTurn } from './in-turn.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('reportError', vi.fn())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('steps wait until the one before is done', async () => {
  const taken: string[] = []
  let isDone = true
  const turn = inTurn(() => isDone)
  const step = (name: string) => turn(() => {
    taken.push(name)
    isDone = false
  })
  step('a')()
  expect(taken).toEqual(['a'])
  step('b')()
  step('c')()
  await vi.advanceTimersByTimeAsync(100)
  expect(taken).toEqual(['a'])
  isDone = true
  await vi.advanceTimersByTimeAsync(100)
  expect(taken).toEqual(['a', 'b'])
})

it('a step is over in a later task, not when it returns', async () => {
  const taken: string[] = []
  const turn = inTurn(() => true)
  const step = turn(() => taken.push(`${taken.length}`))
  step()
  step()
  await Promise.resolve()
  expect(taken).toEqual(['0'])
  await vi.advanceTimersByTimeAsync(10)
  expect(taken).toEqual(['0', '1'])
})

it('neither a slide that does not come nor a step that fails stops the keys for good', async () => {
  const taken: string[] = []
  const turn = inTurn(() => false)
  turn(() => { throw new Error('lost') })()
  turn(() => taken.push('b'))()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(taken).toEqual(['b'])
  expect(reportError).toHaveBeenCalledOnce()
})
