import { defineRule } from '../rule.ts'
import { diagrams, on } from './places.ts'

export default defineRule({
  id: 'diagram-text',
  group: 'prose',
  level: 'error',
  describe: 'Every diagram has a name and a description for those who cannot see it.',
  places: diagrams,
  findings({ slide, fence: { line, title, description } }) {
    if (!title) return [on(slide, line, 'The diagram has no name: add "accTitle: …" after its first line.')]
    if (!description) return [on(slide, line, 'The diagram has no description: add "accDescr: …" after accTitle, saying what the picture says.')]
    if ([...description].length >= [...title].length) return []
    return [on(slide, line, 'The diagram\'s accDescr is shorter than its accTitle: say in full what the picture says.')]
  },
})
