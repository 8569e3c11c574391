/** Paragraphs of each section of the essay: F on finance, T on the industrial internet. */
const sections = { F0: 4, F1: 4, F2: 8, T0: 4, T1: 4, T2: 4, T3: 4, T4: 4 } as const

/** The essay's paragraph numbers in reading order: F0.1 … T4.4, 36 in all. */
export const paragraphs: readonly string[] = Object.entries(sections)
  .flatMap(([section, count]) => Array.from({ length: count }, (_, i) => `${section}.${i + 1}`))

const known = new Set(paragraphs)

/** Whether a frontmatter value is a paragraph number of the essay. */
export function isParagraph(value: unknown): value is string {
  return typeof value === 'string' && known.has(value)
}
