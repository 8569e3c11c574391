import { textLength, units } from 'slidev-addon-deck/measure'
import { defineRule } from '../rule.ts'
import { on, passagesOf } from './places.ts'

export default defineRule({
  id: 'word-count',
  group: 'limits',
  level: 'style',
  describe: 'Outside diagrams and headline a slide has no more text than its limit, but those that deck.config.ts frees.',
  places: ({ slides, project: { config: { unlimited } } }) => slides.filter(({ id, layout }) => !unlimited?.layouts.includes(layout) && !unlimited?.slides.includes(id)),
  findings(slide, deck) {
    const { project: { config }, edition: { language, words } } = deck
    const most = config.limits?.[language]?.text ?? Infinity
    const read = passagesOf(deck, slide).filter(({ where }) => where === 'body' || where === 'property')
    const length = read.reduce((sum, passage) => sum + textLength(passage.text, words), 0)
    if (length <= most) return []
    return [on(slide, read[0]?.line ?? slide.line, `The slide has ${length} ${units[words].text} besides headline and diagram: cut to ${most}, or move text into the notes.`)]
  },
})
