// Functions that run in the browser, on a finished deck. Each is sent there as text: it may use nothing from outside itself.

/** What went wrong in the page, as `watchErrors` notes it. */
export interface PageError {
  /** The slide it happened on, where that is known. */
  slide?: number
  message: string
}

/** Added to each page before its scripts run: notes what Vue catches while it renders slides. */
export function watchErrors(): void {
  const errors: PageError[] = []
  Object.assign(window, { deckErrors: errors })
  interface Instance { props: Record<string, unknown>, parent: Instance | null }
  const note = (error: unknown, component: { $: Instance } | null) => {
    let slide: number | undefined
    for (let at = component?.$ ?? null; at && slide === undefined; at = at.parent) {
      const { route } = at.props
      if (route && typeof route === 'object' && 'no' in route && typeof route.no === 'number') slide = route.no
    }
    errors.push({ message: error instanceof Error ? error.message : String(error), ...slide !== undefined && { slide } })
  }
  // Vue leaves the application on its root element when it mounts it, and renders slides later.
  let application: { config: { errorHandler?: typeof note } } | undefined
  Object.defineProperty(Element.prototype, '__vue_app__', {
    configurable: true,
    get: () => application,
    set(app: typeof application) {
      application = app
      if (app) app.config.errorHandler = note
    },
  })
}

/** The errors until now. */
export function pageErrors(): PageError[] {
  return (window as unknown as { deckErrors: PageError[] }).deckErrors
}
