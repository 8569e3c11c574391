// What is read of a slide in the browser, and what its PowerPoint slide is written from. All lengths are px of the slide's canvas.

export interface Point {
  x: number
  y: number
}

export interface Box extends Point {
  width: number
  height: number
}

/** A colour: six hexadecimal digits, and how much it covers, from 0 to 1. */
export interface Color {
  rgb: string
  alpha: number
}

export interface Stroke {
  color: Color
  width: number
  /** Lengths of dashes and gaps in turn; none for a solid line. */
  dash: readonly number[]
  isRound?: boolean
}

/** A stretch of text in one look. */
export interface Run {
  /** `\n` alone is a break of the line within its paragraph. */
  text: string
  /** The family that paints it, by its name in CSS. */
  family: string
  size: number
  isBold: boolean
  isItalic: boolean
  isUnderlined: boolean
  isDotted: boolean
  isStruck: boolean
  color: Color
  ground?: Color
  /** How far it is raised, as a part of its size; below 0 where it is lowered. */
  raised: number
  /** Space between letters. */
  spacing: number
  /** BCP 47 tag. */
  lang: string
  /** An address, or the number of a slide. */
  link?: string | number
  /** It is the slide's own number. */
  isPageNumber?: boolean
}

/** The mark before an item of a list. */
export type Bullet = { character: string, color?: Color } | { numbering: string, start: number, color?: Color }

export type Align = 'left' | 'center' | 'right' | 'justify'

export interface Paragraph {
  runs: Run[]
  align: Align
  /** Height of a line, as a part of what the font itself asks for, and in px; without the latter it is what the font asks for. */
  leading: number
  lineHeight?: number
  /** Space above it. */
  before: number
  /** How deep it lies in lists: 0 outside of them. */
  level: number
  /** From the frame's edge to its text, and from there back to its bullet. */
  indent: number
  hanging: number
  bullet?: Bullet
}

/** Text with its place in a frame. */
export interface TextBody {
  paragraphs: Paragraph[]
  /** Whether lines break where the frame ends. */
  wraps: boolean
  anchor: 'top' | 'middle' | 'bottom'
  /** From the frame's edges to the text. */
  insets: { left: number, top: number, right: number, bottom: number }
}

/** Of a path: where it goes, by straight lines and cubic curves. */
export type Segment = { to: Point, isMove?: boolean, out?: Point, into?: Point } | 'close'

export type Outline =
  | { kind: 'box', radius: number }
  | { kind: 'ellipse' }
  | { kind: 'diamond' }
  | { kind: 'path', segments: Segment[] }

/** What a text is to the slide: what it is not said of, is a text box. */
export type TextRole = 'title' | 'body' | 'foot' | 'pageNumber'

/** Text by itself. */
export interface TextItem {
  kind: 'text'
  role?: TextRole
  box: Box
  body: TextBody
}

export interface ShapeItem {
  kind: 'shape'
  name: string
  box: Box
  outline: Outline
  fill?: Color
  stroke?: Stroke
  body?: TextBody
  /** Said by a screen reader; without it a shape without text is decoration. */
  alt?: string
}

/** A straight line that belongs to nothing: the border of one side. */
export interface LineItem {
  kind: 'line'
  from: Point
  to: Point
  stroke: Stroke
}

export interface Cell {
  body: TextBody
  columns: number
  rows: number
  fill?: Color
  borders: Partial<Record<'left' | 'top' | 'right' | 'bottom', Stroke>>
}

export interface TableItem {
  kind: 'table'
  box: Box
  columns: number[]
  /** Each with its height and its cells by column; undefined where a cell beside or above reaches. */
  rows: { height: number, cells: (Cell | undefined)[] }[]
  hasHeader: boolean
}

/** What has no native form: a picture of that part of the slide. */
export interface PictureItem {
  kind: 'picture'
  box: Box
  alt: string
  /** What it shows, for the export's summary. */
  what: 'image' | 'code' | 'frame' | 'formula' | 'drawing'
  /** By which the export finds it in the page. */
  id: string
}

/** Things that belong together, like a callout. */
export interface GroupItem {
  kind: 'group'
  name: string
  alt: string
  items: Item[]
}

/** Something of a diagram that has an outline, a text, or both. */
export interface DiagramNode {
  kind: 'node'
  /** Its id in the diagram; '' where it has none. */
  id: string
  box: Box
  outline?: Outline
  fill?: Color
  stroke?: Stroke
  /** What else is painted with it: the lifeline of a participant, the dot in a ring. */
  parts: DiagramPart[]
  label?: Label
}

export interface DiagramPart {
  box: Box
  outline: Outline
  fill?: Color
  stroke?: Stroke
}

export interface DiagramEdge {
  kind: 'edge'
  /** Ids of what it joins; '' where the diagram does not say. */
  from: string
  to: string
  segments: Segment[]
  stroke: Stroke
  /** The heads at its ends. */
  heads: { tip: Point, length: number, width: number }[]
  label?: Label
}

/** A text in a diagram, each row a paragraph of its own. */
export interface Label {
  box: Box
  paragraphs: Paragraph[]
  /** What is painted behind it. */
  ground?: Color
}

export interface DiagramItem {
  kind: 'diagram'
  title: string
  description: string
  box: Box
  /** In the order they are painted. */
  elements: (DiagramNode | DiagramEdge)[]
  /** Whether it is a state of a picture that moves. */
  isState: boolean
}

export type Item = TextItem | ShapeItem | LineItem | TableItem | PictureItem | GroupItem | DiagramItem

/** A slide as it shows at one of its clicks. */
export interface ReadSlide {
  /** Number of the slide in the deck, and how many clicks were made. */
  no: number
  click: number
  /** It is what print shows in place of the slide's picture that moves, after all of that one's states. */
  isInPrint: boolean
  background?: Color
  /** In the order of reading. */
  items: Item[]
}

/** What a page knows of itself beside its slides. */
export interface ReadDeck {
  slides: ReadSlide[]
  width: number
  height: number
}
