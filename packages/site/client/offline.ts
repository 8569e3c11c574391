/** Remembers, for a tab, the file for which a page was last loaded anew. */
const MISSED = 'deck-missed-file'

/** How long a page that is being left may still be there, in milliseconds. */
const LEAVING = 10_000

interface MaybeSaving {
  connection?: { saveData?: boolean }
}

/**
 * Has the edition kept for when the network is gone, as soon as the browser has nothing else to do (client/sw.ts).
 * Not where a visitor asks for little traffic.
 */
export function keepOffline(): void {
  reloadWhenOutdated()
  if (!isSecureContext || !('serviceWorker' in navigator) || (navigator as MaybeSaving).connection?.saveData) return
  // A browser that keeps nothing, as in a private window, shows the deck all the same.
  const register = () => void navigator.serviceWorker.register(`${import.meta.env.BASE_URL}sw.js`).catch(() => undefined)
  // Safari has no idle callback.
  if ('requestIdleCallback' in window) requestIdleCallback(register, { timeout: 10_000 })
  else setTimeout(register, 1000)
}

/** A page that was opened before several deployments asks for files that are nowhere any more: it is loaded anew, once for a file. */
function reloadWhenOutdated(): void {
  let left = Number.NEGATIVE_INFINITY
  addEventListener('beforeunload', () => {
    left = performance.now()
  })
  addEventListener('vite:preloadError', ({ payload: { message } }) => {
    // Firefox breaks off what loads as soon as another page is asked for: loaded anew, this one would come in its place.
    if (!navigator.onLine || performance.now() - left < LEAVING) return
    try {
      if (sessionStorage.getItem(MISSED) === message) return
      sessionStorage.setItem(MISSED, message)
    }
    catch {
      // Without storage nothing could tell the second time from the first.
      return
    }
    location.reload()
  })
}
