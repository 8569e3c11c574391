import { expect, it } from 'vitest'
import { sourceIndex } from './source-index.ts'

it('lists each paragraph once, in order, with every slide that rests on it', () => {
  expect(sourceIndex([
    { no: 1, sources: [] },
    { no: 2, sources: ['T0.2', 'F1.1'] },
    { no: 3, sources: ['T0.2', 'T0.10'] },
  ])).toEqual([
    { section: 'F1', entries: [{ paragraph: 'F1.1', slides: [2] }] },
    { section: 'T0', entries: [{ paragraph: 'T0.2', slides: [2, 3] }, { paragraph: 'T0.10', slides: [3] }] },
  ])
})
