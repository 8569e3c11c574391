import { expect, it } from 'vitest'
import { arrivals, clicksThrough, stateAt } from './states.ts'

const states = [2, 0, 1].map(steps => ({ steps }))

it('a state’s own steps count first, then one click leads to the next state', () => {
  expect(arrivals(states)).toEqual([0, 3, 4])
  expect(clicksThrough(states)).toBe(5)
  const all = Array.from({ length: 8 }, (_, clicks) => stateAt(states, clicks))
  expect(all.map(({ index, step }) => `${index}.${step}`)).toEqual(['0.0', '0.1', '0.2', '1.0', '2.0', '2.1', '2.2', '2.3'])
})

it('before the picture’s first click its first state shows', () => {
  expect(stateAt(states, -4)).toEqual({ index: 0, step: 0 })
})
