import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { Level, Violation } from 'slidev-addon-deck/violation'
import type { Parts } from './parts.ts'

/** What turns rules on: see groups.ts. */
export type GroupId = 'always' | 'prose' | 'minutes' | 'limits' | 'sources' | 'editions' | 'glossary'

/** A deck with what its rules ask beyond its slides. */
export interface CheckedDeck extends SourceDeck {
  parts: Parts
}

/** What a rule found, and at how many places it looked: none means that it did not run. */
export interface Outcome {
  looked: number
  violations: Violation[]
}

/** A named rule about a deck's source. */
export interface Rule {
  id: string
  group: GroupId
  level: Level
  /** The rule as one sentence. */
  describe: string
  check: (deck: CheckedDeck) => Outcome
}

/** A violation as a rule's own check states it. */
export type Finding = Pick<Violation, 'file' | 'line' | 'message'>

interface Definition<Place> extends Omit<Rule, 'check'> {
  /** The places in a deck that the rule is about. */
  places: (deck: CheckedDeck) => readonly Place[]
  /** What is wrong at one of them. */
  findings: (place: Place, deck: CheckedDeck) => readonly Finding[]
}

/** Makes a rule out of the places that it looks at and what it says of each. */
export function defineRule<Place>({ places, findings, ...rule }: Definition<Place>): Rule {
  return {
    ...rule,
    check(deck) {
      const looked = places(deck)
      const violations = looked.flatMap(place => findings(place, deck)).map(finding => ({ rule: rule.id, level: rule.level, ...finding }))
      return { looked: looked.length, violations }
    },
  }
}
