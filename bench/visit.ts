import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-chromium'
import { quietly } from 'slidev-addon-deck/browser'
import { watch, type Report, type Sight } from './in-page.ts'
import type { Served } from './server.ts'
import { cumulativeLayoutShift } from './statistics.ts'
import { isMeasured, type Stop } from './talk.ts'
import { Traffic, type Conditions, type Volume } from './traffic.ts'

/** How long anything may take to show, in ms, unless a visit says otherwise. */
const PATIENCE = 90_000
/** Nothing under way for so long, in ms, is idle: Slidev loads all slides 3 s after the first. */
const IDLE = 4000
/** The same between presses, once idle before. */
const SHORT_IDLE = 500
/** A processor that keeps up with its frames for so long, in ms, is idle. */
const FRAMES_IDLE = 500
/** Nothing told for so long, in ms, is the end of a step. */
const CALM = 100
/** A page that stays as it is after so many presses answers no keys. */
const MOST_PRESSES = 4
const CANVAS = { width: 980, height: 552 }
const BINDING = 'tellBench'
/** Every host but the loopback server is unknown. */
const CHROMIUM_ARGUMENTS = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']
/** What a new browser shows first takes longer, whatever it is. */
const WARM_UP = 'data:text/html,<h1>warm</h1><svg><path d="M0 0h9v9"/></svg>'

/** What a first visit shows until the page is idle; times in ms since navigation began. */
export interface FirstSlide {
  fcp: number
  lcp: number
  /** The end of the first frame that shows the first slide's headline in its font. */
  title: number
  cls: number
  painted: Volume
  idle: Volume
  /** What service workers loaded until then. */
  worker: Volume
  foreign: number
}

/** What stepping through the whole talk takes. */
export interface WholeTalk {
  /** From key press to next slide with its diagram drawn, in ms. */
  steps: number[]
  /** The longest frame of each picture that glides, in their order, in ms. */
  glideFrames: number[]
  volume: Volume
  worker: Volume
}

/** A key pressed as soon as the title shows. */
export interface EarlyKey {
  /** Until the next slide's diagram is drawn, in ms from the first press. */
  drawn: number
  /** Presses that nothing came of. */
  lost: number
}

/** Whether a press led from one sight to another: to another slide whose headline shows, or to the slide's next click, which the query counts. */
function tookEffect(before: Sight, after: Sight): boolean {
  if (after.titles.length === 0) return false
  if (after.titles.join() !== before.titles.join()) return true
  const [was, is] = [new URL(before.address), new URL(after.address)]
  return was.pathname === is.pathname && was.hash === is.hash && was.search !== is.search
}

type SightReport = Extract<Report, { kind: 'sight' }>

/** One cold visit: a browser with a profile of its own, a page and all that it tells. */
export class Visit {
  readonly #context: BrowserContext
  readonly #profile: string
  readonly #page: Page
  readonly #traffic: Traffic
  readonly #served: Served
  readonly #sentBefore: number
  readonly #patience: number
  readonly #reports: Report[] = []
  readonly #errors: string[] = []
  #wake: () => void = () => undefined

  private constructor(context: BrowserContext, profile: string, page: Page, traffic: Traffic, served: Served, patience: number) {
    this.#context = context
    this.#profile = profile
    this.#page = page
    this.#traffic = traffic
    this.#served = served
    this.#sentBefore = served.sent.length
    this.#patience = patience
  }

  /**
   * Opens a deck's address in a browser with a fresh profile. The caller closes it. Not in a private window, as Playwright's
   * contexts are: that one loads and draws the page's icon anew at every click.
   */
  static async open(executablePath: string, served: Served, conditions: Conditions, patience = PATIENCE): Promise<Visit> {
    const profile = await mkdtemp(join(tmpdir(), 'bench-profile-'))
    const options = quietly({ executablePath, args: CHROMIUM_ARGUMENTS, viewport: CANVAS, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false })
    let context: BrowserContext | undefined
    try {
      context = await chromium.launchPersistentContext(profile, options)
      const page = await context.newPage()
      await page.goto(WARM_UP)
      const session = await context.newCDPSession(page)
      const visit = new Visit(context, profile, page, await Traffic.of(session, served.origin, conditions), served, patience)
      page.on('pageerror', error => visit.#errors.push(error.message))
      page.on('crash', () => visit.#errors.push('the page crashed'))
      session.on('Runtime.bindingCalled', ({ name, payload }) => {
        if (name !== BINDING) return
        visit.#reports.push(JSON.parse(payload) as Report)
        visit.#wake()
      })
      await session.send('Runtime.enable')
      await session.send('Runtime.addBinding', { name: BINDING })
      await page.addInitScript(watch, BINDING)
      await page.goto(served.origin, { waitUntil: 'commit', timeout: patience })
      return visit
    }
    catch (error) {
      await context?.close().catch(() => undefined)
      await rm(profile, { recursive: true, force: true })
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#context.close()
    await rm(this.#profile, { recursive: true, force: true })
  }

  /** Waits until the first slide shows and the page is idle. @throws where either does not come. */
  async firstSlide(first: Stop): Promise<FirstSlide> {
    const title = await this.#sight(({ titles }) => titles.includes(first.title), `the first slide, "${first.title}",`)
    await this.#idle(IDLE)
    const [fcp, lcp] = (['first-contentful-paint', 'largest-contentful-paint'] as const).map(kind => this.#reports.findLast(report => report.kind === kind))
    if (fcp?.kind !== 'first-contentful-paint' || lcp?.kind !== 'largest-contentful-paint') throw this.#failure('no paint was reported')
    return {
      fcp: fcp.at - fcp.started,
      lcp: lcp.at - lcp.started,
      title: title.at - fcp.started,
      cls: cumulativeLayoutShift(this.#reports.filter(report => report.kind === 'layout-shift')),
      painted: this.#traffic.volume(fcp.at),
      idle: this.#traffic.volume(),
      worker: this.#workers(),
      foreign: this.#traffic.foreign,
    }
  }

  /** Steps from the first slide to the last; before a step that is measured, the page is idle. */
  async wholeTalk(stops: readonly Stop[]): Promise<WholeTalk> {
    const steps: number[] = []
    for (const [i, stop] of stops.entries()) {
      if (i === 0) continue
      const measured = isMeasured(stops[i - 1], stop)
      if (measured) await this.#idle(SHORT_IDLE)
      const { pressed } = await this.#stepTo(stop)
      if (measured) steps.push((await this.#drawn(stop)).at - pressed)
    }
    await this.#idle(IDLE)
    const glides = this.#reports.flatMap(report => report.kind === 'glide' ? [report.longest] : [])
    return { steps, volume: this.#traffic.volume(), worker: this.#workers(), glideFrames: glides }
  }

  /** Presses as soon as the first slide's title shows, and on until the first diagram. */
  async earlyKey(stops: readonly Stop[]): Promise<EarlyKey> {
    const [first, ...others] = stops
    const target = others.findIndex(({ hasDiagram }) => hasDiagram)
    const [stop] = others.slice(target)
    if (!first || !stop || target < 0) throw new Error('The talk has no diagram after its first slide.')
    await this.#sight(({ titles }) => titles.includes(first.title), `the first slide, "${first.title}",`)
    let [pressed, lost] = [Number.POSITIVE_INFINITY, 0]
    for (const next of others.slice(0, target + 1)) {
      const step = await this.#stepTo(next)
      pressed = Math.min(pressed, step.pressed)
      lost += step.lost
    }
    return { drawn: (await this.#drawn(stop)).at - pressed, lost }
  }

  /** Presses until a slide shows, each time only when the press before took effect or was lost. @returns the time of the first press. */
  async #stepTo({ title }: Stop): Promise<{ pressed: number, lost: number }> {
    let [pressed, lost] = [Number.POSITIVE_INFINITY, 0]
    while (!this.#lastSight()?.titles.includes(title)) {
      const shown = await this.#single()
      const before = this.#reports.length
      await this.#page.keyboard.press('ArrowRight')
      const key = await this.#report(report => report.kind === 'key', 'the key pressed', before)
      pressed = Math.min(pressed, key.at)
      const moved = await this.#moved(shown, before)
      // An address that follows its slide later would pass for the next press's step.
      if (moved) await this.#calm()
      if (!moved && ++lost >= MOST_PRESSES) throw this.#failure(`${lost} presses of the right arrow did not lead to "${title}"`)
    }
    return { pressed, lost }
  }

  /** Waits until one slide alone shows: for a frame or two the one before may still be there. */
  async #single(): Promise<Sight> {
    const until = performance.now() + this.#patience
    while (performance.now() < until) {
      const sight = this.#lastSight()
      if (sight?.titles.length === 1) return sight
      await this.#news(1000)
    }
    throw this.#failure(`no single slide was shown for ${this.#patience / 1000} s`)
  }

  /** Waits until something else shows. @returns false where the page has gone idle without it: the press was lost. */
  async #moved(shown: Sight, from: number): Promise<boolean> {
    const start = performance.now()
    for (let answered = false; performance.now() < start + this.#patience;) {
      if (this.#reports.slice(from).some(report => report.kind === 'sight' && tookEffect(shown, report.sight))) return true
      const isIdle = performance.now() - start > IDLE && this.#isIdle(IDLE)
      if (isIdle && answered) return false
      // A page that one long task holds up tells nothing until it is over.
      if (isIdle) await this.#page.evaluate(() => new Promise<void>(done => requestAnimationFrame(() => done())))
      else await this.#news(100)
      answered = isIdle
    }
    return false
  }

  /** Waits until nothing new is told, and nothing glides. */
  async #calm(): Promise<void> {
    await this.#page.waitForFunction(() => !document.querySelector('.glide'))
    for (let told = -1; told !== this.#reports.length;) {
      told = this.#reports.length
      await this.#news(CALM)
    }
  }

  #drawn({ title }: Stop): Promise<SightReport> {
    const from = this.#reports.findLastIndex(report => report.kind === 'key')
    // Alone: a frame that has the slide before under it shows neither.
    return this.#sight(({ titles, drawn }) => titles.length === 1 && drawn.includes(title), `the diagram of "${title}"`, Math.max(from, 0))
  }

  #lastSight(): Sight | undefined {
    const last = this.#reports.findLast(report => report.kind === 'sight')
    return last?.kind === 'sight' ? last.sight : undefined
  }

  #workers(): Volume {
    const sent = this.#served.sent.slice(this.#sentBefore).filter(({ worker }) => worker)
    return { bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0), requests: sent.length }
  }

  async #sight(wanted: (sight: Sight) => boolean, what: string, from = 0): Promise<SightReport> {
    return await this.#report(report => report.kind === 'sight' && wanted(report.sight), what, from) as SightReport
  }

  async #report(wanted: (report: Report) => boolean, what: string, from: number): Promise<Report> {
    const until = performance.now() + this.#patience
    while (performance.now() < until) {
      const found = this.#reports.slice(from).find(wanted)
      if (found) return found
      if (this.#errors.includes('the page crashed')) break
      await this.#news(1000)
    }
    throw this.#failure(`${what} did not come within ${this.#patience / 1000} s`)
  }

  /** Waits for the next report, or for some ms. */
  #news(most: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, most)
      this.#wake = () => {
        clearTimeout(timer)
        done()
      }
    })
  }

  async #idle(network: number): Promise<void> {
    const until = performance.now() + this.#patience
    // Answered once the page has nothing else to do.
    await this.#page.evaluate(() => document.readyState)
    while (!this.#isIdle(network)) {
      if (performance.now() > until) throw this.#failure(`the page was not idle within ${this.#patience / 1000} s`)
      await this.#news(50)
    }
  }

  #isIdle(network: number): boolean {
    const busy = this.#reports.findLast(report => report.kind === 'busy')
    return this.#traffic.quiet >= network && Date.now() - (busy?.at ?? 0) >= FRAMES_IDLE
  }

  #failure(what: string): Error {
    const missing = this.#served.sent.slice(this.#sentBefore).filter(({ status }) => status >= 400).map(({ path, status }) => `${path} answered ${status}`)
    const told = [...this.#errors, ...missing]
    return new Error(`${what}${told.length > 0 ? `: ${told.join('; ')}` : ''}; the page showed ${JSON.stringify(this.#lastSight() ?? 'nothing')}`)
  }
}
