/** Who set up each slide's clicks last. */
const latest = new WeakMap<object, symbol>()

/**
 * Begins the clicks of a slide anew where it is exchanged for an edited one: Vue sets up the new one before it takes the old
 * one down, which would forget the clicks of both. Does nothing in a build.
 * @param forget empties what is known of the slide's clicks
 * @returns whether the slide has been replaced since
 */
export function takeOver(clicks: object, forget: () => void): () => boolean {
  if (!import.meta.hot) return () => false
  const own = Symbol()
  latest.set(clicks, own)
  forget()
  return () => latest.get(clicks) !== own
}
