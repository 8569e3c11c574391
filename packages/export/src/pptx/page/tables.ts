import type { Cell, Item, Paragraph, TableItem } from '../model.ts'
import { around } from '../boxes.ts'
import { bordersOf, type Canvas, colorOf, isShown, opacityOf, px } from './canvas.ts'
import { paragraphOf } from './text.ts'

/** Terms with their descriptions in an element each are a table to a program that has no list of that kind. */
export const TABLES = 'table, [role="table"], dl:has(> div)'
const ROWS = 'tr, [role="row"], dl > div'
const CELLS = 'td, th, [role="cell"], [role="rowheader"], [role="columnheader"], dt, dd'

/** A table, or the tables that one falls into where its rows stand in several columns. */
export function tablesOf(table: Element, canvas: Canvas): Item[] {
  const rows = [...table.querySelectorAll(ROWS)].filter(row => isShown(row) && row.closest(TABLES) === table)
  const columns = Map.groupBy(rows, row => table.matches('table') ? 0 : Math.round(canvas.boxOf(row).x))
  return [...columns.values()].flatMap(some => tableOf(some, canvas) ?? [])
}

/** One table of rows; undefined where they have no cells. */
function tableOf(rows: readonly Element[], canvas: Canvas): TableItem | undefined {
  const taken: boolean[][] = rows.map(() => [])
  const placed = rows.flatMap((row, y) => {
    let x = 0
    return [...row.querySelectorAll<HTMLElement>(CELLS)].filter(isShown).map((element) => {
      while (taken[y]?.[x]) x++
      const columns = element instanceof HTMLTableCellElement ? element.colSpan : 1
      const below = element instanceof HTMLTableCellElement ? element.rowSpan : 1
      const count = Math.min(below || rows.length - y, rows.length - y)
      for (let i = 0; i < count; i++) for (let j = 0; j < columns; j++) (taken[y + i] ??= [])[x + j] = true
      return { element, x, y, columns, rows: count, box: canvas.boxOf(element) }
    })
  })
  if (placed.length === 0) return undefined
  const width = Math.max(1, ...placed.map(({ x, columns }) => x + columns))
  const box = around([...placed.map(each => each.box), ...rows.map(row => canvas.boxOf(row)).filter(({ height }) => height > 0)])
  const lefts = Array.from({ length: width }, (_, i) => Math.min(...placed.filter(({ x }) => x === i).map(each => each.box.x)))
  const tops = rows.map(row => canvas.boxOf(row).y)
  lefts[0] = box.x
  const right = box.x + box.width
  // A column that no cell begins in has no width of its own.
  for (let i = width - 1; i > 0; i--) if (!Number.isFinite(lefts[i])) lefts[i] = lefts[i + 1] ?? right
  const bottom = box.y + box.height
  return {
    kind: 'table',
    box,
    columns: lefts.map((left, i) => Math.max(1, (lefts[i + 1] ?? right) - left)),
    rows: tops.map((top, y) => ({
      height: Math.max(1, (tops[y + 1] ?? bottom) - top),
      cells: Array.from({ length: width }, (_, x) => {
        const found = placed.find(each => each.x === x && each.y === y)
        const row = rows[y]
        return found && row && cellOf(found.element, row, { ...found, above: found.box.y - top }, canvas)
      }),
    })),
    hasHeader: rows[0]?.closest('thead') !== null,
  }
}

/** @param place how many columns and rows it takes, and how far below its row's upper edge it begins. */
function cellOf(element: HTMLElement, row: Element, { columns, rows, above }: { columns: number, rows: number, above: number }, canvas: Canvas): Cell {
  const style = getComputedStyle(element)
  const rowStyle = getComputedStyle(row)
  const opacity = opacityOf(element)
  const fill = colorOf(style.backgroundColor, opacity) ?? colorOf(rowStyle.backgroundColor, opacity)
  const blocks = [...element.children].filter(child => !getComputedStyle(child).display.startsWith('inline') && getComputedStyle(child).display !== 'none')
  const parts = blocks.length > 0 ? blocks.map(block => paragraphOf([...block.childNodes], getComputedStyle(block), canvas)) : [paragraphOf([...element.childNodes], style, canvas)]
  const paragraphs = parts.filter((part): part is Paragraph => part !== undefined)
  return {
    body: {
      paragraphs,
      wraps: true,
      anchor: style.verticalAlign === 'middle' ? 'middle' : style.verticalAlign === 'bottom' ? 'bottom' : 'top',
      insets: { left: px(style.paddingLeft), top: above + px(style.paddingTop), right: px(style.paddingRight), bottom: px(style.paddingBottom) },
    },
    columns, rows,
    ...fill && { fill },
    borders: { ...bordersOf(row), ...bordersOf(element) },
  }
}
