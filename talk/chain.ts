/** What a cell is: part of the row, the one that the row is about, or a place that is open. */
export type CellKind = 'plain' | 'filled' | 'open'

/** What leads to a cell from the one before it: an arrow, a question, nothing. */
export type CellLink = 'arrow' | 'open' | 'none'

/** A cell of a row. */
export interface Cell {
  word: string
  kind: CellKind
  link: CellLink
}

const LINKS: Readonly<Record<string, CellLink>> = { '>': 'arrow', '?': 'open', '|': 'none' }

/**
 * Reads a row of cells as slides write it: `Supply > Making ? [You] | {?}`.
 * @throws where a cell is empty.
 */
export function parseChain(chain: string): Cell[] {
  const [first = '', ...rest] = ` ${chain} `.split(/\s([>?|])(?=\s)/)
  const cells = [cellOf(first, 'none')]
  for (let i = 0; i < rest.length; i += 2) cells.push(cellOf(rest[i + 1] ?? '', LINKS[rest[i] ?? ''] ?? 'none'))
  if (cells.some(({ word }) => word === '')) throw new Error(`“${chain}” has an empty cell: write words between >, ? and |.`)
  return cells
}

function cellOf(text: string, link: CellLink): Cell {
  const [, filled] = /^\[(.*)\]$/.exec(text.trim()) ?? []
  const [, open] = /^\{(.*)\}$/.exec(text.trim()) ?? []
  return { word: (filled ?? open ?? text).trim(), kind: filled !== undefined ? 'filled' : open !== undefined ? 'open' : 'plain', link }
}
