interface Slide { no: number, id: string }

/** Where a slide stands in the reading page: the anchor is the same in every edition. */
export const readingAnchor = ({ no, id }: Slide) => id || `slide-${no}`

/**
 * Address of a slide's part of the reading page.
 * @param base the edition's address, with a slash at both ends
 */
export const readingAddress = (base: string, slide: Slide) => `${base}read/#${readingAnchor(slide)}`
