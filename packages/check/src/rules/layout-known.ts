import { defineRule } from '../rule.ts'
import { onKey, show } from './places.ts'

export default defineRule({
  id: 'layout-known',
  group: 'prose',
  level: 'error',
  describe: 'A slide names one of the deck’s own layouts, or of its theme’s where it has none.',
  places: ({ slides, parts }) => parts.layouts.length > 0 ? slides : [],
  findings(slide, { parts: { layouts } }) {
    const { layout } = slide.frontmatter
    if (typeof layout === 'string' && layouts.includes(layout)) return []
    const wrong = layout === undefined || layout === null ? 'The slide names no layout' : `There is no layout ${show(layout)}`
    return [onKey(slide, 'layout', `${wrong}: set "layout" to one of ${layouts.join(', ')}.`)]
  },
})
