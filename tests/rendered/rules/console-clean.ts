import type { Rule } from '../rule.ts'

/** Nothing is written to the console as a warning or error, and nothing is thrown. */
export const consoleClean: Rule = {
  id: 'console-clean',
  inspect: ({ console }) => ({ looked: 1, findings: console }),
}
