import type { FindProblems } from 'slidev-addon-deck/parts'
import { checkDeck, withParts } from './rules/index.ts'

/** Every place where a deck's source breaks a rule that is on. */
export const findProblems: FindProblems = async (deck, options) => checkDeck(await withParts(deck, options?.quick))
