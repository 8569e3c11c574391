import { onKey, show, slides } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

export default defineRule({
  id: 'minutes-required',
  level: 'error',
  describe: 'Every slide says how many minutes it takes; an appendix slide may leave that out.',
  places: slides,
  findings(slide) {
    const { minutes } = slide.frontmatter
    if (minutes === undefined || minutes === null) {
      if (slide.layout === 'appendix') return []
      return [onKey(slide, 'minutes', 'The slide has no speaking time: add "minutes: 1" to its frontmatter.')]
    }
    if (typeof minutes === 'number' && Number.isFinite(minutes) && minutes >= 0) return []
    return [onKey(slide, 'minutes', `minutes is ${show(minutes)}: write a number of minutes from 0 up, like 1.25.`)]
  },
})
