/**
 * The slides that a range like `1,3-5` names, ascending, each once; all of them where it is not given.
 * @param total how many slides there are.
 * @throws RangeError where it is no range, or names a slide that there is not.
 */
export function slideRange(range: string | undefined, total: number): number[] {
  if (range === undefined) return Array.from({ length: total }, (_, i) => i + 1)
  const slides = range.split(',').flatMap((part) => {
    const [, from, to = from] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part) ?? []
    const [first, last] = [Number(from), Number(to)]
    if (!from || first > last) throw new RangeError(`"${range}" is no range of slides: write it like 1,3-5.`)
    if (first < 1 || last > total) throw new RangeError(`The range ${range} is outside the deck: it has the slides 1 to ${total}.`)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  })
  return [...new Set(slides)].sort((a, b) => a - b)
}
