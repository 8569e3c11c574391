import { expect, it } from 'vitest'
import { paragraphs } from '../talk/paragraphs.ts'

it('the essay has 36 paragraphs, in reading order', () => {
  expect(paragraphs).toHaveLength(36)
  expect(new Set(paragraphs).size).toBe(36)
  expect([paragraphs[0], paragraphs[4], paragraphs[15], paragraphs[16], paragraphs[35]]).toEqual(['F0.1', 'F1.1', 'F2.8', 'T0.1', 'T4.4'])
})
