/** A state of a moving picture, as its fence says. */
export interface State {
  /** Accessible name: the fence's `accTitle`, else its option `alt`, else its kind. */
  title: string
  /** Accessible description: the fence's `accDescr`, '' where it has none. */
  description: string
  /** What stands above it where states stand side by side: the fence's option `caption`; else Before and Now. */
  caption?: string
  /** Clicks that the state takes to build up once it is there. */
  steps: number
}

/** How many of the picture's clicks come before each of its states is there: the steps of those before it, and one for each change. */
export function arrivals(states: readonly Pick<State, 'steps'>[]): number[] {
  let clicks = 0
  return states.map(({ steps }) => {
    const arrival = clicks
    clicks += steps + 1
    return arrival
  })
}

/** Clicks that a picture takes from its first state to the end of its last. */
export function clicksThrough(states: readonly Pick<State, 'steps'>[]): number {
  return states.reduce((sum, { steps }) => sum + steps + 1, -1)
}

/** The index of the state that shows after so many of the picture's clicks, and the step that is due in it. */
export function stateAt(states: readonly Pick<State, 'steps'>[], clicks: number): { index: number, step: number } {
  const all = arrivals(states)
  const index = Math.max(0, all.findLastIndex(arrival => arrival <= clicks))
  return { index, step: Math.max(0, clicks - (all[index] ?? 0)) }
}
