import type { Rule } from '../rule.ts'

/** As many elements as a message names. */
const SHOWN = 3

/** axe-core finds nothing wrong with the slide. */
export const axe: Rule = {
  id: 'axe',
  inspect: ({ axe: { passes, violations } }) => ({
    looked: passes,
    findings: violations.map(({ id, help, targets }) => `${id}: ${help} (${targets.slice(0, SHOWN).join(', ')}${targets.length > SHOWN ? ` and ${targets.length - SHOWN} more` : ''})`),
  }),
}
