import type { Fence } from 'slidev-addon-deck/fences'
import { isDiagram } from 'slidev-addon-deck/markup'
import { defineRule } from '../rule.ts'
import { fences, on } from './places.ts'

/** Whether a fence that does end has taken in what follows it: further slides with their frontmatter, up to the end of one of their fences. */
function swallows(fence: Fence): boolean {
  const lines = fence.code.split('\n')
  if (!lines.some((text, i) => i > 0 && text.trimEnd() === '---')) return false
  // Settings of a Mermaid diagram stand between such lines too, and Markdown that is shown may have anything.
  return isDiagram(fence) ? lines[0]?.trimEnd() !== '---' : !/^(?:md|markdown)\b/.test(fence.info) && lines.some(text => /^\s*(?:`{3,}|~{3,})\s*\w/.test(text))
}

export default defineRule({
  id: 'fence-end',
  group: 'always',
  level: 'error',
  describe: 'A code fence ends on its slide.',
  places: fences,
  findings({ slide, fence }) {
    if (fence.closed && !swallows(fence)) return []
    return [on(slide, fence.line, 'The fence has no end on this slide: close it with a line of three backticks.')]
  },
})
