import type { Edition } from 'slidev-addon-deck/editions'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'
import { assertAddon, problemsOf } from 'slidev-addon-deck/parts'
import type { DeckProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { Violation } from 'slidev-addon-deck/violation'
import { findDrift } from 'slidev-deck-check/problems'

/**
 * Reads an edition.
 * @throws DeckError where its source can't be read; and where it does not name this package's addon.
 */
export async function readDeck(project: DeckProject, edition: Edition): Promise<SourceDeck> {
  const deck = await loadDeck(project, edition.entry)
  await assertAddon(deck, 'site')
  return deck
}

/**
 * Looks through editions for errors, and for drift from the first; rules of style are not asked.
 * @throws DeckError with each error's file, line and mend.
 */
export async function assertSound(decks: readonly SourceDeck[]): Promise<void> {
  throwErrors(await Promise.all(decks.map(deck => problemsOf(deck))))
  const [source, ...others] = decks
  throwErrors(source ? await Promise.all(others.map(other => findDrift(source, other))) : [])
}

function throwErrors(problems: readonly Violation[][]): void {
  const errors = problems.flat().filter(({ level }) => level === 'error')
  if (errors.length > 0) throw new DeckError(errors)
}

/** Reads an edition whose source has no errors: see `readDeck` and `assertSound`. */
export async function soundDeck(project: DeckProject, edition: Edition): Promise<SourceDeck> {
  const deck = await readDeck(project, edition)
  await assertSound([deck])
  return deck
}
