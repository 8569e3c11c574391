/** An element of a PDF's structure, or a piece of content at its end. */
export interface Element<Content> {
  type: string
  kids: Kid<Content>[]
  /** What a screen reader says instead of it. */
  alt?: string
  lang?: string
  /** Of a table cell. */
  scope?: 'Row' | 'Column'
  rowSpan?: number
  colSpan?: number
}

/** Marked content or a link's annotation, on a page. */
export interface Leaf<Content> {
  page: number
  content: Content
}

export type Kid<Content> = Element<Content> | Leaf<Content>

export function isLeaf<Content>(kid: Kid<Content>): kid is Leaf<Content> {
  return 'content' in kid
}

/** Types that hold blocks; content directly in them becomes a paragraph. */
const CONTAINERS = new Set(['Document', 'Part', 'Art', 'Sect', 'Div', 'NonStruct', 'BlockQuote', 'Aside'])
const INLINE = new Set(['Span', 'Link', 'Em', 'Strong', 'Code', 'Quote'])
const CELLS = new Set(['TH', 'TD'])
/** Types that PDF 1.7 does not know. */
const LATER = new Set(['Em', 'Strong'])

/**
 * Chromium's structure of printed slides, as people use one: without its wrappers, a section for each page, a paragraph around
 * loose text, one figure for each picture, items of lists and cells of tables as PDF/UA wants them.
 * @param document the structure's root, without content that is decoration.
 * @param titled whether the first headline names the whole document: then all others rank below it.
 */
export function tidy<Content>(document: Element<Content>, { titled }: { titled: boolean }): Element<Content> {
  const pages = Map.groupBy(document.kids.flatMap(kid => blocks(kid)), kid => pageOf(kid) ?? 0)
  const sections = [...pages].sort(([a], [b]) => a - b).map(([, kids]): Element<Content> => ({ type: 'Sect', kids }))
  const tidied = { ...document, type: 'Document', kids: sections }
  if (titled) lowerHeadings(tidied)
  return tidied
}

export function pageOf<Content>(kid: Kid<Content>): number | undefined {
  if (isLeaf(kid)) return kid.page
  for (const inner of kid.kids) {
    const page = pageOf(inner)
    if (page !== undefined) return page
  }
  return undefined
}

/** Every piece of content of an element. */
export function leavesOf<Content>(kid: Kid<Content>): Leaf<Content>[] {
  return isLeaf(kid) ? [kid] : kid.kids.flatMap(inner => leavesOf(inner))
}

const isInline = <Content>(kid: Kid<Content>): boolean => isLeaf(kid) || ((INLINE.has(kid.type) || kid.type === 'NonStruct') && kid.kids.every(inner => isInline(inner)))

/** What a kid is among blocks. */
function blocks<Content>(kid: Kid<Content>): Kid<Content>[] {
  if (isInline(kid)) {
    const kids = inlines(kid)
    return kids.length > 0 ? [{ type: 'P', kids }] : []
  }
  if (isLeaf(kid)) return []
  if (CONTAINERS.has(kid.type)) return kid.kids.flatMap(inner => blocks(inner))
  const element = block(kid)
  return element ? [element] : []
}

function block<Content>(element: Element<Content>): Element<Content> | undefined {
  const { type, kids } = element
  if (type === 'Figure') return leavesOf(element).length > 0 ? { ...element, kids: leavesOf(element) } : undefined
  if (type === 'Table') return table(element)
  if (type === 'LI') {
    const isLabel = (kid: Kid<Content>) => !isLeaf(kid) && kid.type === 'Lbl'
    const body = kids.filter(kid => !isLabel(kid)).flatMap(kid => isInline(kid) ? inlines(kid) : blocks(kid))
    return body.length > 0 ? { ...element, kids: [...kids.filter(isLabel).flatMap(blocks), { type: 'LBody', kids: body }] } : undefined
  }
  const inner = kids.every(isInline) ? kids.flatMap(kid => inlines(kid)) : kids.flatMap(kid => blocks(kid))
  return inner.length > 0 ? { ...element, kids: inner } : undefined
}

function inlines<Content>(kid: Kid<Content>): Kid<Content>[] {
  if (isLeaf(kid)) return [kid]
  const kids = kid.kids.flatMap(inner => inlines(inner))
  if (kids.length === 0) return []
  return kid.type === 'NonStruct' && kid.lang === undefined ? kids : [{ ...kid, type: kid.type === 'NonStruct' || LATER.has(kid.type) ? 'Span' : kid.type, kids }]
}

/** A table of rows of equal length; every head cell says what it is the head of. */
function table<Content>(element: Element<Content>): Element<Content> {
  const rowsOf = (kid: Kid<Content>): Element<Content>[] => isLeaf(kid) ? [] : kid.type === 'TR' ? [kid] : kid.kids.flatMap(rowsOf)
  const rows = rowsOf(element)
  /** Rows that a cell of an earlier row reaches into, by row. */
  const taken = rows.map(() => 0)
  const filled = rows.map((row, y): Element<Content> => {
    const cells = row.kids.filter((kid): kid is Element<Content> => !isLeaf(kid) && CELLS.has(kid.type)).map((cell): Element<Content> => {
      for (let below = 1; below < (cell.rowSpan ?? 1) && y + below < rows.length; below++) taken[y + below] = (taken[y + below] ?? 0) + (cell.colSpan ?? 1)
      const kids = cell.kids.flatMap(kid => isInline(kid) ? inlines(kid) : blocks(kid))
      return { ...cell, kids, ...cell.type === 'TH' && { scope: cell.scope ?? (y === 0 ? 'Column' : 'Row') } }
    })
    return { ...row, kids: cells }
  })
  const width = (row: Element<Content>, y: number) => row.kids.reduce((sum, cell) => sum + (isLeaf(cell) ? 0 : cell.colSpan ?? 1), taken[y] ?? 0)
  const widest = Math.max(...filled.map(width))
  return { ...element, kids: filled.map((row, y) => ({ ...row, kids: [...row.kids, ...Array.from({ length: widest - width(row, y) }, (): Element<Content> => ({ type: 'TD', kids: [] }))] })) }
}

/** The first headline names the whole document: all others rank one below what they are. */
function lowerHeadings<Content>(document: Element<Content>): void {
  let seen = false
  const visit = (kid: Kid<Content>) => {
    if (isLeaf(kid)) return
    const [, rank] = /^H([1-5])$/.exec(kid.type) ?? []
    if (rank && seen) kid.type = `H${Number(rank) + 1}`
    if (rank) seen = true
    kid.kids.forEach(visit)
  }
  visit(document)
}
