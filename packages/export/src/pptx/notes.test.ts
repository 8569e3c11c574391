import { noteParagraphs } from 'slidev-addon-deck/note-markup'
import { expect, it } from 'vitest'
import { splitNotes } from './notes.ts'

const texts = (note: string, starts: readonly number[]) => splitNotes(noteParagraphs(note), starts)
  .map(part => part.map(({ runs }) => runs.map(run => 'text' in run ? run.text : `[${run.clicks}]`).join('')))

it('gives each state what is said from the click that brings it', () => {
  expect(texts('One.\n\n[click] Two.\n\n[click] Three. [click] Four.\n\nFive.', [0, 3])).toEqual([['One.', '[1]Two.', '[1]Three. '], ['[1]Four.', 'Five.']])
  expect(texts('One.\n\n[click:2] Two.', [0, 1, 2])).toEqual([['One.'], [], ['[2]Two.']])
})

it('leaves notes whole where a slide is one', () => {
  expect(texts('One.\n\n[click] Two.', [0])).toEqual([['One.', '[1]Two.']])
  expect(texts('', [0])).toEqual([[]])
})
