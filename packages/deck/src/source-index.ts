const sectionOf = (paragraph: string) => paragraph.split('.')[0] ?? ''

/**
 * Which slides rest on which paragraphs of the essay, from the slides' own `sources`.
 * @returns its sections (F0, T1 …) with their paragraphs in order, each with the numbers of the slides that rest on it.
 */
export function sourceIndex(slides: readonly { no: number, sources: readonly string[] }[]) {
  const paragraphs = [...new Set(slides.flatMap(({ sources }) => sources))]
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const sections = [...new Set(paragraphs.map(sectionOf))]
  return sections.map(section => ({
    section,
    entries: paragraphs.filter(paragraph => sectionOf(paragraph) === section).map(paragraph => ({
      paragraph,
      slides: slides.filter(({ sources }) => sources.includes(paragraph)).map(({ no }) => no),
    })),
  }))
}

/** Paragraphs in short form: those that follow one another in a section become one range, as T1.1 T1.2 T1.3 become T1.1–3. */
export function paragraphRanges(paragraphs: readonly string[]): string[] {
  const ranges: { first: string, section: string, last: number, size: number }[] = []
  for (const paragraph of paragraphs) {
    const section = sectionOf(paragraph)
    const number = Number(paragraph.slice(section.length + 1) || Number.NaN)
    const range = ranges.at(-1)
    if (range?.section === section && number === range.last + 1) Object.assign(range, { last: number, size: range.size + 1 })
    else ranges.push({ first: paragraph, section, last: number, size: 1 })
  }
  return ranges.map(({ first, last, size }) => size > 1 ? `${first}–${last}` : first)
}
