import { defineRule } from '../rule.ts'
import { diagrams, on } from './places.ts'

export default defineRule({
  id: 'diagram-first-step',
  group: 'prose',
  level: 'style',
  describe: 'A stepped diagram does not show its old and its new side from the start.',
  places: deck => diagrams(deck).filter(({ fence }) => fence.steps > 0),
  findings({ slide, fence: { line, sidesAtStart } }) {
    if (!(sidesAtStart.includes('old') && sidesAtStart.includes('new'))) return []
    return [on(slide, line, 'The diagram shows old and new at once before the first click: give every element of the new side a step.')]
  },
})
