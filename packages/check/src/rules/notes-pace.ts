import { limits, textLength } from 'slidev-addon-deck/measure'
import { fitsMinutes, paceTolerance, spokenText } from 'slidev-addon-deck/notes'
import { on, slidesInLanguage } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

export default defineRule({
  id: 'notes-pace',
  level: 'style',
  describe: 'Notes fit their slide’s minutes within a third, at 220 Han characters or 130 English words a minute.',
  places: deck => slidesInLanguage(deck).flatMap(({ slide, language }) => {
    const { minutes } = slide.frontmatter
    return slide.note && typeof minutes === 'number' && minutes > 0 ? [{ slide, language, minutes }] : []
  }),
  findings({ slide, language, minutes }) {
    if (fitsMinutes(slide.note, minutes, language)) return []
    const { unit, pace } = limits[language]
    const [least, most] = [Math.ceil(minutes * pace * (1 - paceTolerance)), Math.floor(minutes * pace * (1 + paceTolerance))]
    const length = textLength(spokenText(slide.note), language)
    return [on(slide, slide.noteLine, `The notes have ${length} ${unit} for ${minutes} minutes: write ${least} to ${most}, or change minutes.`)]
  },
})
