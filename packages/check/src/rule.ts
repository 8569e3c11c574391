import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { Level, Violation } from 'slidev-addon-deck/violation'
import { groups, type GroupId } from './groups.ts'
import type { Parts } from './parts.ts'

/** A deck with what its rules ask beyond its slides. */
export interface CheckedDeck extends SourceDeck {
  parts: Parts
}

/** A rule about a deck's source, or about what two editions share. */
export interface Rule<Subject = CheckedDeck> {
  group: GroupId
  level: Level
  /** The rule as one sentence. */
  describe: string
  /** What it found, and at how many places it looked. */
  check: (subject: Subject) => { looked: number, found: Finding[] }
}

/** Rules by their names. */
export type Rules<Subject = CheckedDeck> = Readonly<Record<string, Rule<Subject>>>

/** A violation as a rule's own check states it. */
export type Finding = Pick<Violation, 'file' | 'line' | 'message'>

/** A rule by the places that it looks at and what it says of each. */
export interface Definition<Place, Subject> extends Omit<Rule<Subject>, 'check'> {
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
      return { looked: looked.length, found: looked.flatMap(place => findings(place, subject) ?? []) }
    },
  }
}

/** What a rule found, and at how many places it looked: none means that it did not run. */
export interface Outcome {
  rule: string
  looked: number
  violations: Violation[]
}

/** What each rule found that is on in a deck. */
export function inspect<Subject>(rules: Rules<Subject>, deck: SourceDeck, subject: Subject): Outcome[] {
  return Object.entries(rules).filter(([, { group }]) => groups[group].isOn(deck)).map(([rule, { level, check }]) => {
    const { looked, found } = check(subject)
    return { rule, looked, violations: found.map(finding => ({ rule, level, ...finding })) }
  })
}
