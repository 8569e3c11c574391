import { checkDeck } from '../lib/rules/index.ts'
import type { SourceDeck } from '../lib/source-deck.ts'
import { DeckError, loadDeck } from './load-deck.ts'
import { root } from './slidev.ts'

/**
 * Reads an edition whose source has no errors; rules of style are not asked.
 * @throws DeckError with each error's file, line and mend.
 */
export async function soundDeck(entry: string): Promise<SourceDeck> {
  const deck = await loadDeck(root, entry)
  const errors = checkDeck(deck).filter(({ level }) => level === 'error')
  if (errors.length > 0) throw new DeckError(errors)
  return deck
}
