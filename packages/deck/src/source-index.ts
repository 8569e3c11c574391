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
