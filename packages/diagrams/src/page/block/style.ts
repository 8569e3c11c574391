/** How wide a picture is drawn: over a whole slide, or, for print, over half of one. */
export const forms = ['wide', 'narrow'] as const
export type Form = typeof forms[number]

/** Measures of a picture, in px. */
export interface Style {
  width: number
  height: number
  /** How far a block of several rows sets its rows in from its sides. */
  inset: number
  /** How much of a free column a node takes at each side. */
  growth: number
  /** px between a label and the sides of its shape. */
  padding: number
  /** Sizes of a label's first line: by its shape's height, between two ends, and shrunk at most to the last. */
  first: { ofHeight: number, from: number, to: number, least: number }
  /** How much larger the label of a hero is. */
  heroGain: number
  /** Sizes of its further lines. */
  further: { size: number, least: number }
  /** Whether a Chinese label may break in its middle. */
  breaksHan: boolean
  /** Words without a shape, and those that are a claim. */
  words: number
  heroWords: number
  title: number
  /** Whether the label of an edge may break in two. */
  breaksEdges: boolean
  /** Labels of edges, the preferred size first; of two lines; */
  edge: { sizes: readonly number[], twoLines: number }
  pill: { size: number, height: number, padding: number }
  /** Heads: length and width of those of a side, of heroes and of all else. */
  head: Readonly<Record<'side' | 'hero' | 'plain', { length: number, width: number }>>
}

/** Width, in px, of the wide form. */
export const WIDE = 868

const wide: Omit<Style, 'height'> = {
  width: WIDE,
  inset: 24,
  growth: 0,
  padding: 8,
  first: { ofHeight: 0.42, from: 26, to: 38, least: 21 },
  heroGain: 3,
  further: { size: 24, least: 21 },
  breaksHan: false,
  words: 28,
  heroWords: 36,
  title: 26,
  breaksEdges: false,
  edge: { sizes: [28, 25, 22], twoLines: 24 },
  pill: { size: 22, height: 34, padding: 14 },
  head: { side: { length: 24, width: 24 }, hero: { length: 28, width: 30 }, plain: { length: 13, width: 12 } },
}

const narrow: Omit<Style, 'height'> = {
  width: 420,
  inset: 12,
  growth: 3,
  padding: 3,
  first: { ofHeight: 0.3, from: 22, to: 26, least: 16 },
  heroGain: 0,
  further: { size: 20, least: 16 },
  breaksHan: true,
  words: 22,
  heroWords: 28,
  title: 22,
  breaksEdges: true,
  edge: { sizes: [22, 20, 18, 16], twoLines: 20 },
  pill: { size: 18, height: 34, padding: 8 },
  head: { side: { length: 18, width: 18 }, hero: { length: 20, width: 20 }, plain: { length: 9, width: 10 } },
}

/** The measures of a form. @param height of the picture, in px. */
export const styleOf = (form: Form, height: number): Style => ({ ...form === 'wide' ? wide : narrow, height })
