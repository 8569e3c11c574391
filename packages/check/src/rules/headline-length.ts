import { headlines } from 'slidev-addon-deck/markup'
import { headlineLength, units } from 'slidev-addon-deck/measure'
import { defineRule } from '../rule.ts'
import { on, slides } from './places.ts'

export default defineRule({
  id: 'headline-length',
  group: 'limits',
  level: 'style',
  describe: 'A headline is no longer than its limit.',
  places: slides,
  findings(slide, { project: { config }, edition: { language, words } }) {
    const most = config.limits?.[language]?.headline ?? Infinity
    return headlines(slide)
      .map(({ line, text }) => ({ line, length: headlineLength(text, words) }))
      .filter(({ length }) => length > most)
      .map(({ line, length }) => on(slide, line, `The headline has ${length} ${units[words].headline}: shorten it to ${most}.`))
  },
})
