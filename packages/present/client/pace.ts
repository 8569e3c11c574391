/** How the speaker stands against the plan. */
export interface Pace {
  state: 'onPace' | 'ahead' | 'behind'
  /** Seconds ahead or behind; 0 on pace. */
  seconds: number
}

/**
 * Compares the time spoken with the planned minutes of the slides: ahead where the current slide was not yet due,
 * behind where it should be over.
 * @param minutes planned minutes of each slide, in order
 * @param current 0-based index of the current slide
 * @param elapsed seconds since the talk began
 * @throws RangeError where the deck has no such slide
 */
export function paceOf(minutes: readonly number[], current: number, elapsed: number): Pace {
  const own = minutes[current]
  if (own === undefined) throw new RangeError(`No slide ${current + 1} in a deck of ${minutes.length}.`)
  const start = minutes.slice(0, current).reduce((sum, each) => sum + each, 0) * 60
  const end = start + own * 60
  if (elapsed < start) return { state: 'ahead', seconds: Math.round(start - elapsed) }
  if (elapsed > end) return { state: 'behind', seconds: Math.round(elapsed - end) }
  return { state: 'onPace', seconds: 0 }
}

/** Seconds as m:ss. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
