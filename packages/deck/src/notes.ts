/** Slidev's own marker, as its note renderer reads it: `[click]`, or `[click:3]` for three clicks. */
export const MARKER = /\[click(?::(\d+))?\]/gi

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
