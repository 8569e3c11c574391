import type { Browser } from 'playwright-chromium'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import type { Edition } from 'slidev-addon-deck/editions'
import { ENHANCED_STROKE, ENHANCED_TEXT, enhanced, see, sights, strokesOf, weakest } from '../access/strokes.ts'
import { readTree } from '../access/tree.ts'
import { hear, heardIn, listen, readEarly, unrevealed } from '../access/voice.ts'
import type { Pixels } from '../access/pixels.ts'
import { axeFindings, inspectPage } from './axe.ts'
import { labelsOf, printedFences } from './labels.ts'
import { placeOf, type Scheme, type State } from './rule.ts'
import { rules } from './rules/index.ts'
import { lastClick, Session, statesOf } from './session.ts'
import { visibleText } from './visible.ts'

/** What was looked at and found in a whole edition, by what looked. */
export class Findings {
  private readonly byName = new Map<string, { looked: number, findings: string[] }>()

  add(name: string, looked: number, findings: readonly string[] = []): void {
    const before = this.of(name)
    this.byName.set(name, { looked: before.looked + looked, findings: [...before.findings, ...findings] })
  }

  of(name: string): { looked: number, findings: readonly string[] } {
    return this.byName.get(name) ?? { looked: 0, findings: [] }
  }
}

/** What a walk through an edition found. */
export interface Walk {
  findings: Findings
  /** States gone through. */
  states: number
  /** Elements that axe-core leaves undecided and something else judges. */
  explained: number
  /** What was said on each step, in order. */
  heard: string[]
  /** What a listener gets: titles, what is said, and what can be read. */
  spoken: string
}

/**
 * Goes once through every state of an edition with a clicker's forward key and has everything looked at there that can be:
 * with print and with a viewer's wishes switched on the page as it stands, at each slide's last click in both colour schemes, at
 * the clicks before it in one of them. Then goes back.
 * @param scheme that of the first slide: each slide is come to in the other one than the slide before. Who begins another edition
 * in the other scheme has seen every click in both.
 * @param thorough in every way of seeing and with every wish: colours are the same in all editions, so one is enough.
 */
export async function walkThrough(browser: Browser, base: string, edition: Edition, slides: readonly DeckSlide[], pixels: Pixels, scheme: Scheme, thorough: boolean): Promise<Walk> {
  const session = await Session.open(browser, base, scheme, { reducedMotion: 'reduce' })
  const { page } = session
  const findings = new Findings()
  const spoken = new Spoken(session, edition, findings)
  await page.addInitScript(listen)
  await page.exposeFunction('reportViolation', (text: string) => findings.add('policy', 1, [text]))
  await page.addInitScript(() => addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, documentURI }) => {
    (window as unknown as { reportViolation: (text: string) => void }).reportViolation(`${documentURI}: ${violatedDirective} ${blockedURI}`)
  }))
  const states = statesOf(slides)
  let explained = 0
  try {
    for (const [i, { slide, click }] of states.entries()) {
      await spoken.before(i)
      if (i === 0) await session.load('')
      else await page.keyboard.press('PageDown')
      const failure = await session.arrive(slide.no, click)
      const isLast = click === lastClick(slide)
      let before: State | undefined
      for (const scheme of isLast ? [session.scheme, otherScheme(session.scheme)] : [session.scheme]) {
        if (before) await session.setScheme(scheme)
        const state = await session.state(edition, slide, click, failure, before)
        for (const { id, inspect } of rules) {
          const outcome = inspect(state)
          findings.add(id, outcome.looked, outcome.findings.map(finding => `${placeOf(state)}: ${finding}`))
        }
        explained += state.axe.explained
        if (!before) await spoken.at(i, slide, click)
        before = state
        if (isLast) await lookAtStrokes(session, placeOf(state), scheme, pixels, thorough, findings)
      }
      if (click === 0) await lookAtPrint(session, edition, slide, findings)
      // One that did not come leaves nothing to step on from.
      if (failure) break
    }
    // Every slide is in the page by now.
    const together = await inspectPage(page, { withHidden: true })
    findings.add('all slides together', together.passes, axeFindings(together))
    await goBack(session, states, findings)
    return { findings, states: states.length, explained, heard: spoken.heard, spoken: spoken.text }
  }
  finally {
    await session.close()
  }
}

const otherScheme = (scheme: Scheme): Scheme => scheme === 'light' ? 'dark' : 'light'

/** Old and new are told apart by their strokes, as anyone sees them and on grey paper; with more contrast asked for, all stands out more. */
async function lookAtStrokes({ page, cdp }: Session, place: string, scheme: Scheme, pixels: Pixels, thorough: boolean, findings: Findings): Promise<void> {
  if (!thorough && scheme === 'dark') return
  const plain = await strokesOf(page, cdp, pixels)
  if (!thorough && plain.count === 0) return
  for (const sight of thorough ? sights : sights.slice(0, 1)) {
    const isEnhanced = enhanced.includes(sight)
    if (plain.count === 0 && !isEnhanced) continue
    await see(page, sight)
    // Borders are wider then, and a picture that moves is printed as two: strokes stand elsewhere.
    const { count, untold } = sight.media ? await strokesOf(page, cdp, pixels) : plain
    const seen = count > 0 ? await untold(sight.through.map(({ matrix }) => matrix)) : []
    for (const [i, found] of seen.entries()) findings.add(`strokes ${scheme}, ${sight.through[i]?.name}`, count, found.map(finding => `${place}: ${finding}`))
    if (isEnhanced) {
      const { text, stroke, texts, problems } = await weakest(page)
      findings.add(`${sight.name} ${scheme}`, texts, [
        ...text.ratio < ENHANCED_TEXT ? [`${place}: ${text.ratio} ${text.what}`] : [],
        ...stroke.ratio < ENHANCED_STROKE ? [`${place}: ${stroke.ratio} ${stroke.what}`] : [],
        ...problems.map(problem => `${place}: ${problem}`),
      ])
    }
  }
  await see(page, {})
}

/** Print shows a slide in its last step, also where no click was made. */
async function lookAtPrint({ page }: Session, edition: Edition, slide: DeckSlide, findings: Findings): Promise<void> {
  await see(page, { media: { media: 'print' } })
  const shown = (await visibleText(page)).join('').replace(/\s+/g, '')
  const labels = printedFences(slide).flatMap(fence => labelsOf(fence, edition.marks ?? []))
  findings.add('print, labels', labels.length, labels.filter(({ text }) => !shown.includes(text)).map(({ text }) => `${slide.id}: the label “${text}” is not printed`))
  const clicked = await page.locator(`#slideshow > [data-slidev-no="${slide.no}"] .slidev-vclick-target`).evaluateAll(elements =>
    elements.map(el => ({ text: el.textContent?.trim() || el.tagName, isVisible: el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) })))
  findings.add('print, clicks', clicked.length, clicked.filter(({ isVisible }) => !isVisible).map(({ text }) => `${slide.id}: “${text}” is not printed`))
  const strips = await page.locator(`#slideshow > [data-slidev-no="${slide.no}"] .strip`).evaluateAll(strips => strips.map((strip) => {
    const { top, bottom } = strip.getBoundingClientRect()
    return strip.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && top > 0 && bottom < innerHeight
  }))
  findings.add('print, strips', strips.length, strips.includes(false) ? [`${slide.id}: what stands below its question is not printed`] : [])
  await see(page, {})
}

/** Beyond the last state there is nothing, and the way back leads through every state again. */
async function goBack(session: Session, states: ReturnType<typeof statesOf>, findings: Findings): Promise<void> {
  await session.page.keyboard.press('PageDown')
  for (const [i, { slide, click }] of states.toReversed().entries()) {
    if (i > 0) await session.page.keyboard.press('PageUp')
    const failure = await session.arrive(slide.no, click)
    findings.add('back', 1, failure ? [`to ${slide.no} ${slide.id} click ${click}: ${failure}`] : [])
    if (failure) return
  }
}

/** Writes down what a listener gets. */
class Spoken {
  heard: string[] = []
  private readonly session: Session
  private readonly findings: Findings
  private readonly lines: string[]
  private count = 0

  constructor(session: Session, { lang }: Edition, findings: Findings) {
    this.session = session
    this.findings = findings
    this.lines = [`What a screen reader gets of the ${lang} edition, in Chromium’s accessibility tree. Generated: npm test -- walk -u.`]
  }

  get text(): string {
    return `${this.lines.join('\n')}\n`
  }

  /** Before the step to the state of a number. */
  async before(i: number): Promise<void> {
    if (i === 0) return
    this.count = (await heardIn(this.session.page)).length
    // Each step was said once: nothing came after it, whatever was switched on the page.
    this.findings.add('said once', 1, this.count === i - 1 ? [] : [`${this.count} times in ${i - 1} steps: ${this.heard.slice(-3).join(' | ')}`])
  }

  async at(i: number, slide: DeckSlide, click: number): Promise<void> {
    const { page, cdp } = this.session
    const said = i > 0 ? await hear(page, this.count) : undefined
    if (said) this.heard.push(said)
    if (click === 0) this.lines.push('', `## ${slide.no} ${slide.id}`, `title: ${await page.title()}`)
    if (said) this.lines.push(click === 0 ? `said: ${said}` : `click ${click}, said: ${said}`)
    if (i === 0) {
      this.lines.push('', 'said: nothing on arrival; around the slides:', ...(await readTree(cdp, 'main')).filter(line => !/^ {4}/.test(line)), ...await readTree(cdp, '.language-switch'), ...await readTree(cdp, 'main nav:not(.language-switch)'), '')
    }
    if (click !== 0 && click !== lastClick(slide)) return
    const tree = await readTree(cdp, `#slideshow > [data-slidev-no="${slide.no}"]`)
    this.lines.push(...tree)
    const hidden = await unrevealed(page)
    this.findings.add('withheld', hidden.length, readEarly(tree, hidden).map(text => `${slide.no} ${slide.id} click ${click}: ${text}`))
  }
}
