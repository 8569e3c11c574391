import { expect, it } from 'vitest'
import { paragraphRanges, sourceIndex } from './source-index.ts'

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

it('says paragraphs in short form', () => {
  expect(paragraphRanges(['F0.1', 'F0.2', 'F2.9', 'F2.10', 'T1.1', 'T1.3', 'T2.4'])).toEqual(['F0.1–2', 'F2.9–10', 'T1.1', 'T1.3', 'T2.4'])
  expect(paragraphRanges(['T1.4', 'T2.1', 'T2.2', 'T2.1'])).toEqual(['T1.4', 'T2.1–2', 'T2.1'])
  expect(paragraphRanges(['Preface', 'Preface', '§ 1'])).toEqual(['Preface', 'Preface', '§ 1'])
  expect(paragraphRanges([])).toEqual([])
})
