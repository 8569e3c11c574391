import { axeFindings } from '../axe.ts'
import type { Rule } from '../rule.ts'

/** axe-core finds nothing wrong, and nothing it cannot decide, in the whole page: the slide and Slidev's controls. */
export const axe: Rule = {
  id: 'axe',
  inspect: ({ axe }) => ({ looked: axe.passes, findings: axeFindings(axe) }),
}
