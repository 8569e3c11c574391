import type { Language } from './editions.ts'
import { textLength } from './measure.ts'

/** Slidev's own marker, as its note renderer reads it: `[click]`, or `[click:3]` for three clicks. */
const MARKER = /\[click(?::(\d+))?\]/gi

/** How far notes may be off their slide's minutes: a third, either way. */
export const paceTolerance = 1 / 3

/** How many clicks the markers of a slide's notes stand for. */
export function clickMarkers(note: string): number {
  let clicks = 0
  for (const [, count] of note.matchAll(MARKER)) clicks += Number(count ?? 1)
  return clicks
}

/** The notes as spoken: without click markers. */
export function spokenText(note: string): string {
  return note.replace(MARKER, '')
}

/** Minutes that the notes take when spoken at a pace of so many units a minute. */
export function spokenMinutes(note: string, language: Language, pace: number): number {
  return textLength(spokenText(note), language) / pace
}

/** Whether the notes fit the slide's minutes within a third. */
export function fitsMinutes(note: string, minutes: number, language: Language, pace: number): boolean {
  return Math.abs(spokenMinutes(note, language, pace) - minutes) <= minutes * paceTolerance
}
