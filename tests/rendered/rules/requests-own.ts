import type { Rule } from '../rule.ts'

/** Every request goes to the deck's own origin, and none fails. */
export const requestsOwn: Rule = {
  id: 'requests-own',
  inspect: ({ requests, badRequests }) => ({ looked: requests, findings: badRequests }),
}
