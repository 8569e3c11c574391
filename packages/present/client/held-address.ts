/** How often an address that a browser has refused is tried again, in milliseconds, and how often at most: Safari's limit is over in ten seconds. */
const RETRY = 500
const TRIES = 30

/** What the router keeps of a place that does not scroll. */
const STILL = JSON.stringify({ left: 0, top: 0 })

/** An entry's state without what the router notes in it when it is left: where that led, and how far it was scrolled, where it was not. */
function lasting(state: unknown): string {
  const entry = (state ?? {}) as Record<string, unknown>
  const isStill = [STILL, 'null', undefined].includes(JSON.stringify(entry['scroll']))
  return JSON.stringify({ ...entry, forward: null, ...isStill && { scroll: null } })
}

/** Whether a state is the router's, that of a step: a page's own script has others, and what it writes holds at once. */
const isStep = (state: unknown) => typeof (state as { position?: unknown } | null)?.position === 'number'

/** Calls something once the next frame is painted; at once where none will be. */
function afterFrame(call: () => void): void {
  if (document.hidden) return call()
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = call
    port2.postMessage(undefined)
  })
}

/**
 * Lets a talk be stepped through as fast as keys come. To write an address takes a browser a tenth of a step: that of a step is
 * written once its slide is painted, and what the router notes in the entry that is left (where it led) is not written, since nobody
 * reads it. Safari changes a page's address a hundred times in ten seconds and then throws a SecurityError (WebKit's
 * History::stateObjectAdded), at which the router would load the page anew, and keys would be lost: the address follows as soon as
 * the browser lets it.
 * @param later when the address of a step is written.
 */
export function holdAddress(history: Pick<History, 'pushState' | 'replaceState' | 'state'>, later: (call: () => void) => void = afterFrame): void {
  let waiting: (() => void) | undefined
  let tries = 0
  const isRefused = (change: () => void) => {
    try {
      change()
      return false
    }
    catch (error) {
      if (error instanceof DOMException && error.name === 'SecurityError') return true
      throw error
    }
  }
  const retry = () => {
    if (!waiting) return
    if (isRefused(waiting) && ++tries < TRIES) setTimeout(retry, RETRY)
    else waiting = undefined
  }
  const write = (change: () => void) => {
    const isWaiting = waiting !== undefined
    waiting = isRefused(change) ? change : undefined
    tries = 0
    if (waiting && !isWaiting) setTimeout(retry, RETRY)
  }
  /** The address of the last step, while it is not written. */
  let due: (() => void) | undefined
  const writeDue = () => {
    const change = due
    due = undefined
    if (change) write(change)
  }
  const { pushState, replaceState } = history
  history.pushState = (...entry) => {
    writeDue()
    const change = () => pushState.apply(history, entry)
    if (!isStep(entry[0])) return write(change)
    due = change
    later(writeDue)
  }
  history.replaceState = (...entry) => {
    writeDue()
    const [state, , url] = entry
    const isHere = url !== undefined && url !== null && new URL(url, location.href).href === location.href
    if (waiting || !isHere || lasting(state) !== lasting(history.state)) write(() => replaceState.apply(history, entry))
  }
  addEventListener('pagehide', writeDue)
  // Whoever goes back or forward meanwhile is elsewhere.
  addEventListener('popstate', () => due = undefined, true)
}
