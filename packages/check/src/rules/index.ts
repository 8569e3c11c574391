import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { Violation } from 'slidev-addon-deck/violation'
import { groups } from '../groups.ts'
import { partsOf } from '../parts.ts'
import { inspect, type CheckedDeck, type Rules } from '../rule.ts'
import { expressionRules } from './expressions.ts'
import { fenceRules } from './fences.ts'
import { fileRules } from './files.ts'
import { frontmatterRules } from './frontmatter.ts'
import { linkRules } from './links.ts'
import { markRules } from './marks.ts'
import { noteRules } from './notes.ts'
import { tagRules } from './tags.ts'
import { textRules } from './text.ts'

/** Every rule about a deck's source. */
export const rules: Rules = { ...fileRules, ...frontmatterRules, ...textRules, ...tagRules, ...fenceRules, ...noteRules, ...markRules, ...linkRules, ...expressionRules }

/**
 * Adds to a deck what its rules ask beyond its slides.
 * @param quick whether to leave out what takes seconds to read.
 */
export async function withParts(deck: SourceDeck, quick?: boolean): Promise<CheckedDeck> {
  const isProse = groups.prose.isOn(deck)
  return { ...deck, parts: isProse ? await partsOf(deck.project.root, deck.headmatter['theme'], quick) : { components: undefined, layouts: [] } }
}

/** What each rule that is on found, and whether it found anything to look at: a rule that looked nowhere did not run. */
export const inspectDeck = (deck: CheckedDeck) => inspect(rules, deck, deck)

/** Every place where the deck breaks a rule, in the order of its files' first slides and their lines. */
export function checkDeck(deck: CheckedDeck): Violation[] {
  const files = [deck.entry, ...deck.slides.map(slide => slide.file)]
  return inspectDeck(deck).flatMap(({ violations }) => violations)
    .sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line)
}
