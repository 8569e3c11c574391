/** One paragraph of the essay with the numbers of the slides that rest on it. */
export interface SourceEntry {
  paragraph: string
  slides: number[]
}

/** A section of the essay (F0, T1 …) with its paragraphs in order. */
export interface SourceSection {
  section: string
  entries: SourceEntry[]
}

const sectionOf = (paragraph: string) => paragraph.split('.')[0] ?? ''

/** Which slides rest on which paragraphs, from the slides' own `sources`. */
export function sourceIndex(slides: readonly { no: number, sources: readonly string[] }[]): SourceSection[] {
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
