/*
 * An edition's service worker: keeps its pages and files for when the network is gone.
 *
 * Pages come from the network as long as it answers, so a new build shows on the next visit. Each build is kept in a cache
 * of its own, and files whose names carry their hash are taken from whichever cache has them: a page always gets the files
 * of its own build, also one that was opened two builds ago. A kept page is checked against its hash when it is fetched:
 * a build that is being replaced meanwhile is not kept at all, but the next one on the next visit.
 */
import { PrecacheController } from 'workbox-precaching/PrecacheController.js'
import type { PrecacheEntry } from 'workbox-precaching/_types.js'

/** What src/offline.ts knows of the edition. */
export interface KeptEdition {
  /** Differs between any two builds. */
  build: string
  /** Ids of the slides in order, '' where one has none. */
  slides: readonly string[]
  /** Folders below the scope that are not this worker's. */
  others: readonly string[]
  /** The page for addresses there are not. */
  notFound: string
}

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] }
declare const EDITION: KeptEdition

/** How long the network may take to begin to answer before the kept page is shown, in milliseconds. */
const PATIENCE = 3000
/** Builds that are kept: this one, and those that pages left open may be of. */
const BUILDS = 3

const { build, slides, others, notFound } = EDITION
const { scope } = self.registration
const CACHES = `deck ${scope} `
const kept = new PrecacheController({ cacheName: CACHES + build, fallbackToNetwork: false })
kept.addToCacheList(self.__WB_MANIFEST)
/** Pages that came from a cache. */
const keptPages = new Set<string>()

self.addEventListener('install', (event) => {
  void kept.install(event)
  void self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    // In the order in which they were made.
    const builds = (await caches.keys()).filter(name => name.startsWith(CACHES))
    await Promise.all(builds.slice(0, -BUILDS).map(name => caches.delete(name)))
    await self.clients.claim()
  })())
})

self.addEventListener('fetch', (event) => {
  const { request, clientId } = event
  const { href, origin, pathname } = new URL(request.url)
  const path = href.startsWith(scope) ? pathname.slice(new URL(scope).pathname.length) : undefined
  if (request.method !== 'GET' || origin !== location.origin || others.some(folder => path === folder || path?.startsWith(`${folder}/`))) return
  if (request.mode === 'navigate') event.respondWith(page(event, path ?? ''))
  else if (path?.startsWith('assets/')) event.respondWith(caches.match(origin + pathname, { ignoreVary: true }).then(file => file ?? fetch(request)))
  // These have no hash in their names: the network's may be of another build than a kept page, which does without them.
  else if (keptPages.has(clientId) && /\/first-[^/]+\.woff2$/.test(pathname)) event.respondWith(Response.error())
  else if (kept.getCacheKeyForURL(origin + pathname)) event.respondWith(fetch(request).catch(async () => await kept.matchPrecache(origin + pathname) ?? Response.error()))
})

async function page({ request, resultingClientId }: FetchEvent, path: string): Promise<Response> {
  // A host that lets pages be kept for a while is asked nevertheless.
  const answer = fetch(request, { cache: 'no-cache' })
  const address = scope + pagePath(path)
  if (!kept.getCacheKeyForURL(address)) return answer.catch(() => new Response(notFound, { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } }))
  const fresh = await Promise.race([answer.catch(() => undefined), new Promise<undefined>(done => setTimeout(done, PATIENCE))])
  if (fresh && fresh.status < 500) return fresh
  const copy = await kept.matchPrecache(address)
  if (!copy) return answer
  // What the reading page names is found from below its folder's slash, as a host sees to.
  if (path === 'read') return Response.redirect(address + new URL(request.url).search)
  keptPages.add(resultingClientId)
  return copy
}

/** Where a page is kept, below the scope: a slide by its id, also where it was asked for by its number; the presenter view as one. */
function pagePath(path: string): string {
  const name = path.replace(/(?:^|\/)index\.html$/, '').replace(/\/$/, '')
  if (/^presenter(?:\/|$)/.test(name)) return 'presenter/'
  if (!name || /\.[a-z]+$/.test(name)) return name
  return `${/^\d+$/.test(name) && slides[Number(name) - 1] || name}/`
}
