import { statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Browser } from 'playwright-chromium'
import { editions, type Edition } from 'slidev-addon-deck/editions'
import { exportName } from 'slidev-addon-deck/export-name'
import { slideRange } from './slide-range.ts'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { ensureChromium, launchChromium } from 'slidev-addon-deck/browser'
import { runScript, stopSignal, UsageError } from 'slidev-addon-deck/command-line'
import { freshBuild, openBuild, type Build } from './build.ts'
import { aboutDeck, chapterBookmarks, deckPages, handoutPages, handoutText } from './documents.ts'
import { openDelivery, type Delivery } from './files.ts'
import { fontNames, handoutFonts } from './fonts.ts'
import { openPrintPage, printDeck, printHandout, type PrintPage } from './print.ts'
import { ProgressBar } from './progress-bar.ts'

const KINDS = ['deck', 'handout', 'pptx'] as const
type Kind = typeof KINDS[number]

const USAGE = `Usage: npm run export -- [options]

Writes each edition into export/: the deck as PDF, light and dark, a handout as PDF (slides with narration), and an editable PPTX.

  --edition LANGUAGE  one edition: ${editions.map(({ language }) => language).join(' or ')}
  --only KIND         deck (the light PDF), handout or pptx
  --dark              the dark PDF of the deck alone
  --range 1,3-5       these slides
  --with-clicks       in the deck's PDFs a page for each click
  --out FOLDER        where the files go (export)
  --from FOLDER       a finished build to print (dist where it is of the slides as they are, else a new one)
  --help`

/** Address below which the handout's fonts are served, beside the build's own files. */
const FONTS = '/handout-fonts/'
/** Printing wants none of these, and the browser starts a fifth sooner without. */
const LEAN = ['--disable-gpu', '--disable-extensions']
/** Pages that are worked on at once. */
const AT_ONCE = 2

/** An edition and what of it to export. */
interface Order {
  edition: Edition
  deck: SourceDeck
  slides: number[]
}

/** A file that was written. */
interface Written {
  name: string
  contents: string
}

await runScript(USAGE, {
  edition: { type: 'string' },
  only: { type: 'string' },
  dark: { type: 'boolean', default: false },
  range: { type: 'string' },
  'with-clicks': { type: 'boolean', default: false },
  out: { type: 'string', default: 'export' },
  from: { type: 'string' },
}, async (options) => {
  const wanted = outputsOf(options)
  const printed = wanted.some(kind => kind !== 'pptx')
  // Started first of all: it takes the longest, and the rest is loaded meanwhile.
  if (printed) await import('playwright-chromium')
  const opening = printed ? launchChromium({ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, args: LEAN }) : undefined
  const close = () => opening?.then(browser => browser.close()).catch(() => undefined)
  // Whoever needs it hears that it failed; until then nobody does.
  opening?.catch(() => undefined)
  try {
    return await exportAll(wanted, options, opening)
  }
  finally {
    await close()
  }
})

interface Options {
  edition?: string
  range?: string
  'with-clicks': boolean
  out: string
  from?: string
}

async function exportAll(wanted: readonly (Kind | 'dark')[], options: Options, opening: Promise<Browser> | undefined): Promise<number> {
  const chosen = editionsOf(options.edition)
  const ordering = ordersOf(chosen, options.range)
  const finding = opening && (options.from === undefined
    ? freshBuild(chosen, ordering)
    : Promise.resolve(options.from).then(from => openBuild(resolve(from), chosen.map(({ language }) => language))))
  // Whoever needs it hears that it failed; until then nobody does.
  finding?.catch(() => undefined)
  const orders = await ordering
  // Needed last: loaded before it is.
  void import('./finish.ts')
  const folder = resolve(options.out)
  const stop = stopSignal()
  const delivery = await openDelivery(folder)
  process.on('exit', delivery.clear)
  const started = performance.now()
  const bar = new ProgressBar(orders.length * wanted.length)
  try {
    const files: Written[] = []
    if (opening && finding) files.push(...await exportPdfs(orders, wanted, { opening, finding, withClicks: options['with-clicks'], delivery, bar, signal: stop.signal }))
    if (wanted.includes('pptx')) {
      const [executable, { exportPptx }] = await Promise.all([ensureChromium(), import('./pptx.ts')])
      for (const { edition, slides } of orders) {
        if (stop.signal.aborted) break
        const name = exportName(edition.language, 'pptx')
        bar.show(name)
        await exportPptx({ edition, slides, executable, output: delivery.place(name) })
        bar.advance(name)
        files.push({ name, contents: `${slides.length} slides` })
      }
    }
    stop.signal.throwIfAborted()
    const sizes = files.map(({ name }) => statSync(delivery.place(name)).size)
    await delivery.deliver(files.map(({ name }) => name))
    bar.clear()
    files.forEach(({ name, contents }, i) => console.log(`${relative(process.cwd(), join(folder, name))}: ${contents}, ${Math.ceil((sizes[i] ?? 0) / 1000)} KB`))
    console.log(`exported in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    return 0
  }
  catch (error) {
    bar.clear()
    if (stop.signal.aborted) return stop.code()
    throw error
  }
  finally {
    delivery.clear()
  }
}

/** What the command line asks for: kinds, and the deck's dark PDF. */
function outputsOf({ only, dark, 'with-clicks': withClicks }: { only?: string, dark: boolean, 'with-clicks': boolean }): (Kind | 'dark')[] {
  const kind = KINDS.find(known => known === only)
  if (only !== undefined && !kind) throw new UsageError(`--only takes ${KINDS.slice(0, -1).join(', ')} or ${KINDS.at(-1)}, not "${only}".`)
  if (dark && kind && kind !== 'deck') throw new UsageError('--dark is for the deck: handout and PPTX are light.')
  if (withClicks && kind && kind !== 'deck') throw new UsageError('--with-clicks is for the deck.')
  if (dark) return ['dark']
  return kind ? [kind] : ['deck', 'dark', 'handout', 'pptx']
}

function editionsOf(language: string | undefined): Edition[] {
  const chosen = editions.filter(edition => language === undefined || edition.language === language)
  if (chosen.length === 0) throw new UsageError(`There is no edition "${language}".`)
  return chosen
}

async function ordersOf(chosen: readonly Edition[], range: string | undefined): Promise<Order[]> {
  const { soundDeck } = await import('slidev-addon-site/preflight')
  return Promise.all(chosen.map(async (edition) => {
    const deck = await soundDeck(edition.entry, 'error')
    try {
      return { edition, deck, slides: slideRange(range, deck.slides.length) }
    }
    catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error))
    }
  }))
}

interface PdfOptions {
  opening: Promise<Browser>
  finding: Promise<Build>
  withClicks: boolean
  delivery: Delivery
  bar: ProgressBar
  signal: AbortSignal
}

/** Prints the PDFs of all orders in one browser. */
async function exportPdfs(orders: readonly Order[], wanted: readonly (Kind | 'dark')[], { opening, finding, withClicks, delivery, bar, signal }: PdfOptions): Promise<Written[]> {
  bar.show('build')
  const fonts = new Map(wanted.includes('handout') ? await Promise.all(orders.map(async ({ edition }) => [edition.language, await handoutFonts(edition.language, FONTS)] as const)) : [])
  const [opened, found] = await Promise.allSettled([opening, finding])
  if (opened.status === 'rejected') throw opened.reason
  const browser = opened.value
  const close = () => void browser.close().catch(() => undefined)
  signal.addEventListener('abort', close)
  try {
    if (found.status === 'rejected') throw found.reason
    signal.throwIfAborted()
    const { folder, base } = found.value
    const { serveBuild } = await import('slidev-addon-site/static-server')
    const served = await serveBuild(folder, base, new Map([...fonts.values()].flatMap(({ files }) => [...files])))
    try {
      const epoch = process.env['SOURCE_DATE_EPOCH']
      const dateOf = ({ edition }: Order) => new Date(epoch ? Number(epoch) * 1000 : statSync(join(folder, edition.folder, 'print/index.html')).mtimeMs)
      const jobs = orders.flatMap(order => (['light', 'dark'] as const).map((scheme): (() => Promise<Written[]>) => async () => {
        const names = scheme === 'dark' ? wanted.filter(kind => kind === 'dark') : wanted.filter(kind => kind === 'deck' || kind === 'handout')
        const written: Written[] = []
        for (const kind of withClicks ? names : [names]) {
          // With clicks the handout still shows each slide once, so it takes a page of its own.
          const kinds = Array.isArray(kind) ? kind : [kind]
          if (kinds.length === 0) continue
          const clicks = withClicks && !kinds.includes('handout')
          const print = await openPrintPage({ browser, address: `${served.origin}${base}`, edition: order.edition, scheme, slides: order.slides, withClicks: clicks })
          for (const each of kinds) {
            const name = exportName(order.edition.language, each === 'deck' ? 'pdf' : `${each}.pdf`)
            bar.show(name)
            const { bytes, pages } = each === 'handout' ? await handout(order, print, fonts.get(order.edition.language)?.css ?? '', dateOf(order)) : await deckPdf(order, print, clicks, dateOf(order))
            await delivery.write(name, bytes)
            bar.advance(name)
            written.push({ name, contents: `${pages} pages` })
          }
          await print.close()
        }
        return written
      }))
      return (await inParallel(jobs, AT_ONCE)).flat()
    }
    finally {
      await served.close()
    }
  }
  finally {
    signal.removeEventListener('abort', close)
  }
}

async function deckPdf({ edition, deck, slides }: Order, print: PrintPage, withClicks: boolean, date: Date): Promise<{ bytes: Uint8Array, pages: number }> {
  const chosen = deck.slides.filter(({ no }) => slides.includes(no))
  const pages = deckPages(chosen, print.numbers, withClicks)
  const printed = await printDeck(print)
  const { finishPdf } = await import('./finish.ts')
  const bytes = await finishPdf(printed, {
    about: aboutDeck(deck, edition),
    pages,
    bookmarks: chapterBookmarks(chosen, no => print.numbers.indexOf(no)),
    titled: chosen[0]?.layout === 'cover',
    date,
    fonts: fontNames(edition.language),
  })
  return { bytes, pages: pages.length }
}

async function handout({ edition, deck, slides }: Order, print: PrintPage, faces: string, date: Date): Promise<{ bytes: Uint8Array, pages: number }> {
  const chosen = deck.slides.filter(({ no }) => slides.includes(no))
  const text = handoutText(deck, edition, chosen)
  const about = aboutDeck(deck, edition)
  const { pages, bookmarks } = handoutPages(chosen, text.labels)
  const printed = await printHandout(print, text, faces)
  const { finishPdf } = await import('./finish.ts')
  const bytes = await finishPdf(printed, {
    about: { ...about, title: `${about.title} · ${text.labels.handout}` },
    pages,
    bookmarks,
    titled: true,
    date,
    fonts: fontNames(edition.language),
  })
  return { bytes, pages: pages.length }
}

/** Does all jobs, some at once; after a failure none is begun any more. */
async function inParallel<T>(jobs: readonly (() => Promise<T>)[], atOnce: number): Promise<T[]> {
  const results: T[] = []
  const rest = [...jobs.entries()]
  const work = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) results[next[0]] = await next[1]()
  }
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, async () => {
    try {
      await work()
    }
    catch (error) {
      rest.length = 0
      throw error
    }
  }))
  const failed = ended.find(end => end.status === 'rejected')
  if (failed) throw failed.reason
  return results
}
