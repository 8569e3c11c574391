const CLAUSE = /^[，：；。！？”]+$|^[，：；。！？”]*[^，：；。！？]+[，：；。！？”]*|[^，：；。！？]+[，：；。！？”]*/g

/** Whether a piece of Markdown holds every mark as often as it closes it: emphasis, code, links, tags. */
function isWhole(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1
  return ['**', '__', '*', '_', '`'].every(mark => count(mark) % 2 === 0) && count('[') === count(']') && count('<') === count('>')
}

/**
 * Chinese running text in its clauses, each with the punctuation that ends it, so that lines can break between them.
 * Emphasis, a link or a tag that reaches over several keeps them together.
 */
export function clausesOf(text: string): string[] {
  const clauses: string[] = []
  let open = ''
  for (const clause of text.match(CLAUSE) ?? []) {
    open += clause
    if (!isWhole(open)) continue
    clauses.push(open)
    open = ''
  }
  // What never closes may have opened anywhere.
  return open ? [text] : clauses
}
