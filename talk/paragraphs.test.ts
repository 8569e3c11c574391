import { expect, it } from 'vitest'
import { isParagraph, paragraphs } from './paragraphs.ts'

it('the essay has 36 paragraphs, in reading order', () => {
  expect(paragraphs).toHaveLength(36)
  expect(new Set(paragraphs).size).toBe(36)
  expect([paragraphs[0], paragraphs[4], paragraphs[15], paragraphs[16], paragraphs[35]]).toEqual(['F0.1', 'F1.1', 'F2.8', 'T0.1', 'T4.4'])
})

it.each(['F2.8', 'T0.1', 'T4.4'])('%s is one of them', (value) => {
  expect(isParagraph(value)).toBe(true)
})

it.each(['F0.5', 'F3.1', 'T5.1', 't1.1', 'T1', '', 1.1, undefined, null])('%j is none', (value) => {
  expect(isParagraph(value)).toBe(false)
})
