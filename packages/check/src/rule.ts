import type { SourceDeck } from '../source-deck.ts'

/** `error`: the deck is broken, start and build stop; `style`: it breaks the storyboard's rules of good slides. */
export type Level = 'error' | 'style'

/** A place where a deck breaks a rule. */
export interface Violation {
  /** The rule's id. */
  rule: string
  level: Level
  /** File relative to the project's root, and 1-based line in it. */
  file: string
  line: number
  /** What is wrong and how to mend it. */
  message: string
}

/** What a rule found, and at how many places it looked: none means that it did not run. */
export interface Outcome {
  looked: number
  violations: Violation[]
}

/** A named rule about a deck's source. */
export interface Rule {
  id: string
  level: Level
  /** The rule as one sentence. */
  describe: string
  check: (deck: SourceDeck) => Outcome
}

/** A violation as a rule's own check states it. */
export type Finding = Pick<Violation, 'file' | 'line' | 'message'>

interface Definition<Place> extends Pick<Rule, 'id' | 'level' | 'describe'> {
  /** The places in a deck that the rule is about. */
  places: (deck: SourceDeck) => readonly Place[]
  /** What is wrong at one of them. */
  findings: (place: Place, deck: SourceDeck) => readonly Finding[]
}

/** Makes a rule out of the places that it looks at and what it says of each. */
export function defineRule<Place>({ id, level, describe, places, findings }: Definition<Place>): Rule {
  return {
    id, level, describe,
    check(deck) {
      const looked = places(deck)
      const violations = looked.flatMap(place => findings(place, deck)).map(finding => ({ rule: id, level, ...finding }))
      return { looked: looked.length, violations }
    },
  }
}
