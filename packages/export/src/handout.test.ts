import { expect, it } from 'vitest'
import { narrationOf } from './handout.ts'

it('splits narration where the speaker clicks', () => {
  expect(narrationOf('One.\nTwo.\n\n[click] Three [click:2] four.\n\n')).toEqual([
    { pieces: ['One. Two.'], clicked: false },
    { pieces: ['Three', 'four.'], clicked: true },
  ])
  expect(narrationOf('流量\n没了。')).toEqual([{ pieces: ['流量没了。'], clicked: false }])
  expect(narrationOf('')).toEqual([])
})

it('leaves out the marks of Markdown', () => {
  expect(narrationOf('2. A **bold** word, [a link](https://example.com)\n\n<div><b></b></div>')).toEqual([{ pieces: ['2. A bold word, a link'], clicked: false }])
})
