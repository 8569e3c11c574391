import { languageOf, type Language } from 'slidev-addon-deck/editions'
import { parseFences, type Fence } from 'slidev-addon-deck/fences'
import { isDiagram, parseTags, passages, type Passage, type Tag } from 'slidev-addon-deck/markup'
import { spokenText } from 'slidev-addon-deck/notes'
import { keyLine, type SourceDeck, type SourceSlide } from 'slidev-addon-deck/source-deck'
import type { Finding } from 'slidev-addon-deck/rule'

/** Something of a slide. */
export type On<Thing> = Thing & { slide: SourceSlide }

/** Something that a deck in a known language holds. */
export type In<Thing> = Thing & { language: Language }

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

/** The slides of a deck whose language is known; none where it is not, since the limits hang on it. */
export function slidesInLanguage(deck: SourceDeck): In<{ slide: SourceSlide }>[] {
  const language = knownLanguage(deck)
  return language ? deck.slides.map(slide => ({ slide, language })) : []
}

/** Every passage that the slides show. */
export function shownText(deck: SourceDeck): On<{ passage: Passage }>[] {
  return deck.slides.flatMap(slide => passages(slide).map(passage => ({ slide, passage })))
}

/** Every line of the notes, as spoken. */
export function noteLines(slide: SourceSlide): { line: number, text: string }[] {
  return spokenText(slide.note).split('\n').map((text, i) => ({ line: slide.noteLine + i, text }))
}

/** The deck's language, or undefined where the headmatter names none that is known. */
export function knownLanguage(deck: SourceDeck): Language | undefined {
  try {
    return languageOf(deck.headmatter.lang)
  }
  catch {
    return undefined
  }
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
