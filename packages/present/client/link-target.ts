/** Where a link of a slide leads. */
export interface LinkTarget {
  /** The number of the slide, where it is one. */
  no?: number
  /** Below the deck's address, where it is a file or a page that is no slide: its path without a leading slash. */
  file?: string
}

/**
 * Finds out where a link leads: to a slide by number or id, with or without slashes around it, or to something else below the deck's address.
 * What names a place on the slide itself is neither.
 */
export function linkTarget(to: string, slides: readonly { no: number, id: string }[]): LinkTarget {
  const [, path = ''] = /^(?:\.?\/)?#?\/?([^?#]*)/.exec(to) ?? []
  const name = path.replace(/\/$/, '')
  const slide = slides.find(({ no, id }) => name !== '' && (String(no) === name || id === name))
  if (slide) return { no: slide.no }
  return /^\.?\/[^#]/.test(to) ? { file: to.replace(/^\.?\//, '') } : {}
}
