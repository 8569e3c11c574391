import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-chromium'
import { canvasOf, type Deck } from 'slidev-addon-deck/deck'
import { pageErrors, watchErrors } from 'slidev-addon-site/page-errors'
import { arrivedSlides, keepOnly, layOutHandout, loadHandoutFonts, overlongCard, prepare, settle, slideSize } from './in-page.ts'
import { pictureFills } from './pdf/content.ts'

/** How long slides may take to come, in milliseconds. */
const PATIENCE = 30_000
const NO_MARGIN = { top: 0, right: 0, bottom: 0, left: 0 }

/** A finished deck in a browser, its slides one below the other. */
export interface Printing {
  browser: Browser
  /** Address of the build, with its closing slash. */
  address: string
  deck: Deck
  scheme: 'light' | 'dark'
  /** Numbers of the slides. */
  slides: readonly number[]
  /** A page for each click of a slide, in place of its last state alone. */
  withClicks: boolean
}

/** A print page, its slides as they came. */
export type PrintPage = Awaited<ReturnType<typeof openSlides>>

/**
 * Opens the print page of an edition, ready for a tagged PDF.
 * @throws as `openSlides` does.
 */
export async function openPrintPage(printing: Printing): Promise<PrintPage> {
  const opened = await openSlides(printing)
  await opened.page.evaluate(prepare, { fills: pictureFills, scheme: printing.scheme, ids: printing.deck.slides.map(({ id }) => id) })
  return opened
}

/**
 * Opens the print page of an edition and waits until every slide is there with its fonts and pictures.
 * @param sharpness dots a px, in pictures that are taken of the page.
 * @returns the page with the number of each picture's slide, and the addresses on other hosts that did not load.
 * @throws naming the slide that throws or does not come, the font or file that does not load.
 */
export async function openSlides({ browser, address, deck, scheme, slides, withClicks }: Printing, sharpness = 1) {
  const { entry, edition: { folder } } = deck
  // Another size, once they are there, would have all of them laid out again.
  const context = await browser.newContext({ viewport: canvasOf(deck), colorScheme: scheme, reducedMotion: 'reduce', deviceScaleFactor: sharpness })
  const page = await context.newPage()
  try {
    const traffic = listen(page, new URL(address).origin)
    const assertSound = async () => {
      const [error] = await page.evaluate(pageErrors)
      if (error) throw new Error(`${entry}: ${error.slide === undefined ? 'the deck' : `slide ${error.slide}`} failed to render: ${[error.message, ...traffic.failures].join('; ')}`)
      const font = traffic.failures.find(failure => failure.includes('.woff2'))
      if (font) throw new Error(`${entry}: a font did not load: ${font}`)
      if (traffic.failures.length > 0) throw new Error(`${entry}: the deck failed to render: ${traffic.failures.join('; ')}`)
    }
    // Print styles show every slide in its last state.
    await Promise.all([page.addInitScript(watchErrors), page.emulateMedia({ media: withClicks ? 'screen' : 'print' })])
    await page.goto(`${address}${folder ? `${folder}/` : ''}print/?print=${withClicks ? 'clicks' : 'true'}`, { timeout: PATIENCE })
    const until = performance.now() + PATIENCE
    for (let waiting = [...slides]; waiting.length > 0 || traffic.open > 0;) {
      await assertSound()
      const arrived = await page.evaluate(arrivedSlides)
      waiting = slides.filter(no => !arrived.includes(no))
      if (performance.now() > until) {
        if (waiting.length > 0) throw new Error(`${entry}: ${slideNames(waiting)} did not come within ${PATIENCE / 1000} s.`)
        break
      }
      await page.evaluate(() => new Promise(requestAnimationFrame))
    }
    const unloaded = await page.evaluate(settle)
    if (unloaded.length > 0) throw new Error(`${entry}: a font did not load: ${[...unloaded, ...traffic.failures].join('; ')}.`)
    await assertSound()
    const numbers = await page.evaluate(keepOnly, slides)
    return { page, numbers, missing: traffic.missing, close: () => context.close() }
  }
  catch (error) {
    await context.close().catch(() => undefined)
    throw error
  }
}

/** What a page fetches: the files of the build that do not load, with errors that nothing catches; what other hosts do not send; how many requests are open. */
function listen(page: Page, origin: string) {
  const traffic = { failures: [] as string[], missing: [] as string[], open: 0 }
  const fail = (url: string, why = '') => {
    if (new URL(url).origin === origin) traffic.failures.push(`${decodeURIComponent(new URL(url).pathname)} did not load${why}`)
    else traffic.missing.push(url)
  }
  page.on('pageerror', error => traffic.failures.push(error.message))
  page.on('request', () => traffic.open++)
  page.on('requestfinished', () => traffic.open--)
  page.on('requestfailed', (request) => {
    traffic.open--
    fail(request.url())
  })
  page.on('response', response => response.status() >= 400 && fail(response.url(), ` (${response.status()})`))
  return traffic
}

const slideNames = (slides: readonly number[]) => slides.length === 1 ? `slide ${slides[0]}` : `slides ${slides.join(', ')}`

/** The slides as a PDF, one a page. */
export async function printDeck({ page }: PrintPage): Promise<Buffer> {
  const { width, height } = await page.evaluate(slideSize)
  return page.pdf({ width: `${width}px`, height: `${height}px`, margin: NO_MARGIN, printBackground: true, tagged: true })
}

/**
 * A handout or a card as a PDF. The page is of no use for the deck any more.
 * @param html its pages.
 * @param faces CSS that declares the families `--handout-sans` and `--handout-serif` stand for.
 * @throws naming the slides whose narration has no room, the file of a card that has none, and a font that does not load.
 */
export async function printHandout({ page }: PrintPage, html: string, faces: string): Promise<Buffer> {
  const styles = await Promise.all(['handout.css', 'card.css'].map(file => readFile(join(import.meta.dirname, file), 'utf8')))
  // A sheet of its own: the page's policy refuses <style>.
  await page.evaluate((css) => {
    const style = new CSSStyleSheet()
    style.replaceSync(css)
    document.adoptedStyleSheets.push(style)
  }, faces + styles.join('\n'))
  const unloaded = await page.evaluate(loadHandoutFonts)
  if (unloaded.length > 0) throw new Error(`A font of the handout did not load: ${unloaded.join('; ')}.`)
  const full = await page.evaluate(layOutHandout, html)
  if (full.length > 0) throw new Error(`The notes of ${slideNames(full)} find no room on a page of the handout: shorten them.`)
  const overlong = await page.evaluate(overlongCard)
  if (overlong) throw new Error(`${overlong}  The card finds no room on one page: shorten its texts, or ask fewer questions.`)
  await page.evaluate(settle)
  return page.pdf({ format: 'A4', margin: NO_MARGIN, printBackground: true, tagged: true, preferCSSPageSize: true })
}
