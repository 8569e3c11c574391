import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-chromium'
import type { Edition } from 'slidev-addon-deck/editions'
import { pictureFills } from './pdf/content.ts'
import { keepOnly, layOutHandout, loadHandoutFonts, prepare, progress, settle, watchErrors, type HandoutText } from './in-page.ts'

/** How long slides may take to come, in milliseconds. */
const PATIENCE = 30_000
const CANVAS = { width: 980, height: 552 }
const NO_MARGIN = { top: 0, right: 0, bottom: 0, left: 0 }

/** A finished deck in a browser, its slides one below the other. */
export interface Printing {
  browser: Browser
  /** Address of the build, with its closing slash. */
  address: string
  edition: Edition
  scheme: 'light' | 'dark'
  /** Numbers of the slides. */
  slides: readonly number[]
  /** A page for each click of a slide, in place of its last state alone. */
  withClicks: boolean
}

/** The slides as they came: for each page the number of its slide. */
export interface PrintPage {
  page: Page
  numbers: number[]
  close: () => Promise<void>
}

/**
 * Opens the print page of an edition and waits until every slide is there with its fonts.
 * @throws naming the slide that throws or does not come, the font or file that does not load.
 */
export async function openPrintPage({ browser, address, edition, scheme, slides, withClicks }: Printing): Promise<PrintPage> {
  const context = await browser.newContext({ viewport: CANVAS, colorScheme: scheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  try {
    const failures = listen(page)
    // Print styles show every slide in its last state.
    await Promise.all([page.addInitScript(watchErrors), page.emulateMedia({ media: withClicks ? 'screen' : 'print', colorScheme: scheme, reducedMotion: 'reduce' })])
    await page.goto(`${address}${edition.folder ? `${edition.folder}/` : ''}print/?print=${withClicks ? 'clicks' : 'true'}`, { timeout: PATIENCE })
    await arrival(page, edition, slides, failures)
    const unloaded = await page.evaluate(settle)
    if (unloaded.length > 0) throw new Error(`${edition.entry}: a font did not load: ${[...unloaded, ...failures].join('; ')}.`)
    const { errors } = await page.evaluate(progress)
    report(edition, errors, failures)
    const numbers = await page.evaluate(keepOnly, slides)
    await page.evaluate(prepare, { fills: pictureFills, scheme })
    return { page, numbers, close: () => context.close() }
  }
  catch (error) {
    await context.close().catch(() => undefined)
    throw error
  }
}

/** Collects what goes wrong outside of Vue: files that do not load, errors that nothing catches. */
function listen(page: Page): string[] {
  const failures: string[] = []
  const file = (url: string) => decodeURIComponent(new URL(url).pathname)
  page.on('pageerror', error => failures.push(error.message))
  page.on('requestfailed', request => failures.push(`${file(request.url())} did not load`))
  page.on('response', response => response.status() >= 400 && failures.push(`${file(response.url())} did not load (${response.status()})`))
  return failures
}

async function arrival(page: Page, edition: Edition, slides: readonly number[], failures: readonly string[]): Promise<void> {
  const until = performance.now() + PATIENCE
  let missing: number[] = [...slides]
  while (performance.now() < until) {
    const { errors, ready } = await page.evaluate(progress)
    report(edition, errors, failures)
    missing = slides.filter(no => !ready.includes(no))
    if (missing.length === 0) return
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
  throw new Error(`${edition.entry}: ${slideNames(missing)} did not come within ${PATIENCE / 1000} s.`)
}

const slideNames = (slides: readonly number[]) => slides.length === 1 ? `slide ${slides[0]}` : `slides ${slides.join(', ')}`

function report(edition: Edition, errors: readonly { slide?: number, message: string }[], failures: readonly string[]): void {
  const [error] = errors
  const font = failures.find(failure => failure.includes('.woff2'))
  if (error) throw new Error(`${edition.entry}: ${error.slide === undefined ? 'the deck' : `slide ${error.slide}`} failed to render: ${[error.message, ...failures].join('; ')}`)
  if (failures.length > 0) throw new Error(`${edition.entry}: ${font ? `a font did not load: ${font}` : `the deck failed to render: ${failures.join('; ')}`}`)
}

/** The slides as a PDF, one a page. */
export function printDeck({ page }: PrintPage): Promise<Buffer> {
  return page.pdf({ width: `${CANVAS.width}px`, height: `${CANVAS.height}px`, margin: NO_MARGIN, printBackground: true, tagged: true })
}

/**
 * The handout as a PDF. The page is of no use for the deck any more.
 * @param faces CSS that declares the families `--handout-sans` and `--handout-serif` stand for.
 * @throws naming the slides whose narration has no room, and a font that does not load.
 */
export async function printHandout({ page }: PrintPage, text: HandoutText, faces: string): Promise<Buffer> {
  await page.addStyleTag({ content: faces + await readFile(join(import.meta.dirname, 'handout.css'), 'utf8') })
  const unloaded = await page.evaluate(loadHandoutFonts)
  if (unloaded.length > 0) throw new Error(`A font of the handout did not load: ${unloaded.join('; ')}.`)
  const full = await page.evaluate(layOutHandout, text)
  if (full.length > 0) throw new Error(`The narration of ${slideNames(full)} finds no room on a page of the handout: shorten it.`)
  await page.evaluate(settle)
  return page.pdf({ format: 'A4', margin: NO_MARGIN, printBackground: true, tagged: true, preferCSSPageSize: true })
}
