import { isDiagram } from 'slidev-addon-deck/markup'
import { defineRule } from '../rule.ts'
import { fences, on } from './places.ts'

export default defineRule({
  id: 'fence-language',
  group: 'prose',
  level: 'error',
  describe: 'Code fences hold Mermaid diagrams and nothing else.',
  places: fences,
  findings({ slide, fence }) {
    if (isDiagram(fence)) return []
    return [on(slide, fence.line, `A fence of ${fence.info ? `"${fence.info}"` : 'no language'}: the deck shows no code; make it a \`\`\`mermaid diagram or text.`)]
  },
})
