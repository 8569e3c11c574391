import { isBlockClass, marksOf, type ClassLine, type MarkedStatement, type Marks } from 'slidev-addon-deck/fences'

/** What Mermaid's parser knows of a cell of a block diagram. */
export interface MermaidBlock {
  id: string
  label?: string
  type?: string
  children?: MermaidBlock[]
  /** Missing in a cell that nobody declared: an edge names it, and Mermaid makes it silently. */
  widthInColumns?: number
  /** Of a composite block; -1 or missing where it declares none. */
  columns?: number
}

/** What Mermaid's parser knows of an edge of a block diagram. */
export interface MermaidLink {
  start?: string
  end?: string
  label?: string
  arrowTypeStart?: string
  arrowTypeEnd?: string
}

/** What Mermaid's parser has read. */
export interface MermaidBlocks {
  blocks: readonly MermaidBlock[]
  /** Of the outermost grid; -1 where it declares none. */
  columns: number
  links: readonly MermaidLink[]
}

/** What the fence itself says beyond Mermaid's language. */
export interface FenceClasses {
  marks: Readonly<Record<string, Marks>>
  statements: readonly MarkedStatement[]
  classLines: readonly ClassLine[]
  /** The word of each pill, the first of `mark1`. */
  pillWords: readonly string[]
}

/** A fault in a fence that Mermaid itself can read; `line` is the 1-based line in the fence's file. */
export class FenceFault extends Error {
  readonly line: number
  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

/** A cell of a grid: a shape or words. */
export interface Cell {
  kind: 'cell'
  id: string
  shape: 'rect' | 'circle' | 'pill' | 'words' | 'junction'
  /** The label's lines; none where it is blank. */
  lines: string[]
  /** The first column, from 0, and how many it takes. */
  column: number
  span: number
  marks: Marks
}

/** A composite block. */
export interface Group {
  kind: 'group'
  id: string
  title: string
  /** Drawn with a border; else it only groups. */
  isFrame: boolean
  columns: number
  rows: Row[]
  column: number
  span: number
  marks: Marks
}

/** What stands in one row, from left to right; spaces are left out. */
export type Row = (Cell | Group)[]

/** An edge. */
export interface Link {
  from: string
  to: string
  lines: string[]
  marks: Marks
  headAtStart: boolean
  headAtEnd: boolean
  /** 1-based line in the file. */
  line: number
}

/** What a block diagram consists of. */
export interface Structure {
  root: Group
  links: Link[]
}

/** An edge stands outside quotes, in one of Mermaid's strokes. */
const LINK = /--|==|-\.|\.-|~~~/
const SHAPES: Readonly<Record<string, Cell['shape']>> = { na: 'rect', square: 'rect', round: 'rect', circle: 'circle', stadium: 'pill' }

const unquoted = (text: string) => text.replace(/"[^"]*"/g, '""')

/** The lines of a label. Mermaid keeps it as HTML. */
function linesOf(label: string): string[] {
  return label.split(/<br\s*\/?>/i)
    .map(line => line.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&').replace(/\s+/g, ' ').trim())
    .filter(Boolean)
}

/**
 * Makes sense of a block diagram: cells in their rows and columns, edges with their classes.
 * @throws FenceFault where it is not one that can be drawn: an unknown class, a pill without a word, a cell that its grid
 * has no room for, a class or an edge for what is not there. Error for what Mermaid could draw, but this can't.
 */
export function readStructure({ blocks, columns, links }: MermaidBlocks, fence: FenceClasses): Structure {
  for (const { line, names } of fence.classLines) checkClasses(names, line, fence.pillWords)
  const lineOf = (id: string) => fence.statements.find(({ text }) => unquoted(text).split(/[^\p{L}\p{M}\p{N}_]+/u).includes(id))?.line ?? fence.statements[0]?.line ?? 1
  const marksFor = (id: string): Marks => fence.marks[id] ?? {}

  function groupOf(id: string, title: string, children: readonly MermaidBlock[], declared: number, place: { column: number, span: number }): Group {
    const spanOf = ({ type, widthInColumns }: MermaidBlock) => type === 'space' ? 1 : widthInColumns ?? 1
    const count = declared > 0 ? declared : Math.max(1, children.reduce((sum, child) => sum + spanOf(child), 0))
    const rows: Row[] = []
    let used = count
    for (const child of children) {
      const span = spanOf(child)
      if (child.type !== 'space' && child.type !== 'composite' && child.widthInColumns === undefined) throw undeclared(child.id)
      if (span > count) throw new FenceFault(`"${child.id}" is ${span} columns wide, but its grid has ${count}: make it narrower, or the grid wider.`, lineOf(child.id))
      if (used + span > count && used < count) throw new FenceFault(`"${child.id}" is ${span} columns wide, but its row has ${count - used} left: make it narrower, or fill the row with "space" before it.`, lineOf(child.id))
      if (used >= count) {
        rows.push([])
        used = 0
      }
      if (child.type !== 'space') rows.at(-1)?.push(cellOf(child, { column: used, span }))
      used += span
    }
    const marks = marksFor(id)
    return { kind: 'group', id, title, isFrame: title !== '' || Boolean(marks.side) || Boolean(marks.looks), columns: count, rows, ...place, marks }
  }

  function cellOf(block: MermaidBlock, place: { column: number, span: number }): Cell | Group {
    const { id, type = 'na', label = '' } = block
    if (type === 'composite') return groupOf(id, linesOf(label).join(' '), block.children ?? [], block.columns ?? -1, place)
    const shape = SHAPES[type]
    if (!shape) throw new Error(`There is no shape "${type}" for "${id}" in a block diagram, only [" "], (" "), ([" "]) and ((" ")).`)
    const marks = marksFor(id)
    const lines = linesOf(label)
    const isJunction = shape === 'circle' && lines.length === 0 && !marks.side && !marks.looks
    return { kind: 'cell', id, shape: isJunction ? 'junction' : marks.looks?.includes('label') ? 'words' : shape, lines, ...place, marks }
  }

  function undeclared(id: string): FenceFault {
    const edge = fence.statements.find(({ text }) => LINK.test(unquoted(text)) && unquoted(text).split(/[^\p{L}\p{M}\p{N}_]+/u).includes(id))
    return new FenceFault(`There is no block "${id}" for this edge: correct the name, or declare it above.`, edge?.line ?? lineOf(id))
  }

  const root = groupOf('', '', blocks, columns, { column: 0, span: 1 })
  const all = new Map(everything(root).map(each => [each.id, each]))
  for (const { line, ids } of fence.classLines) {
    const missing = ids.find(id => !all.has(id))
    if (missing !== undefined) throw new FenceFault(`There is no block "${missing}" for this class: correct the name.`, line)
  }
  const lines = fence.statements.filter(({ text }) => LINK.test(unquoted(text)))
  if (lines.length !== links.length) throw new FenceFault(`${lines.length} lines with edges were read, Mermaid found ${links.length} edges: write each edge on a line of its own.`, lines[0]?.line ?? 1)
  return {
    root,
    links: links.map(({ start = '', end = '', label = '', arrowTypeStart, arrowTypeEnd }, i) => {
      const { line, marks } = lines[i] ?? { line: 1, marks: {} }
      const [from, to] = [all.get(start), all.get(end)]
      if (!from) throw undeclared(start)
      if (!to) throw undeclared(end)
      const step = marks.step ?? Math.max(from.marks.step ?? 0, to.marks.step ?? 0)
      return {
        from: start, to: end, lines: linesOf(label), line,
        marks: { ...marks, ...step > 0 && { step } },
        headAtStart: isHead(arrowTypeStart), headAtEnd: isHead(arrowTypeEnd),
      }
    }),
  }
}

function checkClasses(names: readonly string[], line: number, pillWords: readonly string[]): void {
  const unknown = names.find(name => !isBlockClass(name))
  if (unknown !== undefined) throw new FenceFault(`There is no class "${unknown}" in a block diagram: use old, new, quiet, hero, ghost, label, step1 …, mark1 …, and for edges arc or under.`, line)
  const { pill } = marksOf(names)
  if (pill !== undefined && !pillWords[pill - 1]) throw new FenceFault(`mark${pill} has no word: write one into "marks" of the edition in deck.config.ts.`, line)
}

/** @throws for a head that is not drawn. */
function isHead(arrowType: string | undefined): boolean {
  if (arrowType === 'arrow_circle' || arrowType === 'arrow_cross') throw new Error('Lines end in an arrow or in nothing, not in a circle or a cross.')
  return arrowType === 'arrow_point'
}

/** Every cell and group below a group, from top to bottom, a group before what it holds. */
export function everything(group: Group): (Cell | Group)[] {
  return group.rows.flat().flatMap(each => each.kind === 'group' ? [each, ...everything(each)] : [each])
}

/** Where everything stands: its row, its column in it, and so on in each block around it, from the outermost. */
export function placesIn(group: Group, around: readonly number[] = []): Map<string, readonly number[]> {
  const places = group.rows.flatMap((row, i) => row.flatMap((each) => {
    const place = [...around, i, each.column]
    return [[each.id, place] as const, ...each.kind === 'group' ? placesIn(each, place) : []]
  }))
  return new Map(places)
}

/** Whether an element is painted with a border and can be met by an edge or a label. */
export const hasShape = (cell: Cell) => cell.shape !== 'words' && cell.shape !== 'junction'
