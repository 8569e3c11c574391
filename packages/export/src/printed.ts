import { statSync } from 'node:fs'
import type { SingleBar } from 'cli-progress'
import type { Browser } from 'playwright-chromium'
import { wholeFonts } from 'slidev-addon-deck/font-files'
import { facesOf } from 'slidev-addon-deck/fonts'
import { counted } from 'slidev-addon-deck/measure'
import { exportName } from 'slidev-addon-deck/project'
import { serveBuild } from 'slidev-addon-site/static-server'
import { pageToPrint, type Build } from './build.ts'
import { cardPdf, deckPdf, handoutPdf } from './documents.ts'
import type { Delivery } from './files.ts'
import { finishPdf } from './finish.ts'
import { outputsFor, type Order, type Output } from './order.ts'
import { openPrintPage, printDeck, printHandout } from './print.ts'
import { pptxOf } from './pptx/index.ts'

/** Address below which the fonts of handout and card are served, beside the build's own files. */
const FONTS = '/handout-fonts/'
/** Pages that are worked on at once. */
const AT_ONCE = 2

/** A file that was written. */
export interface Written {
  name: string
  /** How many pages or slides. */
  contents: string
  /** Addresses on other hosts that did not load for it. */
  missing: readonly string[]
  /** Of a PPTX: what of which slides is a picture in it, since it has no native form. */
  pictures?: readonly string[]
}

interface PrintOptions {
  opening: Promise<Browser>
  finding: Promise<Build>
  withClicks: boolean
  delivery: Delivery
  bar: SingleBar
  signal: AbortSignal
}

/** Makes the PDFs and the PPTX of all orders in one browser, which is closed when the signal says to stop. */
export async function exportPrinted(orders: readonly Order[], wanted: readonly Output[], { opening, finding, withClicks, delivery, bar, signal }: PrintOptions): Promise<Written[]> {
  const fonts = new Map<Order, HandoutFonts>()
  if (wanted.includes('handout') || wanted.includes('card')) await Promise.all(orders.map(async order => fonts.set(order, await handoutFonts(order))))
  const browser = await opening
  const close = () => void browser.close().catch(() => undefined)
  signal.addEventListener('abort', close)
  const { folder, base } = await finding
  signal.throwIfAborted()
  const served = await serveBuild(folder, base, new Map([...fonts.values()].flatMap(({ files }) => [...files])))
  const epoch = process.env['SOURCE_DATE_EPOCH']
  const dateOf = ({ deck: { edition } }: Order) => epoch ? new Date(Number(epoch) * 1000) : statSync(pageToPrint(folder, edition)).mtime

  /** Files that one page in the browser is printed to, in this order. */
  async function print(order: Order, kinds: readonly Output[]): Promise<Written[]> {
    const { deck } = order
    // A card needs no slide, but the deck's styles, which the first one brings.
    const slides = kinds.every(kind => kind === 'card') ? order.slides.slice(0, 1) : order.slides
    const chosen = deck.slides.filter(({ no }) => slides.includes(no))
    const clicks = withClicks && !kinds.some(kind => kind === 'handout' || kind === 'card')
    const page = await openPrintPage({ browser, address: served.origin + base, deck, scheme: kinds.includes('dark') ? 'dark' : 'light', slides, withClicks: clicks })
    const contentsOf = (kind: Output) => {
      if (kind === 'handout') return handoutPdf(deck, chosen)
      if (kind === 'card' && deck.card) return cardPdf(deck, deck.card)
      return deckPdf(deck, chosen, page.numbers, clicks)
    }
    const written: Written[] = []
    for (const kind of kinds) {
      const name = exportName(deck.project, deck.edition, kind === 'deck' ? 'pdf' : `${kind}.pdf`)
      bar.update({ name })
      const { html, ...contents } = contentsOf(kind)
      const printed = html ? await printHandout(page, html, fonts.get(order)?.css ?? '') : await printDeck(page)
      await delivery.write(name, await finishPdf(printed, { ...contents, date: dateOf(order) }))
      bar.increment()
      written.push({ name, contents: counted(contents.pages.length, 'page'), missing: page.missing })
    }
    await page.close()
    return written
  }

  async function present(order: Order, kind: 'pptx' | 'dark.pptx'): Promise<Written[]> {
    const { deck, slides } = order
    const name = exportName(deck.project, deck.edition, kind)
    bar.update({ name })
    const { bytes, count, pictures, missing } = await pptxOf({ browser, address: served.origin + base, deck, scheme: kind === 'pptx' ? 'light' : 'dark', slides, withClicks: true }, dateOf(order))
    await delivery.write(name, bytes)
    bar.increment()
    return [{ name, contents: counted(count, 'slide'), missing, pictures }]
  }

  // With clicks the handout still shows each slide once, so it takes a page of its own. The card can be laid out on any page that shows no clicks.
  const together: Output[][] = withClicks ? [['deck'], ['handout', 'card'], ['dark']] : [['deck', 'handout', 'card'], ['dark']]
  const jobs = orders.flatMap(order => [
    ...together.map(kinds => outputsFor(order, kinds.filter(kind => wanted.includes(kind)))).filter(kinds => kinds.length > 0).map(kinds => () => print(order, kinds)),
    ...(['pptx', 'dark.pptx'] as const).filter(kind => wanted.includes(kind)).map(kind => () => present(order, kind)),
  ])
  const results: Written[][] = []
  const rest = [...jobs.entries()]
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let next = rest.shift(); next; next = rest.shift()) results[next[0]] = await next[1]()
    }))
    return results.flat()
  }
  finally {
    // After a failure nothing more is begun.
    rest.length = 0
    signal.removeEventListener('abort', close)
    await served.close()
  }
}

/** The faces of a handout and a card, whole: they have characters that the slides have not. */
interface HandoutFonts {
  css: string
  /** Font file by the address the CSS names it by. */
  files: ReadonlyMap<string, string>
}

async function handoutFonts({ deck: { project, edition } }: Order): Promise<HandoutFonts> {
  const used = await wholeFonts(facesOf(project, edition))
  const rules = used.map(({ face, module, range }) => {
    const family = face.role === 'display' ? 'Handout Serif' : 'Handout Sans'
    return `@font-face{font-family:"${family}";font-weight:${face.weight};src:url("${FONTS}${module}") format("woff2")${range ? `;unicode-range:${range}` : ''}}`
  })
  return {
    css: `${rules.join('\n')}\n:root{--handout-serif:"Handout Serif";--handout-sans:"Handout Sans"}\n`,
    files: new Map(used.map(({ module, path }) => [`${FONTS}${module}`, path])),
  }
}
