import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { Level, Violation } from 'slidev-addon-deck/violation'
import { groups, type GroupId } from './groups.ts'
import type { Parts } from './parts.ts'

/** A deck with what its rules ask beyond its slides. */
export interface CheckedDeck extends SourceDeck {
  parts: Parts
}

/** What a rule found, and at how many places it looked: none means that it did not run. */
export interface Outcome {
  looked: number
  violations: Violation[]
}

/** A named rule about a deck's source, or about what two editions share. */
export interface Rule<Subject = CheckedDeck> {
  id: string
  group: GroupId
  level: Level
  /** The rule as one sentence. */
  describe: string
  check: (subject: Subject) => Outcome
}

/** A violation as a rule's own check states it. */
export type Finding = Pick<Violation, 'file' | 'line' | 'message'>

interface Definition<Place, Subject> extends Omit<Rule<Subject>, 'check'> {
  /** The places that the rule is about. */
  places: (subject: Subject) => readonly Place[]
  /** What is wrong at one of them: nothing, one thing or several. */
  findings: (place: Place, subject: Subject) => Finding | readonly Finding[] | undefined
}

/** Makes a rule out of the places that it looks at and what it says of each. */
export function defineRule<Place, Subject = CheckedDeck>({ places, findings, ...rule }: Definition<Place, Subject>): Rule<Subject> {
  return {
    ...rule,
    check(subject) {
      const looked = places(subject)
      const found = looked.flatMap(place => findings(place, subject) ?? [])
      return { looked: looked.length, violations: found.map(finding => ({ rule: rule.id, level: rule.level, ...finding })) }
    },
  }
}

/** What each rule found that is on in a deck. */
export function inspect<Subject>(rules: readonly Rule<Subject>[], deck: SourceDeck, subject: Subject): (Outcome & { rule: Rule<Subject> })[] {
  return rules.filter(({ group }) => groups[group].isOn(deck)).map(rule => ({ rule, ...rule.check(subject) }))
}
