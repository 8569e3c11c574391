import { clicksOf } from 'slidev-addon-deck/clicks'
import { clickMarkers } from 'slidev-addon-deck/notes'
import { defineRule } from '../rule.ts'
import { on, slides } from './places.ts'

export default defineRule({
  id: 'notes-clicks',
  group: 'prose',
  level: 'style',
  describe: 'The notes mark every click of their slide.',
  places: deck => slides(deck).flatMap((slide) => {
    const clicks = clicksOf(slide, deck.project.config.clickComponents ?? {})
    return slide.note && clicks !== undefined ? [{ slide, clicks }] : []
  }),
  findings({ slide, clicks }) {
    const markers = clickMarkers(slide.note)
    if (clicks === markers) return []
    const mend = markers < clicks ? `add ${clicks - markers} to the notes` : `remove ${markers - clicks} from the notes`
    return [on(slide, slide.noteLine, `The slide's clicks (${clicks}) and the [click] markers in its notes (${markers}) differ: ${mend}; [click:2] counts as two.`)]
  },
})
