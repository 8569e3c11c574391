import { on, shownText } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

const FIGURE = /[\d０-９%％‰]+/

export default defineRule({
  id: 'figures',
  level: 'style',
  describe: 'Slides show no figures: the essay gives none.',
  places: shownText,
  findings({ slide, passage: { line, text } }) {
    const figure = FIGURE.exec(text)?.[0]
    if (!figure) return []
    return [on(slide, line, `"${figure}" is a figure, and the essay gives none: leave it out, or write a count as a word.`)]
  },
})
