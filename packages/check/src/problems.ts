import type { FindProblems } from 'slidev-addon-deck/parts'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { Violation } from 'slidev-addon-deck/violation'
import { inspectParity } from './parity.ts'
import { checkDeck, withParts } from './rules/index.ts'

/** Every place where a deck's source breaks a rule that is on. */
export const findProblems: FindProblems = async (deck, options) => checkDeck(await withParts(deck, options?.quick))

/** Every place where another edition has drifted from the source edition. */
export async function findDrift(source: SourceDeck, other: SourceDeck): Promise<Violation[]> {
  return inspectParity(await withParts(source), await withParts(other)).flatMap(({ violations }) => violations)
}
