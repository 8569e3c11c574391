import type { Serializable } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { runScript, UsageError } from 'slidev-addon-deck/command-line'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { assertAddon, problemsOf, type Command } from 'slidev-addon-deck/parts'
import { openProject, type DeckProject } from 'slidev-addon-deck/project'
import { runSlidev } from 'slidev-addon-deck/run-slidev'
import { PRESENTED } from 'slidev-addon-deck/talk'
import { formatViolation } from 'slidev-addon-deck/violation'
import { assertProjectWritable } from 'slidev-addon-deck/writing'
import { LISTENING } from '../vite/editions.ts'

const DEFAULT_PORT = 3030
const LOOPBACK = ['127.0.0.1', '::1']
const EVERYWHERE = ['0.0.0.0', '::']

const USAGE = `Usage: deck start [options]

Presents the deck from this machine and follows every edit of its slides. Faults of its source are named, and it presents.

  --edition LANGUAGE  the edition to present, of a deck that has several (the first)
  --port NUMBER       the port to listen on (${DEFAULT_PORT})
  --remote PASSWORD   listen to the network too, for a phone as remote control
  --no-open           do not open a browser
  --help`

/** `deck start`. */
export const command: Command = {
  summary: 'present the deck from this machine',
  run: (root, args) => runScript(USAGE, {
    edition: { type: 'string' },
    port: { type: 'string' },
    remote: { type: 'string' },
    'no-open': { type: 'boolean' },
  }, async (options) => {
    const port = portOf(options.port)
    if (options.remote?.trim() === '') throw new UsageError('--remote takes a password: without one anybody nearby could steer the talk.')
    const project = await openProject(root)
    const { entry } = editionNamed(project, options.edition)
    await assertProjectWritable(root)
    const deck = await loadDeck(project, entry)
    await assertAddon(deck, 'present')
    await assertFree(port, options.remote === undefined ? LOOPBACK : EVERYWHERE)
    // Rules of style can wait: somebody speaks tonight.
    for (const problem of (await problemsOf(deck, { quick: true })).filter(({ level }) => level === 'error')) console.warn(formatViolation(problem))
    const opens = process.stdout.isTTY && !process.env['CI'] && !options['no-open']
    return present(project, entry, port, options.remote === undefined ? [] : [`--remote=${options.remote}`], opens ? ['--open'] : [])
  }, withRemoteNamed(args)),
}

/**
 * Presents an edition, and the deck's others beside it on ports of their own, so that the language can be switched: each by a
 * server of Slidev's. They begin when the first is there, and what a window of one tells of its steps goes to those of the others.
 */
async function present({ root, editions }: DeckProject, entry: string, port: number, common: readonly string[], own: readonly string[]): Promise<number> {
  const others = editions.filter(edition => edition.entry !== entry)
  const ports = await Promise.all(editions.map(async edition => [edition.language, edition.entry === entry ? port : await freePort()] as const))
  const stop = new AbortController()
  const senders = new Map<string, (message: Serializable) => void>()
  const run = (each: string, at: number, args: readonly string[], terminal: boolean, onReady: () => void) => runSlidev(root, [each, `--port=${at}`, ...common, ...args], {
    terminal,
    signal: stop.signal,
    env: editions.length > 1 ? { [PRESENTED]: JSON.stringify(Object.fromEntries(ports)) } : {},
    onStart: send => senders.set(each, send),
    onMessage(message) {
      if (message === LISTENING) onReady()
      else for (const [to, send] of senders) if (to !== each) send(message as Serializable)
    },
  })
  const beside: Promise<unknown>[] = []
  const first = run(entry, port, own, true, () => {
    if (beside.length === 0) beside.push(...others.map(other => run(other.entry, ports.find(([language]) => language === other.language)?.[1] ?? 0, [], false, () => undefined).catch(() => undefined)))
  })
  const { code } = await first
  stop.abort()
  await Promise.all(beside)
  return code
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  return port
}

/** A bare --remote as one with an empty password, so that it gets the message about passwords. */
function withRemoteNamed(given: string[]): string[] {
  return given.map((word, i) => word === '--remote' && (given[i + 1] ?? '-').startsWith('-') ? '--remote=' : word)
}

function editionNamed({ editions }: DeckProject, language: string = editions[0].language) {
  const found = editions.find(edition => edition.language === language)
  if (!found) throw new UsageError(`There is no edition "${language}": this deck has ${editions.map(edition => edition.language).join(' and ')}.`)
  return found
}

function portOf(given = String(DEFAULT_PORT)): number {
  const port = Number(given)
  if (!/^\d+$/.test(given) || port < 1 || port > 65535) throw new UsageError(`--port takes a number from 1 to 65535, not "${given}".`)
  return port
}

/** @throws where something listens on the port already, or this user may not. */
async function assertFree(port: number, hosts: readonly string[]): Promise<void> {
  for (const host of hosts) {
    const server = createServer().listen({ port, host })
    const problem = await once(server, 'listening').then(() => undefined, (error: NodeJS.ErrnoException) => error.code)
    if (server.listening) await once(server.close(), 'close')
    if (problem === 'EADDRINUSE') throw new Error(`Port ${port} is in use: stop what listens there, or choose another port with --port ${port < 65535 ? port + 1 : DEFAULT_PORT}.`)
    if (problem === 'EACCES') throw new Error(`Port ${port} is not open to this user: choose one above 1023 with --port ${DEFAULT_PORT}.`)
  }
}
