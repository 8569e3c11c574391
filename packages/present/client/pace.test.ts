import { expect, it } from 'vitest'
import { clock, paceOf } from './pace.ts'

const minutes = [0.5, 1, 2]

it.each([
  [0, 0, 'onPace', 0],
  [0, 30, 'onPace', 0],
  [0, 31, 'behind', 1],
  [1, 29, 'ahead', 1],
  [1, 30, 'onPace', 0],
  [2, 0, 'ahead', 90],
  [2, 300, 'behind', 90],
] as const)('slide %i after %i s is %s by %i s', (slide, elapsed, state, seconds) => {
  expect(paceOf(minutes, slide, elapsed)).toEqual({ state, seconds })
})

it('refuses a slide the deck has not', () => {
  expect(() => paceOf(minutes, 3, 0)).toThrow(RangeError)
})

it.each([[0, '0:00'], [61, '1:01'], [600, '10:00']])('%i s reads %s', (seconds, text) => {
  expect(clock(seconds)).toBe(text)
})
