import { type Box, heightOf, widthOf } from './geometry.ts'
import { type Cell, type Group, hasShape, type Row } from './structure.ts'
import type { Style } from './style.ts'

/** How much less than a row of nodes a row takes that holds none. */
const EMPTY = 0.7
/** px between two rows that both hold nodes. */
const ROW_GAP = 8
/** px above the rows of a frame with a title, below those of any frame, and above those of one without a title. */
export const STRIP = 40
const FOOT = 12
/** px above and below what stands in a frame of one row. */
const SLACK = 6
/** px that a frame's title stands in from its side. */
export const TITLE_INSET = 14
/** px of room for a pill above the uppermost nodes. */
const PILL_OVERLAP = 2

/** Where everything stands. */
export interface Places {
  boxes: Map<string, Box>
  /** The groups that have their title above their rows. */
  strips: Set<string>
}

/**
 * Sets a grid on tracks: columns of one width, and rows that share the height by what they hold, so that pictures with
 * the same rows agree to the pixel.
 * @param titleWidth the width of a group's title, in px.
 */
export function layOut(root: Group, { width, height, inset, growth, pill }: Style, hasPills: boolean, titleWidth: (group: Group) => number): Places {
  const boxes = new Map<string, Box>()
  const strips = new Set<string>()

  /** Fixed px above and below a group's rows. */
  function edgesOf(group: Group): { top: number, bottom: number } {
    if (!group.isFrame) return { top: 0, bottom: 0 }
    if (group.rows.length > 1) return { top: group.title ? STRIP : FOOT, bottom: FOOT }
    return strips.has(group.id) ? { top: STRIP, bottom: FOOT } : { top: SLACK, bottom: SLACK }
  }

  /** Height of a row whose nodes are `unit` px high. */
  function rowHeight(row: Row, unit: number): number {
    const heights = row.map(each => each.kind === 'group' ? groupHeight(each, unit) : hasShape(each) ? unit : unit * EMPTY)
    return Math.max(unit * EMPTY, ...heights)
  }

  function groupHeight(group: Group, unit: number): number {
    const { top, bottom } = edgesOf(group)
    const [only, ...others] = group.rows
    // The slack of one row is taken from its nodes.
    if (group.isFrame && others.length === 0 && !strips.has(group.id) && !only?.some(each => each.kind === 'group')) return unit
    return top + rowsHeight(group.rows, unit) + bottom
  }

  function rowsHeight(rows: readonly Row[], unit: number): number {
    return rows.reduce((sum, row, i) => sum + rowHeight(row, unit) + gapAbove(rows, i), 0)
  }

  function place(group: Group, box: Box): void {
    const { top, bottom } = edgesOf(group)
    const side = group.rows.length > 1 && group.id !== '' ? inset : 0
    const inner: Box = { left: box.left + side, right: box.right - side, top: box.top + top, bottom: box.bottom - bottom }
    const column = widthOf(inner) / group.columns
    const unit = solve(size => rowsHeight(group.rows, size), heightOf(inner))
    let y = inner.top
    group.rows.forEach((row, i) => {
      y += gapAbove(group.rows, i)
      const rowBottom = group.rows.length === 1 ? inner.bottom : y + rowHeight(row, unit)
      row.forEach((each, k) => {
        // In the narrow form a node takes something of a free column beside it.
        const canGrow = each.kind === 'cell' && hasShape(each)
        const [before, after] = [row[k - 1], row[k + 1]]
        const left = canGrow && (before ? before.column + before.span < each.column : each.column > 0 || side > 0) ? growth : 0
        const right = canGrow && (after ? each.column + each.span < after.column : each.column + each.span < group.columns || side > 0) ? growth : 0
        const own: Box = { left: inner.left + each.column * column - left, right: inner.left + (each.column + each.span) * column + right, top: y, bottom: rowBottom }
        if (each.kind === 'group') place(each, own)
        boxes.set(each.id, each.kind === 'cell' ? shapeBox(each, own) : own)
      })
      y = rowBottom
    })
    centreWords(group.rows)
  }

  /** Words that stand alone amid empty rows have the room of them all. */
  function centreWords(rows: readonly Row[]): void {
    for (let start = 0; start < rows.length; start++) {
      if (!isBare(rows[start])) continue
      let end = start
      while (isBare(rows[end + 1])) end++
      const run = rows.slice(start, end + 1)
      const worded = run.filter(row => row.length > 0)
      const [row] = worded
      for (const { id } of worded.length === 1 && row ? row : []) {
        const box = boxes.get(id)
        if (!box) continue
        // All rows of them are as high.
        const [height, before] = [heightOf(box), run.findIndex(each => each === row)]
        box.top -= height * before
        box.bottom += height * (run.length - 1 - before)
      }
      start = end
    }
  }

  /** Finds whether a group of one row has no place beside its nodes for its title. */
  function findStrip(group: Group, { left, right }: Pick<Box, 'left' | 'right'>): void {
    const [row = []] = group.rows
    if (group.rows.length !== 1 || !group.isFrame || !group.title || row.length === 0) return
    const column = (right - left) / group.columns
    const ends = [0, ...row.map(each => each.column + each.span)]
    const starts = [...row.map(each => each.column), group.columns]
    const widest = Math.max(...starts.map((start, i) => start - (ends[i] ?? 0)))
    if (widest * column < titleWidth(group) + TITLE_INSET) strips.add(group.id)
  }

  /** Strips are known before heights are shared: widths depend on columns alone. */
  function findStrips(group: Group, left: number, right: number): void {
    const side = group.rows.length > 1 && group.id !== '' ? inset : 0
    const column = (right - left - 2 * side) / group.columns
    for (const each of group.rows.flat()) {
      if (each.kind !== 'group') continue
      const own = { left: left + side + each.column * column, right: left + side + (each.column + each.span) * column }
      findStrip(each, own)
      findStrips(each, own.left, own.right)
    }
  }

  findStrips(root, 0, width)
  place(root, { left: 0, top: hasPills && topHolds(root.rows[0]) ? pill.height - PILL_OVERLAP : 0, right: width, bottom: height })
  return { boxes, strips }
}

/** The box that a cell's shape fills of its place. */
function shapeBox(cell: Cell, box: Box): Box {
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
  if (cell.shape === 'junction') return { left: x, right: x, top: y, bottom: y }
  if (cell.shape !== 'circle') return box
  const radius = Math.min(widthOf(box), heightOf(box), cell.lines.length > 0 ? Infinity : 30) / 2
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }
}

function gapAbove(rows: readonly Row[], i: number): number {
  return i > 0 && bottomHolds(rows[i - 1]) && topHolds(rows[i]) ? ROW_GAP : 0
}

/** Whether a row holds nothing but words, or nothing at all. */
const isBare = (row: Row | undefined): boolean => row?.every(each => each.kind === 'cell' && each.shape === 'words') ?? false
/** Whether something with a border stands at the upper or lower end of a row. */
const topHolds = (row: Row | undefined): boolean => row?.some(each => each.kind === 'cell' ? hasShape(each) : each.isFrame || topHolds(each.rows[0])) ?? false
const bottomHolds = (row: Row | undefined): boolean => row?.some(each => each.kind === 'cell' ? hasShape(each) : each.isFrame || bottomHolds(each.rows.at(-1))) ?? false

/** Where a rising function reaches a value. */
function solve(f: (x: number) => number, value: number): number {
  let [low, high] = [0, value * 2]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (f(middle) < value) low = middle
    else high = middle
  }
  return low
}
