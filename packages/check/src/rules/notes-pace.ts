import { textLength, units } from 'slidev-addon-deck/measure'
import { fitsMinutes, paceTolerance, spokenText } from 'slidev-addon-deck/notes'
import { defineRule } from '../rule.ts'
import { on, slides } from './places.ts'

export default defineRule({
  id: 'notes-pace',
  group: 'limits',
  level: 'style',
  describe: 'Notes fit their slide’s minutes within a third, at the pace that deck.config.ts gives.',
  places: deck => slides(deck).flatMap((slide) => {
    const { minutes } = slide.frontmatter
    return slide.note && typeof minutes === 'number' && minutes > 0 ? [{ slide, minutes }] : []
  }),
  findings({ slide, minutes }, { project: { config }, edition: { language, words } }) {
    const pace = config.limits?.[language]?.pace
    if (pace === undefined || fitsMinutes(slide.note, minutes, words, pace)) return []
    const [least, most] = [Math.ceil(minutes * pace * (1 - paceTolerance)), Math.floor(minutes * pace * (1 + paceTolerance))]
    const length = textLength(spokenText(slide.note), words)
    return [on(slide, slide.noteLine, `The notes have ${length} ${units[words].text} for ${minutes} minutes: write ${least} to ${most}, or change minutes.`)]
  },
})
