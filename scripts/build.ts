import { existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { constants } from 'node:os'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { editions, type Edition } from '../lib/editions.ts'
import type { SourceDeck } from '../lib/source-deck.ts'
import { ADVICE, findChromium, launchChromium } from './browser.ts'
import { buildFailure } from './build-failure.ts'
import { runScript, UsageError } from './command-line.ts'
import { soundDeck } from './preflight.ts'
import { editionBase } from './site/head.ts'
import { finishSite } from './site/main.ts'
import { WITH_PDF } from './site/pdf.ts'
import { precompress } from './site/precompress.ts'
import { root, runSlidev } from './slidev.ts'
import { assertProjectWritable, assertWritable, writing } from './writing.ts'

const USAGE = `Usage: npm run build -- [options]

Builds every edition as a folder for any static host, without notes and presenter. A browser on this machine is used to
put each slide into its page, so that it shows before the app is there.

  --base /path/         the address below which the deck will be served (/)
  --out FOLDER          where the build goes (dist)
  --with-notes          with speaker notes and presenter, for one's own use
  --with-pdf            with a PDF of each edition, and links to it
  --require-prerender   fail where no browser is found
  --precompress         with .br and .gz beside each text file, for servers that send those
  --help`

await runScript(USAGE, {
  base: { type: 'string', default: '/' },
  out: { type: 'string', default: 'dist' },
  'with-notes': { type: 'boolean', default: false },
  'with-pdf': { type: 'boolean', default: false },
  'require-prerender': { type: 'boolean', default: false },
  precompress: { type: 'boolean', default: false },
}, async ({ base, out, 'with-notes': withNotes, 'with-pdf': withPdf, 'require-prerender': required, precompress: compressed }) => {
  const folder = resolve(out)
  if (!/^\/(?:.*\/)?$/.test(base)) throw new UsageError(`--base must start and end with "/", like /talk/, not "${base}".`)
  assertReplaceable(folder)
  const what = `Nothing was built in ${folder}`
  await assertWritable(what, dirname(folder))
  await assertProjectWritable()
  const built = await Promise.all(editions.map(async edition => ({ edition, deck: await soundDeck(edition.entry, 'error') })))
  const executable = await findChromium()
  if (!executable && withPdf) throw new Error(`No browser to print the PDFs with was found. ${ADVICE}`)
  if (!executable && required) throw new Error(`No browser to render the slides with was found. ${ADVICE}`)

  // Built beside its place and moved there when all of it is there: a failure leaves the last build as it was.
  const unfinished = join(dirname(folder), `.${basename(folder)}-${process.pid}`)
  const clear = () => rmSync(unfinished, { recursive: true, force: true })
  process.on('exit', clear)
  // Slidev is stopped by the same signal: here it only has to be remembered.
  let interrupted = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted = 128 + constants.signals[signal])
  await writing(what, () => mkdir(unfinished, { recursive: true }))
  if (withPdf) process.env[WITH_PDF] = 'yes'
  for (const { edition, deck } of built) {
    if (interrupted) return interrupted
    const started = performance.now()
    const { code, output } = await runSlidev(slidevArguments(edition, base, unfinished, withNotes), { terminal: false })
    if (interrupted) return interrupted
    if (code !== 0) throw buildFailure(what, output, deck.slides)
    console.log(`${edition.entry}: ${deck.slides.length} slides built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }
  const browser = executable ? await launchChromium({ executablePath: executable }) : undefined
  try {
    await writing(what, () => finishSite({ folder: unfinished, base, origin: originOf(built[0]?.deck), built, withNotes, withPdf, ...browser && { browser } }))
  }
  finally {
    await browser?.close()
  }
  if (compressed) console.log(`${await writing(what, () => precompress(unfinished))} files compressed`)
  if (interrupted) return interrupted
  await writing(what, () => replace(folder, unfinished))
  if (!browser) console.log(`No browser was found: slides show only when their app is there, and there is no reading page. ${ADVICE}`)
  console.log(`${relative(process.cwd(), folder) || '.'} is ready to be served at ${base}`)
  return 0
})

function slidevArguments(edition: Edition, base: string, out: string, withNotes: boolean): string[] {
  return ['build', edition.entry, '--base', editionBase(base, edition), '--out', join(out, edition.folder), ...withNotes ? [] : ['--without-notes']]
}

/** Scheme and host of the address in the headmatter; '' where there is none. */
function originOf(deck: SourceDeck | undefined): string {
  const address = deck?.headmatter['address']
  return typeof address === 'string' ? new URL(address).origin : ''
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
