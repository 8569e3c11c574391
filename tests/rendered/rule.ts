import type { Edition } from 'slidev-addon-deck/editions'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import type { Snapshot } from './snapshot.ts'

export const SCHEMES = ['light', 'dark'] as const
export type Scheme = typeof SCHEMES[number]

/** Light and dark in turns: what is said to be the same in both is looked at in one here and in the other in the next edition. */
export const schemeInTurn = (i: number): Scheme => i % 2 ? 'dark' : 'light'

/** Glyphs that one face painted. */
export interface PaintedFont { family: string, isOwn: boolean, glyphs: number }

/** What axe-core found wrong, or could not decide, with the elements it is about. */
export interface AxeFinding { id: string, help: string, targets: string[] }

/** What axe-core says of a page. */
export interface AxeResult {
  passes: number
  violations: AxeFinding[]
  /** Undecided by axe-core and by nothing else of the tests. */
  unexplained: AxeFinding[]
  /** Elements undecided by axe-core that other tests judge (tests/rendered/axe.ts says which). */
  explained: number
}

/** One slide at one click in one scheme, as a browser shows it. */
export interface State {
  edition: Pick<Edition, 'lang' | 'marks'>
  slide: DeckSlide
  click: number
  /** The slide's last click. */
  clicks: number
  scheme: Scheme
  snapshot: Snapshot
  /** Why the state was not reached, where it was not. */
  failure?: string
  /** Messages of level warning and error, and uncaught errors, since the state before. */
  console: string[]
  /** Requests to another origin and failed ones since the state before, and how many there were. */
  badRequests: string[]
  requests: number
  fonts: PaintedFont[]
  axe: AxeResult
}

/** What a rule says of one state. */
export interface Outcome {
  /** How many things it looked at: a rule that looks at nothing in a whole deck is broken itself. */
  looked: number
  /** What is wrong: the element and its text, the measure, the limit. */
  findings: string[]
}

/** Something that must hold in every state. */
export interface Rule {
  id: string
  inspect: (state: State) => Outcome
}

/** An element and its text, for a message. */
export function quote({ path, text }: { path: string, text: string }): string {
  return `${path} “${text.length > 24 ? `${text.slice(0, 23)}…` : text}”`
}

/** Where a state is, for a message. */
export function placeOf({ edition, slide, click, scheme }: State): string {
  return `${edition.lang} ${slide.no} ${slide.id} click ${click} ${scheme}`
}
