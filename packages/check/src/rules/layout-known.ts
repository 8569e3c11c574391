import { onKey, show, slides } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

const layouts = ['cover', 'assertion', 'thesis', 'comparison', 'closing', 'appendix']

export default defineRule({
  id: 'layout-known',
  level: 'error',
  describe: `A slide's layout is one of ${layouts.join(', ')}.`,
  places: slides,
  findings(slide) {
    const { layout } = slide.frontmatter
    if (typeof layout === 'string' && layouts.includes(layout)) return []
    const wrong = layout === undefined || layout === null ? 'The slide names no layout' : `There is no layout ${show(layout)}`
    return [onKey(slide, 'layout', `${wrong}: set "layout" to one of ${layouts.join(', ')}.`)]
  },
})
