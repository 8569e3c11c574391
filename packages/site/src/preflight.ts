import type { Edition } from 'slidev-addon-deck/editions'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'
import { problemsOf } from 'slidev-addon-deck/parts'
import type { DeckProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'

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
