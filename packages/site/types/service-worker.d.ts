// The part of the service workers' interface that the deck's uses: TypeScript has it in a library of its own, which does
// not go together with that of pages.

interface ExtendableEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request
  /** Ids of the page that asks, and of the page that a navigation will make. */
  readonly clientId: string
  readonly resultingClientId: string
  respondWith: (response: Response | Promise<Response>) => void
}

interface ServiceWorkerGlobalScope {
  readonly registration: ServiceWorkerRegistration
  readonly clients: { claim: () => Promise<void> }
  skipWaiting: () => Promise<void>
  addEventListener: ((type: 'install' | 'activate', listener: (event: ExtendableEvent) => void) => void) & ((type: 'fetch', listener: (event: FetchEvent) => void) => void)
}
