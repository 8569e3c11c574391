import { expect, it } from 'vitest'
import { slideRange } from './slide-range.ts'

it('reads ranges of slides', () => {
  expect(slideRange(undefined, 3)).toEqual([1, 2, 3])
  expect(slideRange('3, 1-2,2', 3)).toEqual([1, 2, 3])
  for (const bad of ['', '0', '4', '2-1', 'x', '1-', '1,,2']) expect(() => slideRange(bad, 3), bad).toThrow(RangeError)
})
