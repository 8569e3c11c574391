import { defineRule } from '../rule.ts'
import { on, passagesOf } from './places.ts'

const FIGURE = /[\d０-９%％‰]+/

export default defineRule({
  id: 'figures',
  group: 'prose',
  level: 'style',
  describe: 'Slides show no figures.',
  places: deck => deck.slides.flatMap(slide => passagesOf(deck, slide).map(passage => ({ slide, passage }))),
  findings({ slide, passage: { line, text } }) {
    const figure = FIGURE.exec(text)?.[0]
    if (!figure) return []
    return [on(slide, line, `"${figure}" is a figure: leave it out, or write a count as a word.`)]
  },
})
