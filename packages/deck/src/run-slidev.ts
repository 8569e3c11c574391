import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

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
}

/** Where Slidev's command line is installed for a deck. */
export function slidevFolder(root: string): string {
  return dirname(createRequire(join(root, 'package.json')).resolve('@slidev/cli/package.json'))
}

/** Runs Slidev’s command line in a deck's folder to its end. Signals that this process gets are passed on, and it never outlives this process. */
export function runSlidev(root: string, args: readonly string[], { terminal, signal: stop, env: more, onMessage }: Run): Promise<Outcome> {
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
