import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { Violation } from 'slidev-addon-deck/violation'
import { groups } from '../groups.ts'
import { partsOf } from '../parts.ts'
import type { CheckedDeck, Outcome, Rule } from '../rule.ts'
import chapter from './chapter.ts'
import componentKnown from './component-known.ts'
import diagramColours from './diagram-colours.ts'
import diagramFirstStep from './diagram-first-step.ts'
import diagramSteps from './diagram-steps.ts'
import diagramText from './diagram-text.ts'
import emoji from './emoji.ts'
import entryOnlySrc from './entry-only-src.ts'
import fenceEnd from './fence-end.ts'
import fenceLanguage from './fence-language.ts'
import figures from './figures.ts'
import headline from './headline.ts'
import headlineLength from './headline-length.ts'
import languages from './languages.ts'
import layoutKnown from './layout-known.ts'
import minutesRequired from './minutes-required.ts'
import minutesSum from './minutes-sum.ts'
import notesClicks from './notes-clicks.ts'
import notesPace from './notes-pace.ts'
import notesRequired from './notes-required.ts'
import punctuation from './punctuation.ts'
import rawHtml from './raw-html.ts'
import slideAddress from './slide-address.ts'
import slideId from './slide-id.ts'
import sourcesCoverAll from './sources-cover-all.ts'
import sourcesKnown from './sources-known.ts'
import sourcesRequired from './sources-required.ts'
import wordCount from './word-count.ts'

/** Every rule about a deck's source: its files, then its slides, their text, their diagrams, their notes. */
export const rules: readonly Rule[] = [
  languages, entryOnlySrc, chapter, sourcesCoverAll, minutesSum,
  slideAddress, slideId, layoutKnown, sourcesRequired, sourcesKnown, minutesRequired,
  headline, headlineLength, wordCount, figures, emoji, punctuation,
  componentKnown, rawHtml,
  fenceEnd, fenceLanguage, diagramText, diagramSteps, diagramFirstStep, diagramColours,
  notesRequired, notesClicks, notesPace,
]

/**
 * Adds to a deck what its rules ask beyond its slides.
 * @param quick whether to leave out what takes seconds to read.
 */
export async function withParts(deck: SourceDeck, quick?: boolean): Promise<CheckedDeck> {
  const isProse = groups.prose.isOn(deck)
  return { ...deck, parts: isProse ? await partsOf(deck.project.root, deck.headmatter['theme'], quick) : { components: undefined, layouts: [] } }
}

/** What each rule that is on found, and whether it found anything to look at: a rule that looked nowhere did not run. */
export function inspectDeck(deck: CheckedDeck): (Outcome & { rule: Rule })[] {
  return rules.filter(({ group }) => groups[group].isOn(deck)).map(rule => ({ rule, ...rule.check(deck) }))
}

/** Every place where the deck breaks a rule, in the order of its files' first slides and their lines. */
export function checkDeck(deck: CheckedDeck): Violation[] {
  const files = [deck.entry, ...deck.slides.map(slide => slide.file)]
  return inspectDeck(deck).flatMap(({ violations }) => violations)
    .sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line)
}
