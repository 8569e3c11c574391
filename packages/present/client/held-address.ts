/** How often an address that a browser has refused is tried again, in milliseconds, and how often at most: Safari's limit is over in ten seconds. */
const RETRY = 500
const TRIES = 30

/**
 * Lets a talk be stepped through as fast as keys come. Safari changes a page's address a hundred times in ten seconds and then
 * throws a SecurityError (WebKit's History::stateObjectAdded), at which the router would load the page anew, and keys would be
 * lost. The address follows as soon as the browser lets it; what is shown does not wait for it.
 */
export function holdAddress(history: Pick<History, 'pushState' | 'replaceState'>): void {
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
  for (const name of ['pushState', 'replaceState'] as const) {
    const own = history[name].bind(history)
    history[name] = (...state) => {
      const isWaiting = waiting !== undefined
      const change = () => own(...state)
      waiting = isRefused(change) ? change : undefined
      tries = 0
      if (waiting && !isWaiting) setTimeout(retry, RETRY)
    }
  }
}
