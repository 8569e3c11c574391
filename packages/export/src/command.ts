import { statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { Presets, SingleBar } from 'cli-progress'
import type { Browser } from 'playwright-chromium'
import { launchChromium } from 'slidev-addon-deck/browser'
import { parseCard } from 'slidev-addon-deck/card'
import { runScript, stopSignal } from 'slidev-addon-deck/command-line'
import { missingInNotes } from 'slidev-addon-deck/font-files'
import { DeckError } from 'slidev-addon-deck/load-deck'
import type { Command } from 'slidev-addon-deck/parts'
import { openProject } from 'slidev-addon-deck/project'
import { freshBuild, freshPages, openBuild } from './build.ts'
import { openDelivery } from './files.ts'
import { exportHtml, NotOneFile } from './html.ts'
import { editionsOf, needsSite, ordersOf, outputsFor, outputsOf, type Output } from './order.ts'
import { exportPrinted, type Written } from './printed.ts'

const USAGE = `Usage: deck export [options]

Writes the deck into export/: as PDF, light and dark, a handout as PDF (slides with their notes), a PPTX of native shapes to
go on working in, a PDF of card.md, one page to take along, where that lies beside the slides, and the whole deck as one HTML file, which any
browser opens from a disk or a USB stick, without network.

  --only KIND         deck (the light PDF), handout, card, pptx or html
  --dark              the dark PDF of the deck alone; with --only pptx a dark PPTX
  --range 1,3-5       these slides; not for the HTML file
  --with-clicks       in the deck's PDFs a page for each click
  --with-notes        with speaker notes and presenter view in the HTML file
  --edition LANGUAGE  one edition of a deck that has several
  --out FOLDER        where the files go (export)
  --from FOLDER       a finished build to print (dist where it is of the slides as they are, else a new one); no HTML file
  --help

The PDFs are tagged and have bookmarks. Their date is that of the build, or the one in SOURCE_DATE_EPOCH. Where
deck.config.ts names fonts, a character that those lack stops the export. What other hosts do not send is left out and
listed. Files of several editions belong in one folder: each leads to the same slide of the other.`

/** Printing wants none of these, and the browser starts a fifth sooner without. */
const LEAN = ['--disable-gpu', '--disable-extensions']

export const command: Command = {
  summary: 'PDFs for screen and paper, a PPTX, and one HTML file to take along',
  run: (root, args) => runScript(USAGE, {
    edition: { type: 'string' },
    only: { type: 'string' },
    dark: { type: 'boolean', default: false },
    range: { type: 'string' },
    'with-clicks': { type: 'boolean', default: false },
    'with-notes': { type: 'boolean', default: false },
    out: { type: 'string', default: 'export' },
    from: { type: 'string' },
  }, async (options) => {
    const wanted = outputsOf(options)
    // Started first of all: it takes the longest, and the rest is loaded meanwhile.
    const opening = needsSite(wanted) ? launchChromium({ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, args: LEAN }) : undefined
    // Whoever needs it hears that it failed; until then nobody does.
    opening?.catch(() => undefined)
    try {
      return await exportDeck(root, wanted, { ...options, withClicks: options['with-clicks'], withNotes: options['with-notes'] }, opening)
    }
    finally {
      await opening?.then(browser => browser.close()).catch(() => undefined)
    }
  }, args),
}

interface Options {
  edition?: string
  range?: string
  from?: string
  out: string
  withClicks: boolean
  withNotes: boolean
}

async function exportDeck(root: string, wanted: readonly Output[], { edition, range, from, out, withClicks, withNotes }: Options, opening: Promise<Browser> | undefined): Promise<number> {
  const project = await openProject(root)
  const chosen = editionsOf(project, edition)
  const ordering = ordersOf(project, chosen, range)
  const folder = resolve(root, out)
  const finding = opening && (from === undefined ? freshBuild(project, chosen, ordering.then(orders => orders.map(({ deck }) => deck)), folder) : Promise.try(() => openBuild(resolve(root, from), chosen)))
  finding?.catch(() => undefined)
  const orders = await ordering
  // What the slides lack stops their build; notes are printed in the handout alone.
  const missing = wanted.includes('handout') ? (await Promise.all(orders.map(({ deck }) => missingInNotes(deck)))).flat() : []
  if (missing.length > 0) throw new DeckError(missing)
  // A card that is none is told before all else is made.
  if (wanted.includes('card')) orders.forEach(({ deck: { card } }) => card && parseCard(card))
  const total = orders.reduce((sum, order) => sum + outputsFor(order, wanted).length, 0)
  if (total === 0) throw new Error(`${orders[0]?.deck.entry}  there is no card to export: write card.md beside its first slide.`)
  const stop = stopSignal()
  const delivery = await openDelivery(folder)
  process.on('exit', delivery.clear)
  const started = performance.now()
  const bar = new SingleBar({ format: '{bar} {value}/{total} {name}', barsize: 24, clearOnComplete: true }, Presets.shades_classic)
  bar.start(total, 0, { name: 'build' })
  try {
    const files: Written[] = []
    let notMade = ''
    if (opening && finding) files.push(...await exportPrinted(orders, wanted, { opening, finding, withClicks, delivery, bar, signal: stop.signal }))
    if (wanted.includes('html')) {
      try {
        const pages = await freshPages(project, orders.map(({ deck }) => deck), withNotes, folder)
        files.push(...await exportHtml(orders, pages, { withNotes, delivery, bar }))
      }
      catch (error) {
        if (!(error instanceof NotOneFile) || wanted.length === 1) throw error
        // The others can be made all the same.
        notMade = error.message
      }
    }
    stop.signal.throwIfAborted()
    const sizes = files.map(({ name }) => statSync(delivery.place(name)).size)
    await delivery.deliver(files.map(({ name }) => name))
    bar.stop()
    if (notMade) console.error(notMade)
    const missing = (isHtml: boolean) => [...new Set(files.filter(({ name }) => name.endsWith('.html') === isHtml).flatMap(file => file.missing))]
    const tell = (why: string, urls: readonly string[]) => urls.length > 0 && console.error(`${why} (copies in public/ are always there):\n${urls.map(url => `  ${url}\n`).join('')}`)
    tell('Other hosts did not send these, so the PDFs and the PPTX are without them', missing(false))
    tell('HTML files ask no other host, so they are without these', missing(true))
    files.forEach(({ name, pictures = [] }) => pictures.length > 0 && console.error(`Pictures in ${name}, of what PowerPoint has no form for: ${pictures.join('; ')}`))
    files.forEach(({ name, contents }, i) => console.log(`${relative(process.cwd(), join(folder, name))}: ${contents}, ${Math.ceil((sizes[i] ?? 0) / 1000)} KB`))
    console.log(`exported in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    return 0
  }
  catch (error) {
    if (stop.signal.aborted) return stop.code()
    throw error
  }
  finally {
    bar.stop()
    delivery.clear()
  }
}
