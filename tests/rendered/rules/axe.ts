import type { Rule } from '../rule.ts'

/** axe-core finds nothing wrong with the slide. */
export const axe: Rule = {
  id: 'axe',
  inspect: ({ axe: { passes, violations } }) => ({
    looked: passes,
    findings: violations.map(({ id, help, targets }) => `${id}: ${help} (${targets.join(', ')})`),
  }),
}
