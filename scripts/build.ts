import { existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { constants } from 'node:os'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { editions, type Edition } from '../lib/editions.ts'
import { explainFailure } from './build-failure.ts'
import { runScript, UsageError } from './command-line.ts'
import { soundDeck } from './preflight.ts'
import { root, runSlidev } from './slidev.ts'
import { assertProjectWritable, assertWritable, whyNotWritten, writing } from './writing.ts'

const USAGE = `Usage: npm run build -- [options]

Builds every edition as a folder for any static host. Needs no browser.

  --base /path/   the address below which the deck will be served (/)
  --out FOLDER    where the build goes (dist)
  --help`

await runScript(USAGE, {
  base: { type: 'string', default: '/' },
  out: { type: 'string', default: 'dist' },
}, async ({ base, out }) => {
  const folder = resolve(out)
  if (!/^\/(?:.*\/)?$/.test(base)) throw new UsageError(`--base must start and end with "/", like /talk/, not "${base}".`)
  assertReplaceable(folder)
  const what = `Nothing was built in ${folder}`
  await assertWritable(what, dirname(folder))
  await assertProjectWritable()
  const decks = await Promise.all(editions.map(edition => soundDeck(edition.entry, 'error')))

  // Built beside its place and moved there when all of it is there: a failure leaves the last build as it was.
  const unfinished = join(dirname(folder), `.${basename(folder)}-${process.pid}`)
  const clear = () => rmSync(unfinished, { recursive: true, force: true })
  process.on('exit', clear)
  // Slidev is stopped by the same signal: here it only has to be remembered.
  let interrupted = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted = 128 + constants.signals[signal])
  await writing(what, () => mkdir(unfinished, { recursive: true }))
  for (const [i, edition] of editions.entries()) {
    if (interrupted) return interrupted
    const started = performance.now()
    const { code, output } = await runSlidev(slidevArguments(edition, base, unfinished), { terminal: false })
    if (interrupted) return interrupted
    if (code !== 0) {
      const why = whyNotWritten(output)
      throw new Error(why ? `${what}: ${why}.` : explainFailure(output, decks[i]?.slides ?? [], root))
    }
    console.log(`${edition.entry}: ${decks[i]?.slides.length} slides built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }
  await writing(what, () => replace(folder, unfinished))
  console.log(`${relative(process.cwd(), folder) || '.'} is ready to be served at ${base}`)
  return 0
})

function slidevArguments({ entry, folder }: Edition, base: string, out: string): string[] {
  return ['build', entry, '--base', folder ? `${base}${folder}/` : base, '--out', join(out, folder)]
}

/** @throws where replacing the folder would destroy something that is no build. */
function assertReplaceable(folder: string): void {
  if (`${root}${sep}`.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)) throw new UsageError(`--out ${folder} holds this project: choose a folder of its own.`)
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, 'index.html')))
    throw new Error(`${folder} is there and is no earlier build: remove it, or choose another folder with --out.`)
}

async function replace(folder: string, built: string): Promise<void> {
  const earlier = `${built}-earlier`
  const had = existsSync(folder)
  if (had) await rename(folder, earlier)
  await rename(built, folder).catch(async (error: unknown) => {
    if (had) await rename(earlier, folder)
    throw error
  })
  await rm(earlier, { recursive: true, force: true })
}
