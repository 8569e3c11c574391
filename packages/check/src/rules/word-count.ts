import { passages } from 'slidev-addon-deck/markup'
import { limits, textLength } from 'slidev-addon-deck/measure'
import { on, slidesInLanguage } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

const freeLayouts = new Set(['comparison', 'appendix'])
const freeSlides = new Set(['limits', 'glossary', 'sources'])

export default defineRule({
  id: 'word-count',
  level: 'style',
  describe: 'Outside diagrams and headline a slide has at most 60 Han characters or 40 English words.',
  places: deck => slidesInLanguage(deck).filter(({ slide }) => !freeLayouts.has(slide.layout) && !freeSlides.has(slide.id)),
  findings({ slide, language }) {
    const { text, unit } = limits[language]
    const read = passages(slide).filter(({ where }) => where === 'body' || where === 'property')
    const length = read.reduce((sum, passage) => sum + textLength(passage.text, language), 0)
    if (length <= text) return []
    return [on(slide, read[0]?.line ?? slide.line, `The slide has ${length} ${unit} besides headline and diagram: cut to ${text}, or move text into the notes.`)]
  },
})
