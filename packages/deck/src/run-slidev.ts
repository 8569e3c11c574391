import { spawn, type Serializable } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const readJson = <T>(path: string) => JSON.parse(readFileSync(path, 'utf8')) as T
/** What this package is for. */
const manifest = readJson<{ engines: { slidev: string }, peerDependencies: { '@slidev/cli': string } }>(join(import.meta.dirname, '../package.json'))

export interface Outcome {
  /** Exit code; 128 and the signal's number where a signal ended it. */
  code: number
  /** What it printed, where it was not printed to the terminal. */
  output: string
}

/** How Slidev is run. */
export interface Run {
  /** Whether it has the terminal to itself; else its output is collected. */
  terminal: boolean
  /** Ends it when aborted. */
  signal?: AbortSignal
  /** More of its environment. */
  env?: Readonly<Record<string, string>>
  /** Told what the deck's own plugins send. */
  onMessage?: (message: unknown) => void
  /** Given what sends them something, once it runs. */
  onStart?: (send: (message: Serializable) => void) => void
}

/**
 * Where Slidev's command line is installed for a deck.
 * @throws where it is not.
 */
export function slidevFolder(root: string): string {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('@slidev/cli/package.json'))
  }
  catch {
    throw new Error(`package.json  Slidev is not installed for the deck in ${root}: npm install @slidev/cli@${manifest.peerDependencies['@slidev/cli']}`)
  }
}

/** The version of Slidev that a deck runs on, and whether it is in the range that this package names, like \`>=53.0.0 <54.0.0\`. */
export function slidevVersion(root: string): { version: string, range: string, fits: boolean } {
  const { version } = readJson<{ version: string }>(join(slidevFolder(root), 'package.json'))
  const range = manifest.engines.slidev
  const [, least = '', end = ''] = /^>=(\S+) <(\S+)$/.exec(range) ?? []
  const isBelow = (bound: string) => version.localeCompare(bound, 'en', { numeric: true }) < 0
  return { version, range, fits: !isBelow(least) && isBelow(end) }
}

/**
 * Runs Slidev’s command line in a deck's folder to its end. Signals that this process gets are passed on, and it never outlives this process.
 * @throws where Slidev is not installed, or not in a version that the kit is for.
 */
export async function runSlidev(root: string, args: readonly string[], { terminal, signal: stop, env: more, onMessage, onStart }: Run): Promise<Outcome> {
  const { version, range, fits } = slidevVersion(root)
  if (!fits) throw new Error(`package.json  Slidev ${version} is installed, and the kit is for ${range}: npm install @slidev/cli@${manifest.peerDependencies['@slidev/cli']}`)
  const cli = join(slidevFolder(root), 'bin/slidev.mjs')
  const preload = pathToFileURL(join(import.meta.dirname, 'slidev-preload.ts')).href
  const stream = terminal ? 'inherit' : 'pipe'
  // A test runner sets NODE_ENV, and Vite would build for development.
  const env = {
    // Slidev and Vite are large: compiled once, they start half a second sooner.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
    ...process.env,
    ...more,
    ...args[0] === 'build' && { NODE_ENV: 'production' },
  }
  const child = spawn(process.execPath, ['--import', preload, cli, ...args], { cwd: root, env, stdio: [terminal ? 'inherit' : 'ignore', stream, stream, 'ipc'] })
  const passOn = (signal: NodeJS.Signals) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, passOn)
  const watch = watchNpm(() => child.kill('SIGTERM'))
  const end = () => child.kill('SIGTERM')
  stop?.addEventListener('abort', end)
  if (stop?.aborted) end()
  if (onMessage) child.on('message', onMessage)
  onStart?.((message) => {
    if (child.connected) child.send(message)
  })
  let output = ''
  for (const source of [child.stdout, child.stderr]) source?.on('data', (chunk: Buffer) => output += chunk.toString())
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => {
      for (const each of signals) process.off(each, passOn)
      clearInterval(watch)
      stop?.removeEventListener('abort', end)
      done({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), output })
    })
  })
}

/** npm that is told to end takes along the shell it started, not the script in the shell: calls `end` when that happens. */
function watchNpm(end: () => void): NodeJS.Timeout | undefined {
  const parent = process.ppid
  return process.env['npm_lifecycle_event'] ? setInterval(() => process.ppid !== parent && end(), 500).unref() : undefined
}
