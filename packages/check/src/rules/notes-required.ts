import { spokenText } from 'slidev-addon-deck/notes'
import { defineRule } from '../rule.ts'
import { on, slides } from './places.ts'

export default defineRule({
  id: 'notes-required',
  group: 'prose',
  level: 'style',
  describe: 'Every slide has speaker notes.',
  places: slides,
  findings(slide) {
    if (spokenText(slide.note).trim()) return []
    return [on(slide, slide.line, 'The slide has no speaker notes: end it with a comment <!-- … --> that says what is spoken.')]
  },
})
