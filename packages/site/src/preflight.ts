import type { Edition } from 'slidev-addon-deck/editions'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'
import { assertAddon, problemsOf } from 'slidev-addon-deck/parts'
import type { DeckProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { findDrift } from 'slidev-deck-check/problems'

/**
 * Reads an edition whose source has no errors; rules of style are not asked.
 * @throws DeckError with each error's file, line and mend; and where it does not name this package's addon.
 */
export async function soundDeck(project: DeckProject, edition: Edition): Promise<SourceDeck> {
  const deck = await loadDeck(project, edition.entry)
  await assertAddon(deck, 'site')
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
  const [source, ...others] = decks
  const drift = source ? await Promise.all(others.map(other => findDrift(source, other))) : []
  if (drift.flat().length > 0) throw new DeckError(drift.flat())
  return decks
}
