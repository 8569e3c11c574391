import type { Browser } from 'playwright-chromium'
import type { Edition } from 'slidev-addon-deck/editions'
import { talkOf } from 'slidev-addon-deck/talk'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { pageErrors, watchErrors } from './page-errors.ts'
import { serveBuild } from './static-server.ts'
import { editionBase } from './head.ts'
import { visit, type Pictures } from './in-page.ts'

/** How long a slide may take to come, in milliseconds. */
const PATIENCE = 30_000
const CANVAS = { width: 980, height: 552 }

/** A slide as the finished deck renders it. */
export interface RenderedSlide extends Pictures {
  no: number
  id: string
  /** Its headline as plain text. */
  headline: string
  /** Clicks it takes. */
  clicks: number
}

/** An edition's app as Slidev built it. */
export interface EditionApp {
  edition: Edition
  deck: SourceDeck
  folder: string
}

/**
 * Has every slide of an edition's app rendered.
 * @param siteBase address below which all editions will be served, with a slash at both ends.
 * @throws naming the slide that throws or does not come.
 */
export async function renderSlides(browser: Browser, { edition, deck, folder }: EditionApp, siteBase: string): Promise<RenderedSlide[]> {
  const base = editionBase(siteBase, edition)
  const context = await browser.newContext({ viewport: CANVAS, colorScheme: 'light', reducedMotion: 'reduce', serviceWorkers: 'block' })
  const served = await serveBuild(folder, base)
  try {
    const page = await context.newPage()
    await page.addInitScript(watchErrors)
    await page.goto(served.origin + base, { timeout: PATIENCE })
    const slides = talkOf(deck).slides.map(({ no, id, headline, clicks = 0 }) => ({ no, id, headline, clicks }))
    const pictures = await page.evaluate(visit, { stops: slides.map(({ no, id, clicks }) => ({ no, clicks, path: `/${id || no}` })), patience: PATIENCE })
    const [error] = await page.evaluate(pageErrors)
    if (error) throw new Error(`${edition.entry}: slide ${error.slide ?? pictures.length + 1} failed to render: ${error.message}`)
    return slides.map((slide, i) => {
      const found = pictures[i]
      if (!found) throw new Error(`${edition.entry}: slide ${pictures.length + 1} did not come within ${PATIENCE / 1000} s.`)
      return { ...slide, ...found }
    })
  }
  finally {
    // First: it also ends where the browser has gone, and a server that is left keeps this process.
    await served.close()
    await context.close()
  }
}
