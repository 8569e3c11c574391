import { checkDeck } from 'slidev-deck-check/rules/index'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { diagramProblems } from 'slidev-addon-diagrams/check'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'
import { root } from 'slidev-addon-deck/run-slidev'

/**
 * Reads an edition whose source has no errors; rules of style are not asked.
 * @param staleDiagrams whether a diagram that changed since it was drawn is an error, or drawn anew while presenting.
 * @throws DeckError with each error's file, line and mend.
 */
export async function soundDeck(entry: string, staleDiagrams: 'error' | 'redrawn'): Promise<SourceDeck> {
  const deck = await loadDeck(root, entry)
  const diagrams = (await diagramProblems(root, deck)).filter(({ kind }) => kind === 'broken' || staleDiagrams === 'error')
  const errors = [
    ...checkDeck(deck).filter(({ level }) => level === 'error'),
    ...diagrams.map(({ kind, file, line, message }) => ({ rule: `diagram-${kind}`, level: 'error' as const, file, line, message })),
  ]
  if (errors.length > 0) throw new DeckError(errors)
  return deck
}
