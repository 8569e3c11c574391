import type { Marks } from './snapshot.ts'

/** Smallest text in px of the canvas. */
export const BODY_SIZE = 22
/** Nothing stands nearer to an edge of the slide, in px of the canvas. */
export const EDGE = 16
/** Paints up to the edges: the cover's picture and blocks of colour, which say nothing to assistive technology. */
export const DECORATION = '.slidev-layout.cover > .scene, .slidev-layout > .block'

/** Every text that may be smaller than body text: where it stands, and its own limit. */
export const SMALLER: Readonly<Record<string, { selector: string, size: number }>> = {
  diagram: { selector: '.diagram svg', size: 21 },
  footer: { selector: '.deck-footer', size: 12 },
  appendix: { selector: '.slidev-layout.appendix', size: 12 },
}

/** What the snapshot tells apart. */
export const MARKS: Marks = {
  ...Object.fromEntries(Object.entries(SMALLER).map(([name, { selector }]) => [name, selector])),
  headline: '.slidev-layout h1',
  callout: '.callout',
}
