import { existsSync, rmSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { constants, cpus, loadavg, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { ensureChromium } from 'slidev-addon-deck/browser'
import { runScript, UsageError } from 'slidev-addon-deck/command-line'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { judge } from './limits.ts'
import { preparePeers, sizeOf, type Peer } from './peers.ts'
import { alignRows, asJson, asTable, format, Samples } from './results.ts'
import { readHosting, serve, type Served } from './server.ts'
import { median } from './statistics.ts'
import { edition, project, stopsOf, type Stop } from './talk.ts'
import { conditions } from './traffic.ts'
import { Visit } from './visit.ts'

const USAGE = `Usage: npm run bench -- [ROUNDS] [options]

Measures the hosted talk (Chinese edition) against stock Slidev's build of the same talk, Marp's HTML of the same slides
with the diagrams as SVG, and a floor: one page made by hand with the first slide. Medians of some rounds, peers in turns.
The same for all: a static server on loopback (HTTP/1.1, texts in brotli 11), the same Chromium with a fresh profile
for each visit. Other hosts do not resolve: what is asked of them fails at once, and is counted.

  ROUNDS, --rounds N  how many rounds (5)
  --from FOLDER       a finished build for / in place of building ours
  --json FILE         write all values there too
  --help

Ends with 0 whether or not the limits are met, with 1 where a page does not render.`

const given = process.argv.slice(2)
const [first = ''] = given
await runScript(USAGE, {
  rounds: { type: 'string', default: '5' },
  from: { type: 'string' },
  json: { type: 'string' },
}, async ({ rounds: wanted, from, json }) => {
  const rounds = Number(wanted)
  if (from !== undefined && !existsSync(join(from, 'index.html'))) throw new UsageError(`--from ${from} is no finished build: it has no index.html.`)
  if (json !== undefined && !existsSync(dirname(resolve(json)))) throw new UsageError(`--json ${json} is in a folder that is not there.`)
  if (!Number.isInteger(rounds) || rounds < 1) throw new UsageError(`--rounds must be a number from 1 on, not "${wanted}".`)
  const [load = 0] = loadavg()
  const cores = cpus().length
  if (load > cores / 2) console.log(`Other work keeps this machine busy (load ${load.toFixed(1)} on ${cores} cores): times will be longer than they are, bytes and requests will not.`)
  // Ctrl-C ends whatever runs; what was opened is closed below.
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort(signal))
  const folder = await mkdtemp(join(tmpdir(), 'bench-hosted-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  try {
    const samples = await measure({ rounds, folder, signal: stop.signal, ...from !== undefined && { from: resolve(from) } })
    const verdicts = judge((peer, what) => samples.median(peer, what))
    console.log(`\nMedians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}; 1 kB is 1000 bytes; slow: 1.6 Mbit/s, 150 ms, 4x CPU\n\n${asTable(samples)}\n`)
    console.log(alignRows(verdicts.map(({ text, value, verdict }) => [text, value === null ? '' : format(value, value > 1000 ? 'kB' : ''), verdict])))
    if (json !== undefined) await writeFile(json, `${JSON.stringify({ rounds, machine: { cpu: cpus()[0]?.model, cores, load, node: process.version }, measures: asJson(samples), limits: verdicts }, null, 2)}\n`)
    return 0
  }
  catch (error) {
    const { aborted, reason } = stop.signal
    if (!aborted) throw error
    return 128 + constants.signals[reason as NodeJS.Signals]
  }
}, /^\d+$/.test(first) ? ['--rounds', ...given] : given)

/** How the measuring is done. */
interface Plan {
  rounds: number
  /** A folder for all that is made. */
  folder: string
  from?: string
  signal: AbortSignal
}

async function measure({ rounds, folder, from, signal }: Plan): Promise<Samples> {
  const deck = await loadDeck(project, edition.entry)
  const stops = stopsOf(deck)
  const samples = new Samples()
  const peers = await preparePeers({ deck, folder, signal, ...from !== undefined && { from } })
  for (let round = 1; round <= rounds; round++) {
    for (const { name, build } of peers) {
      if (build) samples.add(name, { build: await told(`round ${round}: building ${name}`, build) })
    }
  }
  for (const peer of peers) samples.add(peer.name, { size: await sizeOf(peer) })
  if (!(await readFile(join(from ?? join(folder, 'ours'), 'index.html'), 'utf8')).includes('id="first"')) console.log('Our build has no prerendered first slide.')

  const opened: Served[] = []
  /** The longest frames of ours, round by round. */
  const glides: number[][] = []
  try {
    const hosts = new Map<Peer, Served>()
    for (const peer of peers) {
      const served = await serve(await readHosting(peer.folder, peer))
      opened.push(served)
      hosts.set(peer, served)
    }
    signal.throwIfAborted()
    const chromium = await ensureChromium()
    for (let round = 1; round <= rounds; round++) {
      for (const [peer, served] of hosts) {
        signal.throwIfAborted()
        const { found, glideFrames } = await told(`round ${round}: visiting ${peer.name}`, () => visit(chromium, peer, served, stops, signal))
        samples.add(peer.name, found)
        if (peer.name === 'ours') glides.push(glideFrames)
      }
    }
    // Each picture by its own median: some round or other is held up by something else in any of them.
    const longest = glides[0]?.map((_, i) => median(glides.map(frames => frames[i] ?? Number.NaN))) ?? []
    if (longest.length > 0) samples.add('ours', { 'glide-frame-slow': Math.max(...longest) })
    return samples
  }
  finally {
    await Promise.all(opened.map(served => served.close()))
  }
}

/** Says what is under way, where somebody looks on. */
async function told<T>(what: string, work: () => Promise<T>): Promise<T> {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${what} …`)
  try {
    return await work()
  }
  finally {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')
  }
}

/** One peer's visits: plain, slow, and slow with a key pressed at once. @throws naming the peer. */
async function visit(chromium: string, { name }: Peer, served: Served, stops: readonly Stop[], signal: AbortSignal): Promise<{ found: Parameters<Samples['add']>[1], glideFrames: number[] }> {
  const [cover] = stops
  if (!cover) throw new Error('The talk has no slides.')
  const hasNext = name !== 'floor'
  const during = async <T>(condition: keyof typeof conditions, use: (visit: Visit) => Promise<T>): Promise<T> => {
    try {
      const opened = await Visit.open(chromium, served, conditions[condition])
      const close = () => opened.close()
      signal.addEventListener('abort', close)
      try {
        return await use(opened)
      }
      finally {
        signal.removeEventListener('abort', close)
        await close()
      }
    }
    catch (error) {
      throw new Error(`${name} (${condition}): ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }
  const look = async (opened: Visit) => ({ first: await opened.firstSlide(cover), talk: hasNext ? await opened.wholeTalk(stops) : undefined })
  const plain = await during('plain', look)
  const slow = await during('slow', look)
  const early = hasNext ? await during('slow', opened => opened.earlyKey(stops)) : undefined
  const found = {
    'painted-bytes': plain.first.painted.bytes, 'painted-requests': plain.first.painted.requests,
    'painted-bytes-slow': slow.first.painted.bytes, 'painted-requests-slow': slow.first.painted.requests,
    'idle-bytes': plain.first.idle.bytes, 'idle-requests': plain.first.idle.requests,
    'worker-bytes': plain.first.worker.bytes, 'worker-requests': plain.first.worker.requests,
    'foreign-requests': plain.first.foreign,
    'fcp': plain.first.fcp, 'lcp': plain.first.lcp, 'title': plain.first.title, 'cls': plain.first.cls,
    'fcp-slow': slow.first.fcp, 'lcp-slow': slow.first.lcp, 'title-slow': slow.first.title, 'cls-slow': slow.first.cls,
    ...plain.talk && { 'key': plain.talk.steps, 'talk-bytes': plain.talk.volume.bytes, 'talk-requests': plain.talk.volume.requests, 'talk-worker-bytes': plain.talk.worker.bytes },
    ...slow.talk && { 'key-slow': slow.talk.steps },
    ...early && { 'early-key-slow': early.drawn, 'lost-keys-slow': early.lost },
  }
  return { found, glideFrames: slow.talk?.glideFrames ?? [] }
}
