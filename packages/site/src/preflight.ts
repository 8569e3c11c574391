import type { Edition } from 'slidev-addon-deck/editions'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'
import { problemsOf } from 'slidev-addon-deck/parts'
import type { DeckProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { inspectParity } from 'slidev-deck-check/parity'
import { withParts } from 'slidev-deck-check/rules'

/**
 * Reads an edition whose source has no errors; rules of style are not asked.
 * @throws DeckError with each error's file, line and mend.
 */
export async function soundDeck(project: DeckProject, edition: Edition): Promise<SourceDeck> {
  const deck = await loadDeck(project, edition.entry)
  const errors = (await problemsOf(deck)).filter(({ level }) => level === 'error')
  if (errors.length > 0) throw new DeckError(errors)
  return deck
}

/**
 * Reads all editions, whose sources have no errors and say the same: a slide of one has its twin in each.
 * @throws DeckError with each error's or drift's file, line and mend.
 */
export async function soundDecks(project: DeckProject): Promise<SourceDeck[]> {
  const decks = await Promise.all(project.editions.map(edition => soundDeck(project, edition)))
  const [source, ...others] = await Promise.all(decks.map(deck => withParts(deck)))
  const drift = source ? others.flatMap(other => inspectParity(source, other)).flatMap(({ violations }) => violations) : []
  if (drift.length > 0) throw new DeckError(drift)
  return decks
}
