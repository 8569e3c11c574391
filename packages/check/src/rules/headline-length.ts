import { headlines } from 'slidev-addon-deck/markup'
import { headlineLength, limits } from 'slidev-addon-deck/measure'
import { on, slidesInLanguage } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

export default defineRule({
  id: 'headline-length',
  level: 'style',
  describe: 'A headline has at most 44 Han characters, or 90 characters in English.',
  places: slidesInLanguage,
  findings({ slide, language }) {
    const { headline, headlineUnit } = limits[language]
    return headlines(slide)
      .map(({ line, text }) => ({ line, length: headlineLength(text, language) }))
      .filter(({ length }) => length > headline)
      .map(({ line, length }) => on(slide, line, `The headline has ${length} ${headlineUnit}: shorten it to ${headline}, which is two lines.`))
  },
})
