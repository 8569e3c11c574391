import { setTimeout } from 'node:timers/promises'
import type { Browser } from 'playwright-chromium'
import { canvasOf } from 'slidev-addon-deck/deck'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { refusals, visit, watchPolicy, type Pictures, type Refusal } from './in-page.ts'
import { inlineContent, sourcesOf } from './inline-hashes.ts'
import { pageErrors, watchErrors } from './page-errors.ts'
import { contentPolicy } from './policy.ts'
import { serveBuild } from './static-server.ts'

/** How long a slide may take to come, in milliseconds. */
const PATIENCE = 30_000
/** How long, in milliseconds, the page asks for nothing before it has all that it wants. */
const QUIET = 500

/** A slide as the finished deck renders it. */
export interface RenderedSlide extends Pictures {
  no: number
  id: string
  /** Its headline as plain text, '' where it has none. */
  headline: string
}

/** An edition's slides, and what they asked for that a strict policy would refuse. */
export interface Rendered {
  slides: RenderedSlide[]
  refused: Refusal[]
}

/**
 * Has every slide of an edition's app rendered.
 * @param folder the app as Slidev built it
 * @param base the edition's address, with a slash at both ends
 * @throws with file and line of the slide that throws or does not come, and why.
 */
export async function renderSlides(browser: Browser, deck: SourceDeck, folder: string, base: string): Promise<Rendered> {
  const context = await browser.newContext({ viewport: canvasOf(deck), colorScheme: 'light', reducedMotion: 'reduce', serviceWorkers: 'block' })
  const served = await serveBuild(folder, base)
  try {
    const page = await context.newPage()
    const said: string[] = []
    page.on('pageerror', ({ message }) => said.push(message))
    page.on('console', message => message.type() === 'error' && !/^\[Report Only\]|^Failed to load resource/.test(message.text()) && said.push(message.text()))
    let lastAsked = 0
    page.on('request', () => lastAsked = performance.now())
    await page.addInitScript(watchErrors)
    await page.addInitScript(watchPolicy)
    await context.route('**', async (route) => {
      const request = route.request()
      // What the slides ask of other hosts is noted, and not waited for.
      if (new URL(request.url()).origin !== served.origin) return route.abort()
      if (!request.isNavigationRequest()) return route.continue()
      const response = await route.fetch()
      const policy = contentPolicy(sourcesOf(inlineContent(await response.text())))
      return route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy-report-only': policy } })
    })
    await page.goto(served.origin + base, { timeout: PATIENCE })
    const stops = deck.slides.map(({ no, id }) => ({ no, path: `/${id || no}` }))
    const { pictures, missing } = await page.evaluate(visit, { stops, patience: PATIENCE })
    const [error] = await page.evaluate(pageErrors)
    const failed = deck.slides[error?.slide ? error.slide - 1 : pictures.length] ?? deck.slides[0]
    if (failed && (error || missing)) {
      const why = error?.message ?? (said.join(' ') || `${missing ?? ''} did not come within ${PATIENCE / 1000} s`)
      throw new Error(`${failed.file}:${failed.line}  slide ${failed.no} does not render: ${why}`)
    }
    // A part that a slide loads by itself comes later: an editor, a drawing.
    while (performance.now() < lastAsked + QUIET) await setTimeout(QUIET / 10)
    return {
      slides: deck.slides.flatMap(({ no, id, headline }, i) => pictures[i] ? [{ no, id, headline, ...pictures[i] }] : []),
      refused: await page.evaluate(refusals),
    }
  }
  finally {
    // First: it also ends where the browser has gone, and a server that is left keeps this process.
    await served.close()
    await context.close()
  }
}
