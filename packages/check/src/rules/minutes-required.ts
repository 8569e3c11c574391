import { defineRule } from '../rule.ts'
import { onKey, show, slides } from './places.ts'

export default defineRule({
  id: 'minutes-required',
  group: 'minutes',
  level: 'error',
  describe: 'Every slide says how many minutes it takes, but those of the layouts that deck.config.ts calls unspoken.',
  places: slides,
  findings(slide, { project: { config } }) {
    const { minutes } = slide.frontmatter
    if (minutes === undefined || minutes === null) {
      if (config.unspoken?.includes(slide.layout)) return []
      return [onKey(slide, 'minutes', 'The slide has no speaking time: add "minutes: 1" to its frontmatter.')]
    }
    if (typeof minutes === 'number' && Number.isFinite(minutes) && minutes >= 0) return []
    return [onKey(slide, 'minutes', `minutes is ${show(minutes)}: write a number of minutes from 0 up, like 1.25.`)]
  },
})
