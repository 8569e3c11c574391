/** Calls something once the next frame is painted: a message that is posted in a frame comes after it. A window that does not show has no frames. */
function afterFrame(call: () => void): void {
  if (document.hidden) return call()
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      call()
    }
    port2.postMessage(undefined)
  })
}

/**
 * Lets the address follow the slide that it names, by one frame. The router writes it twice for a step, before the slide
 * shows, and a browser takes about as long for that as for painting the slide. Whoever asks for the history's state or moves
 * in it finds it written.
 */
export function writeAddressAfterFrame(history: History): void {
  let waiting: (() => void)[] = []
  let latest: unknown
  const write = () => {
    const changes = waiting
    waiting = []
    for (const change of changes) change()
  }
  for (const name of ['pushState', 'replaceState'] as const) {
    const own = history[name].bind(history)
    history[name] = (...change) => {
      latest = change[0]
      if (waiting.push(() => own(...change)) === 1) afterFrame(write)
    }
  }
  const go = history.go.bind(history)
  history.go = (delta) => {
    write()
    go(delta)
  }
  Object.defineProperty(history, 'state', {
    configurable: true,
    get: () => waiting.length > 0 ? latest : Reflect.get(History.prototype, 'state', history) as unknown,
  })
  document.addEventListener('visibilitychange', write)
  // Before the router hears of it, which then asks where it is.
  addEventListener('popstate', write, { capture: true })
}
