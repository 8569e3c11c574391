import { clicksOf } from 'slidev-addon-deck/clicks'
import { clickMarkers } from 'slidev-addon-deck/notes'
import { on, slides } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

export default defineRule({
  id: 'notes-clicks',
  level: 'style',
  describe: 'The notes mark every click of their slide.',
  places: deck => slides(deck).filter(slide => slide.note),
  findings(slide) {
    const [clicks, markers] = [clicksOf(slide), clickMarkers(slide.note)]
    if (clicks === markers) return []
    const mend = markers < clicks ? `add ${clicks - markers} to the notes` : `remove ${markers - clicks} from the notes`
    return [on(slide, slide.noteLine, `The slide's clicks (${clicks}) and the [click] markers in its notes (${markers}) differ: ${mend}; [click:2] counts as two.`)]
  },
})
