import { existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Browser } from 'playwright-chromium'
import { ADVICE, openChromium } from 'slidev-addon-deck/browser'
import { runScript, stopSignal, UsageError } from 'slidev-addon-deck/command-line'
import type { Command } from 'slidev-addon-deck/parts'
import { openProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { WITH_PDF } from 'slidev-addon-deck/talk'
import { formatViolation } from 'slidev-addon-deck/violation'
import { assertProjectWritable, assertWritable, writing } from 'slidev-addon-deck/writing'
import { buildEditions, joinEditions } from './build-editions.ts'
import { finishEdition } from './edition.ts'
import { writeNotFound } from './not-found.ts'
import { writeServiceWorker } from './offline.ts'
import { writePdfs } from './pdf.ts'
import { drawIcons } from './pictures.ts'
import { precompress } from './precompress.ts'
import { assertSound, readDeck } from './preflight.ts'
import { writeForSearchEngines } from './search-engines.ts'
import { headersFile } from './security-headers.ts'
import type { Site } from './site.ts'

const USAGE = `Usage: deck build [options]

Builds every edition as a folder for any static host, without notes and presenter. A browser on this machine is used to
put each slide into its page, so that it shows before the app is there.

  --base /path/         the address below which the deck will be served (/)
  --out FOLDER          where the build goes (dist)
  --with-notes          with speaker notes and presenter, for one's own use
  --with-pdf            with a PDF of each edition and one of its card.md, and links to them
  --require-prerender   fail where no browser is found
  --precompress         with .br and .gz beside each text file, for servers that send those
  --help`

/** `deck build`. */
export const command: Command = {
  summary: 'build the deck as a site for any static host',
  run: (root, args) => runScript(USAGE, {
    'base': { type: 'string', default: '/' },
    'out': { type: 'string', default: 'dist' },
    'with-notes': { type: 'boolean', default: false },
    'with-pdf': { type: 'boolean', default: false },
    'require-prerender': { type: 'boolean', default: false },
    'precompress': { type: 'boolean', default: false },
  }, async ({ base, out, 'with-notes': withNotes, 'with-pdf': withPdf, 'require-prerender': required, precompress: compressed }) => {
    const folder = resolve(root, out)
    if (!/^\/(?:.*\/)?$/.test(base)) throw new UsageError(`--base must start and end with "/", like /talk/, not "${base}".`)
    assertReplaceable(root, folder)
    const project = await openProject(root)
    const { editions } = project
    const what = `Nothing was built in ${folder}`
    await assertWritable(what, dirname(folder))
    await assertProjectWritable(root)
    const decks = await Promise.all(editions.map(edition => readDeck(project, edition)))
    // Built beside its place and moved there when all of it is there: a failure leaves the last build as it was.
    const unfinished = join(dirname(folder), `.${basename(folder)}-${process.pid}`)
    process.on('exit', () => rmSync(unfinished, { recursive: true, force: true }))
    const stop = stopSignal()
    await writing(what, () => mkdir(unfinished, { recursive: true }))
    if (withPdf) process.env[WITH_PDF] = 'yes'
    // Slidev starts meanwhile; the browser after that, since two cores are soon busy.
    const opening = assertSound(decks).then(() => openBrowser(withPdf ? 'print the PDFs' : required ? 'render the slides' : undefined))
    const site = opening.then((browser): Site => ({ project, decks, base, origin: originOf(decks[0]), withNotes, withPdf, ...browser && { browser } }))
    const closeBrowser = () => opening.then(browser => browser?.close(), () => undefined)
    stop.signal.addEventListener('abort', () => void closeBrowser())
    // While Slidev builds the first edition, the browser has nothing else to do.
    const drawing = opening.then(browser => browser && drawIcons(browser, project))
    drawing.catch(() => undefined)
    try {
      const refused = await buildEditions({ project, wanted: editions, sources: site.then(() => decks), folder: unfinished, base, withNotes, refused: what }, async (deck, own) => {
        const whole = await site
        return writing(what, () => finishEdition(whole, deck, own))
      })
      const whole = join(unfinished, 'whole')
      await writing(what, async () => {
        await joinEditions(editions, unfinished, whole)
        await writeBeside(await site, whole, await drawing ?? new Map())
      })
      if (compressed) console.log(`${await writing(what, () => precompress(whole))} files compressed`)
      stop.signal.throwIfAborted()
      await writing(what, () => replace(folder, whole, `${unfinished}-earlier`))
      for (const line of new Set(refused.flat().map(formatViolation))) console.log(line)
      if (!await opening) console.log(`No browser was found: slides show only when their app is there, and there is no reading page. ${ADVICE}`)
      console.log(`${relative(root, folder) || '.'} is ready to be served at ${base}`)
      return 0
    }
    catch (error) {
      if (stop.signal.aborted) return stop.code()
      throw error
    }
    finally {
      await closeBrowser()
    }
  }, args),
}

/**
 * Writes what stands beside a site's finished editions. The service workers come last, since they list everything.
 * @param icons by their places (pictures.ts)
 */
async function writeBeside({ project, base, origin, decks, withPdf }: Site, folder: string, icons: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const [place, icon] of icons) {
    await mkdir(dirname(join(folder, place)), { recursive: true })
    await writeFile(join(folder, place), icon)
  }
  // A deck may bring its own in public/.
  if (!existsSync(join(folder, '_headers'))) await writeFile(join(folder, '_headers'), headersFile(base, project.editions))
  if (withPdf) await writePdfs(project, decks, folder)
  await Promise.all([
    writeNotFound(project, folder, base),
    writeForSearchEngines({ project, folder, base, origin, slides: decks[0]?.slides ?? [] }),
  ])
  await Promise.all(decks.map(({ edition, slides }) => writeServiceWorker(join(folder, edition.folder), project, edition, slides)))
}

/**
 * Starts a browser where there is one.
 * @param needed what it is needed for, if it is.
 * @throws where it is needed and there is none.
 */
async function openBrowser(needed: string | undefined): Promise<Browser | undefined> {
  const browser = await openChromium({ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false })
  if (!browser && needed) throw new Error(`No browser to ${needed} with was found. ${ADVICE}`)
  return browser
}

/** Scheme and host of the address in the headmatter; '' where there is none. */
function originOf(deck: SourceDeck | undefined): string {
  const address = deck?.headmatter['address']
  return typeof address === 'string' ? new URL(address).origin : ''
}

/** @throws where replacing the folder would destroy something that is no build. */
function assertReplaceable(root: string, folder: string): void {
  if (`${root}${sep}`.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)) throw new UsageError(`--out ${folder} holds this deck: choose a folder of its own.`)
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, 'index.html')))
    throw new Error(`${folder} is there and is no earlier build: remove it, or choose another folder with --out.`)
}

/** @param earlier where the folder's last build stands until the new one is in its place. */
async function replace(folder: string, built: string, earlier: string): Promise<void> {
  const had = existsSync(folder)
  if (had) await rename(folder, earlier)
  await rename(built, folder).catch(async (error: unknown) => {
    if (had) await rename(earlier, folder)
    throw error
  })
  await rm(earlier, { recursive: true, force: true })
}
