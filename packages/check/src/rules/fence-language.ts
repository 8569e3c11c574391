import { isDiagram } from 'slidev-addon-deck/markup'
import { fences, on } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

export default defineRule({
  id: 'fence-language',
  level: 'error',
  describe: 'Code fences hold Mermaid diagrams and nothing else, and end on their slide.',
  places: fences,
  findings({ slide, fence }) {
    // An open fence takes in what follows, further slides included: their frontmatter then stands in it.
    if (!fence.closed || fence.code.split('\n').findIndex(text => text.trimEnd() === '---') > 0) return [on(slide, fence.line, 'The fence has no end on this slide: close it with a line of three backticks.')]
    if (isDiagram(fence)) return []
    return [on(slide, fence.line, `A fence of ${fence.info ? `"${fence.info}"` : 'no language'}: the deck shows no code; make it a \`\`\`mermaid diagram or text.`)]
  },
})
