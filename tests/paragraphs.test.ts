import { expect, it } from 'vitest'
import { paragraphs, parts } from '../talk/paragraphs.ts'
import { editions, readEdition, slideThat } from './helpers/deck.ts'

it('the essay has 36 paragraphs, in reading order', () => {
  expect(paragraphs).toHaveLength(36)
  expect(new Set(paragraphs).size).toBe(36)
  expect([paragraphs[0], paragraphs[4], paragraphs[15], paragraphs[16], paragraphs[35]]).toEqual(['F0.1', 'F1.1', 'F2.8', 'T0.1', 'T4.4'])
})

/** What a slide's own words do not say of the letters that its numbers begin with. */
const unexplained = (content: string) => Object.keys(parts).filter(letter => !new RegExp(`(?<![A-Za-z])${letter}(?![A-Za-z])`).test(content))

it.each(editions)('a reader is told what a number like F0.1 stands for, above all of them, $lang', async (edition) => {
  const { content } = slideThat((await readEdition(edition)).slides, ({ id }) => id === 'sources')
  const [before = ''] = content.split('<SourceIndex')
  expect(unexplained(before)).toEqual([])
  expect(unexplained(before.split('\n')[0] ?? '')).toEqual(Object.keys(parts))
})
