import { passages, type Passage } from 'slidev-addon-deck/markup'
import { keyLine, type SourceDeck, type SourceSlide } from 'slidev-addon-deck/source-deck'
import { shownProperties } from '../parts.ts'
import type { CheckedDeck, Finding } from '../rule.ts'

/** The deck's slides. */
export const slides = (deck: SourceDeck): readonly SourceSlide[] => deck.slides

/** Every passage that a slide shows. */
export function passagesOf(deck: CheckedDeck, slide: SourceSlide): Passage[] {
  return passages(slide, shownProperties(deck.parts))
}

/** A finding on a slide, at a line of its file. */
export function on(slide: SourceSlide, line: number, message: string): Finding {
  return { file: slide.file, line, message }
}

/** A finding on a slide, at a key of its frontmatter (or its first line where the key is missing). */
export function onKey(slide: SourceSlide, key: string, message: string): Finding {
  return on(slide, keyLine(slide, key), message)
}

/** A finding on the deck as a whole, at a key of its headmatter. */
export function onHead(deck: SourceDeck, key: string, message: string): Finding {
  return { file: deck.entry, line: deck.sections[0]?.keyLines[key] ?? 1, message }
}

/** A value as a message shows it. */
export const show = (value: unknown) => typeof value === 'number' ? String(value) : JSON.stringify(value) ?? 'nothing'
