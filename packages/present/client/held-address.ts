/** How often an address that a browser has refused is tried again, in milliseconds. */
const RETRY = 500

/**
 * Lets a talk be stepped through as fast as keys come. Safari changes a page's address a hundred times in ten seconds and then
 * throws a SecurityError (WebKit's History::stateObjectAdded), at which the router would load the page anew, and keys would be
 * lost. The address follows as soon as the browser lets it; what is shown does not wait for it.
 */
export function holdAddress(history: Pick<History, 'pushState' | 'replaceState'>): void {
  let waiting: (() => void) | undefined
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
    if (isRefused(waiting)) setTimeout(retry, RETRY)
    else waiting = undefined
  }
  for (const name of ['pushState', 'replaceState'] as const) {
    const own = history[name].bind(history)
    history[name] = (...state) => {
      const isWaiting = waiting !== undefined
      const change = () => own(...state)
      waiting = isRefused(change) ? change : undefined
      if (waiting && !isWaiting) setTimeout(retry, RETRY)
    }
  }
}
