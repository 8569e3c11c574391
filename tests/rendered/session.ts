import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-chromium'
import { clicksOf } from 'slidev-addon-deck/clicks'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { project } from '../helpers/deck.ts'
import { inspectPage } from './axe.ts'
import { fencesOf } from './labels.ts'
import { DECORATION, MARKS } from './limits.ts'
import type { PaintedFont, Scheme, State } from './rule.ts'
import { takeSnapshot } from './snapshot.ts'

/** Without a worker, which would fetch the whole deck whenever a page is opened. */
export const ALONE = { reducedMotion: 'reduce', serviceWorkers: 'block' } as const satisfies BrowserContextOptions
/** What Playwright says of it. */
const BLOCKED = 'Service Worker registration blocked by Playwright'

/** A slide that is not there by then does not come, in milliseconds. */
const ARRIVAL = 15_000

/** The clicks of a slide: what it says itself, else what its source amounts to. */
export function lastClick(slide: DeckSlide): number {
  const { clicks } = slide.frontmatter
  return typeof clicks === 'number' ? clicks : clicksOf(slide, project.config.clickComponents) ?? 0
}

/** Every state of a deck in the order in which a speaker comes by. */
export function statesOf(slides: readonly DeckSlide[]): { slide: DeckSlide, click: number }[] {
  return slides.flatMap(slide => Array.from({ length: lastClick(slide) + 1 }, (_, click) => ({ slide, click })))
}

/** A page that shows a built deck, and what was heard of it. */
export class Session {
  readonly page: Page
  readonly cdp: CDPSession
  private readonly base: string
  private shown: Scheme
  private heard: { console: string[], badRequests: string[], requests: number } = { console: [], badRequests: [], requests: 0 }

  private constructor(page: Page, cdp: CDPSession, base: string, scheme: Scheme) {
    this.page = page
    this.cdp = cdp
    this.base = base
    this.shown = scheme
  }

  /**
   * Opens an empty page of 1280 × 720.
   * @param base the deck's address, with its closing slash.
   */
  static async open(browser: Browser, base: string, scheme: Scheme = 'light', options: BrowserContextOptions = ALONE): Promise<Session> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme: scheme, ...options })
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await cdp.send('DOM.enable')
    await cdp.send('CSS.enable')
    const session = new Session(page, cdp, base, scheme)
    session.listen(new URL(base).origin)
    return session
  }

  /** The colour scheme that the page is shown in. */
  get scheme(): Scheme {
    return this.shown
  }

  close(): Promise<void> {
    return this.page.context().close()
  }

  private listen(origin: string): void {
    const { page } = this
    page.on('console', message => ['warning', 'error'].includes(message.type()) && message.text() !== BLOCKED && this.heard.console.push(`console ${message.type()}: ${message.text()}`))
    page.on('pageerror', error => this.heard.console.push(`uncaught: ${error.message}`))
    page.on('request', (request) => {
      const url = new URL(request.url())
      this.heard.requests++
      if (/^(?:https?|wss?):$/.test(url.protocol) && url.origin !== origin) this.heard.badRequests.push(`asks another host: ${request.url()}`)
    })
    page.on('response', response => response.status() >= 400 && this.heard.badRequests.push(`answered ${response.status()}: ${response.url()}`))
    // A load that the next navigation cut short did not fail.
    page.on('requestfailed', request => request.failure()?.errorText !== 'net::ERR_ABORTED' && this.heard.badRequests.push(`failed (${request.failure()?.errorText}): ${request.url()}`))
  }

  /** Loads an address of the deck anew; what was heard before is forgotten. */
  async load(path: string): Promise<void> {
    this.heard = { console: [], badRequests: [], requests: 0 }
    await this.page.goto(this.base + path)
  }

  /**
   * Waits until a slide is shown at a click, with its fonts and at rest.
   * @returns what is there instead, where it does not come.
   */
  async arrive(no: number, click: number): Promise<string | undefined> {
    const arrived = await this.page.waitForFunction(([no, click]) => {
      const shown = [...document.querySelectorAll<HTMLElement>('#slideshow > [data-slidev-no]')].filter(el => el.checkVisibility())
      return shown.length === 1 && Number(shown[0]?.dataset['slidevNo']) === no && shown[0]?.querySelector('.slidev-layout h1')
        // What the page showed by itself is gone, and the app has taken over.
        && !document.querySelector('#first')
        && Number(new URLSearchParams(location.search).get('clicks') ?? 0) === click
    }, [no, click] as const, { timeout: ARRIVAL }).then(() => true, () => false)
    if (!arrived) return `it did not come within ${ARRIVAL / 1000} s; the page is at ${new URL(this.page.url()).pathname}${new URL(this.page.url()).search}`
    await this.rest()
    return undefined
  }

  /** Waits until fonts are there and nothing moves. */
  async rest(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame)
      await document.fonts.ready
      await frame()
      await Promise.all(document.getAnimations().filter(each => Number.isFinite(each.effect?.getComputedTiming().endTime)).map(each => each.finished.catch(() => undefined)))
      await frame()
    })
  }

  /** Switches the colour scheme of the page as it stands, as the system does in the evening. */
  async setScheme(scheme: Scheme, isToRest = true): Promise<void> {
    this.shown = scheme
    await this.page.emulateMedia({ colorScheme: scheme })
    // A page without the app follows by its styles alone.
    await this.page.waitForFunction(isDark => !document.querySelector('#app') || document.documentElement.classList.contains('dark') === isDark, scheme === 'dark')
    if (isToRest) await this.rest()
  }

  /**
   * Everything that the rules look at. Clicks between the first and the last show what stands in the page at one of them, where no
   * picture goes through more than two states: there no faces are asked for, and axe-core judges colours alone.
   * @param before the same state in the other colour scheme: what does not hang on colours is as it was there.
   */
  async state(edition: State['edition'], slide: DeckSlide, click: number, failure?: string, before?: State): Promise<State> {
    const snapshot = await this.page.evaluate(takeSnapshot, { marks: MARKS, decoration: DECORATION })
    const isBetween = click > 0 && click < lastClick(slide) && fencesOf(slide).filter(({ fence }) => fence.state !== undefined).length <= 2
    const fonts = before?.fonts ?? (isBetween ? [] : await this.fonts(slide.no))
    const axe = await inspectPage(this.page, { colours: isBetween || before !== undefined })
    const { heard } = this
    this.heard = { console: [], badRequests: [], requests: 0 }
    return { edition, slide, click, clicks: lastClick(slide), scheme: this.scheme, snapshot, fonts, axe, ...heard, ...failure && { failure } }
  }

  /** The faces that paint the slide's text, as the browser tells. */
  private async fonts(no: number): Promise<PaintedFont[]> {
    const { root } = await this.cdp.send('DOM.getDocument', { depth: 0 })
    const { nodeIds } = await this.cdp.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: `#slideshow > [data-slidev-no="${no}"] :not(svg, g, path, rect, circle, polygon, line, ellipse)` })
    const found = new Map<string, PaintedFont>()
    for (const { fonts } of await Promise.all(nodeIds.map(nodeId => this.cdp.send('CSS.getPlatformFontsForNode', { nodeId })))) {
      for (const { familyName, isCustomFont, glyphCount } of fonts) {
        const key = `${familyName} ${isCustomFont}`
        found.set(key, { family: familyName, isOwn: isCustomFont, glyphs: (found.get(key)?.glyphs ?? 0) + glyphCount })
      }
    }
    return [...found.values()]
  }
}
