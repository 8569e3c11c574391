/** One layout shift as the browser reports it. */
export interface LayoutShift {
  /** In ms. */
  at: number
  value: number
}

/** The middle value, the mean of the two middle ones of an even number; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2
}

/** Cumulative Layout Shift (web.dev/articles/cls): the worst session window, which lasts 5 s at most, with gaps below 1 s. */
export function cumulativeLayoutShift(shifts: readonly LayoutShift[]): number {
  let [worst, sum, start, last] = [0, 0, 0, 0]
  for (const { at, value } of [...shifts].sort((a, b) => a.at - b.at)) {
    if (sum === 0 || at - last >= 1000 || at - start >= 5000) [sum, start] = [0, at]
    sum += value
    last = at
    worst = Math.max(worst, sum)
  }
  return worst
}
