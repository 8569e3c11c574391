import { createServer } from 'node:net'
import { editions } from 'slidev-addon-deck/editions'
import { runScript, UsageError } from 'slidev-addon-deck/command-line'
import { soundDeck } from 'slidev-addon-site/preflight'
import { runSlidev } from 'slidev-addon-deck/run-slidev'
import { assertProjectWritable } from 'slidev-addon-deck/writing'

const USAGE = `Usage: npm start -- [options]

Presents the talk from this machine and follows every edit of its slides.

  --edition LANGUAGE  the edition to present: ${editions.map(edition => edition.language).join(' or ')} (${editions[0].language})
  --port NUMBER       the port to listen on (3030)
  --remote PASSWORD   listen to the network too, for a phone as remote control
  --no-open           do not open a browser
  --help`

const DEFAULT_PORT = 3030
const LOOPBACK = ['127.0.0.1', '::1']
const EVERYWHERE = ['0.0.0.0', '::']

await runScript(USAGE, {
  edition: { type: 'string' },
  port: { type: 'string' },
  remote: { type: 'string' },
  'no-open': { type: 'boolean' },
}, async (options) => {
  const edition = editionOf(options.edition)
  const port = portOf(options.port)
  if (options.remote?.trim() === '') throw new UsageError('--remote takes a password: without one anybody nearby could steer the talk.')
  await assertProjectWritable()
  await soundDeck(edition.entry, 'redrawn')
  await assertFree(port, options.remote === undefined ? LOOPBACK : EVERYWHERE)
  const opens = process.stdout.isTTY && !process.env['CI'] && !options['no-open']
  const { code } = await runSlidev([
    edition.entry,
    `--port=${port}`,
    ...options.remote === undefined ? [] : [`--remote=${options.remote}`],
    ...opens ? ['--open'] : [],
  ], { terminal: true })
  return code
}, withRemoteNamed(process.argv.slice(2)))

/** A bare --remote as one with an empty password, so that it gets the message about passwords. */
function withRemoteNamed(given: string[]): string[] {
  return given.map((word, i) => word === '--remote' && (given[i + 1] ?? '-').startsWith('-') ? '--remote=' : word)
}

function editionOf(language: string = editions[0].language) {
  const found = editions.find(edition => edition.language === language)
  if (!found) throw new UsageError(`There is no edition "${language}".`)
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
    const problem = await listenBriefly(port, host)
    if (problem === 'EADDRINUSE') throw new Error(`Port ${port} is in use: stop what listens there, or choose another port with --port ${port < 65535 ? port + 1 : DEFAULT_PORT}.`)
    if (problem === 'EACCES') throw new Error(`Port ${port} is not open to this user: choose one above 1023 with --port ${DEFAULT_PORT}.`)
  }
}

/** @returns the code of what kept it from listening, if anything did. */
function listenBriefly(port: number, host: string): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code))
    server.listen({ port, host }, () => server.close(() => done(undefined)))
  })
}
