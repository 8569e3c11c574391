import type { CDPSession } from 'playwright-chromium'

/** How fast the network and the processor are. */
export interface Conditions {
  name: 'plain' | 'slow'
  /** Bytes a second and ms; none for the machine's own. */
  network?: { download: number, upload: number, latency: number }
  /** How many times slower the processor. */
  slowdown: number
}

/** As they are, and as a middling phone has them: slow 4G (1.6 Mbit/s down, 750 kbit/s up, 150 ms) and a processor four times slower. */
export const conditions = {
  plain: { name: 'plain', slowdown: 1 },
  slow: { name: 'slow', network: { download: 1_600_000 / 8, upload: 750_000 / 8, latency: 150 }, slowdown: 4 },
} as const satisfies Record<string, Conditions>

interface Transfer {
  foreign: boolean
  /** Served from a cache or by a service worker: nothing on the wire. */
  inside: boolean
  /** Bytes by the browser's clock, in s. */
  chunks: { at: number, bytes: number }[]
  finished?: number
}

/** Bytes and number of answers that came over the wire. */
export interface Volume {
  bytes: number
  requests: number
}

/** What a page loads over the network, seen from Chromium: what its service workers load is slowed alike, and counted by the server. */
export class Traffic {
  readonly #transfers = new Map<string, Transfer>()
  readonly #pending = new Set<string>()
  readonly #origin: string
  #offset = 0
  #lastActivity = performance.now()

  private constructor(origin: string) {
    this.#origin = origin
  }

  /** Listens to a page that has not gone anywhere yet, and sets its network and processor. */
  static async of(session: CDPSession, origin: string, { network, slowdown }: Conditions): Promise<Traffic> {
    const traffic = new Traffic(origin)
    traffic.#listen(session)
    const limits = network && { offline: false, latency: network.latency, downloadThroughput: network.download, uploadThroughput: network.upload }
    let messages = 0
    session.on('Target.attachedToTarget', ({ sessionId }) => {
      const commands = [{ method: 'Network.enable' }, ...limits ? [{ method: 'Network.emulateNetworkConditions', params: limits }] : [], { method: 'Runtime.runIfWaitingForDebugger' }]
      // A worker that ended meanwhile needs no limits.
      for (const command of commands) session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: ++messages, ...command }) }).catch(() => undefined)
    })
    session.on('Target.receivedMessageFromTarget', ({ message }) => traffic.#workers(JSON.parse(message) as WorkerMessage))
    await session.send('Network.enable')
    if (limits) await session.send('Network.emulateNetworkConditions', limits)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    // A worker waits until its limits are set.
    await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false, filter: [{ type: 'service_worker' }, { exclude: true }] })
    return traffic
  }

  /** What came over the wire until a time in ms since the Unix epoch, or until now. */
  volume(until = Number.POSITIVE_INFINITY): Volume {
    const received = [...this.#transfers.values()].filter(({ inside, foreign }) => !inside && !foreign)
      .map(({ chunks }) => chunks.filter(({ at }) => (at + this.#offset) * 1000 <= until)).filter(chunks => chunks.length > 0)
    return { bytes: received.flat().reduce((sum, { bytes }) => sum + bytes, 0), requests: received.length }
  }

  /** How many requests went to other hosts. */
  get foreign(): number {
    return [...this.#transfers.values()].filter(({ foreign }) => foreign).length
  }

  /** For how many ms nothing has been under way; 0 while something is. */
  get quiet(): number {
    return this.#pending.size > 0 ? 0 : performance.now() - this.#lastActivity
  }

  #begin(id: string): void {
    this.#pending.add(id)
    this.#lastActivity = performance.now()
  }

  #end(id: string): void {
    this.#pending.delete(id)
    this.#lastActivity = performance.now()
  }

  #listen(session: CDPSession): void {
    session.on('Network.requestWillBeSent', ({ requestId, request, timestamp, wallTime, redirectResponse }) => {
      if (!/^(?:https?|wss?):/.test(request.url)) return
      this.#offset = wallTime - timestamp
      const redirected = this.#transfers.get(requestId)
      if (redirectResponse && redirected) {
        redirected.chunks.push({ at: timestamp, bytes: redirectResponse.encodedDataLength })
        this.#transfers.set(`${requestId} before ${timestamp}`, redirected)
      }
      this.#transfers.set(requestId, { foreign: new URL(request.url).origin !== this.#origin, inside: false, chunks: [] })
      this.#begin(requestId)
    })
    session.on('Network.requestServedFromCache', ({ requestId }) => this.#mark(requestId))
    session.on('Network.responseReceived', ({ requestId, response, timestamp }) => {
      if (response.fromDiskCache || response.fromServiceWorker || response.fromPrefetchCache) this.#mark(requestId)
      else this.#transfers.get(requestId)?.chunks.push({ at: timestamp, bytes: response.encodedDataLength })
    })
    session.on('Network.dataReceived', ({ requestId, timestamp, encodedDataLength }) => {
      this.#transfers.get(requestId)?.chunks.push({ at: timestamp, bytes: encodedDataLength })
    })
    session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
      const chunks = this.#transfers.get(requestId)?.chunks
      // The whole is told exactly at the end, the pieces on the way not always.
      if (chunks) chunks.push({ at: timestamp, bytes: encodedDataLength - chunks.reduce((sum, { bytes }) => sum + bytes, 0) })
      this.#end(requestId)
    })
    session.on('Network.loadingFailed', ({ requestId }) => this.#end(requestId))
  }

  #mark(requestId: string): void {
    const transfer = this.#transfers.get(requestId)
    if (transfer) transfer.inside = true
  }

  #workers({ method, params }: WorkerMessage): void {
    const id = `worker ${params?.requestId}`
    if (method === 'Network.requestWillBeSent') this.#begin(id)
    if (method === 'Network.loadingFinished' || method === 'Network.loadingFailed') this.#end(id)
  }
}

interface WorkerMessage {
  method?: string
  params?: { requestId?: string }
}
