import { clicksOf } from 'slidev-addon-deck/clicks'
import { counted, textLength, units } from 'slidev-addon-deck/measure'
import { clickMarkers, spokenText } from 'slidev-addon-deck/notes'
import { defineRule, type Rules } from '../rule.ts'
import { on, slides } from './places.ts'

/** Rules about what is spoken. */
export const noteRules: Rules = {
  'notes-required': defineRule({
    group: 'prose',
    level: 'style',
    describe: 'Every slide has speaker notes.',
    places: slides,
    findings(slide) {
      if (!spokenText(slide.note).trim()) return on(slide, slide.line, 'The slide has no speaker notes: end it with a comment <!-- … --> that says what is spoken.')
    },
  }),
  'notes-clicks': defineRule({
    group: 'prose',
    level: 'style',
    describe: 'The notes mark every click of their slide.',
    places: deck => slides(deck).flatMap((slide) => {
      const clicks = clicksOf(slide, deck.project.config.clickComponents ?? {})
      return slide.note && clicks !== undefined ? { slide, clicks } : []
    }),
    findings({ slide, clicks }) {
      const markers = clickMarkers(slide.note)
      if (clicks === markers) return
      const mend = markers < clicks ? `add ${clicks - markers} to the notes` : `remove ${markers - clicks} from the notes`
      return on(slide, slide.noteLine, `The slide's clicks (${clicks}) and the [click] markers in its notes (${markers}) differ: ${mend}; [click:2] counts as two.`)
    },
  }),
  'notes-pace': defineRule({
    group: 'limits',
    level: 'style',
    describe: 'Notes fit their slide’s minutes within a third, at the pace that deck.config.ts gives.',
    places: deck => slides(deck).flatMap((slide) => {
      const { minutes } = slide.frontmatter
      return slide.note && typeof minutes === 'number' && minutes > 0 ? { slide, minutes } : []
    }),
    findings({ slide, minutes }, { project: { config }, edition: { language, words } }) {
      const pace = config.limits?.[language]?.pace
      if (pace === undefined) return
      const [least, most] = [Math.ceil(minutes * pace * 2 / 3), Math.floor(minutes * pace * 4 / 3)]
      const length = textLength(spokenText(slide.note), words)
      if (length < least || length > most)
        return on(slide, slide.noteLine, `The notes have ${length} ${units[words].text} for ${counted(minutes, 'minute')}: write ${least} to ${most}, or change minutes.`)
    },
  }),
}
