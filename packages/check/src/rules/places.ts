import { parseFences, type Fence } from 'slidev-addon-deck/fences'
import { isDiagram, parseTags, passages, type Passage, type Tag } from 'slidev-addon-deck/markup'
import { spokenText } from 'slidev-addon-deck/notes'
import { keyLine, type SourceDeck, type SourceSlide } from 'slidev-addon-deck/source-deck'
import { shownProperties } from '../parts.ts'
import type { CheckedDeck, Finding } from '../rule.ts'

/** Something of a slide. */
export type On<Thing> = Thing & { slide: SourceSlide }

/** The deck's slides. */
export const slides = (deck: SourceDeck): readonly SourceSlide[] => deck.slides

/** Every component and raw tag, closing ones left out. */
export function openTags(deck: SourceDeck): On<{ tag: Tag }>[] {
  return deck.slides.flatMap(slide => parseTags(slide).filter(tag => tag.kind !== 'close').map(tag => ({ slide, tag })))
}

/** Every code fence. */
export function fences(deck: SourceDeck): On<{ fence: Fence }>[] {
  return deck.slides.flatMap(slide => parseFences(slide.content, slide.contentLine).map(fence => ({ slide, fence })))
}

/** Every Mermaid fence. */
export function diagrams(deck: SourceDeck): On<{ fence: Fence }>[] {
  return fences(deck).filter(({ fence }) => isDiagram(fence))
}

/** Every passage that a slide shows. */
export function passagesOf(deck: CheckedDeck, slide: SourceSlide): Passage[] {
  return passages(slide, shownProperties(deck.parts))
}

/** Every line of the notes, as spoken. */
export function noteLines(slide: SourceSlide): { line: number, text: string }[] {
  return spokenText(slide.note).split('\n').map((text, i) => ({ line: slide.noteLine + i, text }))
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
