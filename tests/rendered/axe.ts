import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type AxeCore from 'axe-core'
import type { Page } from 'playwright-chromium'
import type { AxeFinding, AxeResult } from './rule.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Puts axe-core into the page being shown, past its policy. Not into each as it opens: that takes a third of a second, and most are not asked. */
export async function putAxeInto(page: Page): Promise<void> {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE)
}

/** WCAG 2.0, 2.1 and 2.2, level A and AA, and best practices. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

/** Single characters and signs are text here: numbers, arrows. All else is axe-core's own setting, which a run's options replace as a whole. */
const CONTRAST = {
  ignoreUnicode: false, ignoreLength: true, ignorePseudo: false, boldValue: 700, boldTextPt: 14, largeTextPt: 18,
  contrastRatio: { normal: { expected: 4.5 }, large: { expected: 3 } }, pseudoSizeThreshold: 0.25, shadowOutlineEmMax: 0.2, textStrokeEmMin: 0.03,
}

/** Of many slides that show at once, as many are looked into. */
const FEW_SLIDES = 3

/** What axe-core leaves undecided and another test decides. */
const EXPLAINED: readonly { id: string, because: readonly string[], within: string, judgedBy: string }[] = [
  // Text on a drawing, or under a control that is open: the slide's own text, whose backdrop the rule finds by what is painted where.
  { id: 'color-contrast', because: ['imgNode', 'bgOverlap'], within: '.slidev-page', judgedBy: 'rules/contrast.ts' },
  // The click's number over the presenter's bar: the bar itself is 15 % of the text's own colour, which leaves 6:1 and more.
  { id: 'color-contrast', because: ['bgOverlap'], within: '[role="img"]:not(.diagram)', judgedBy: 'styles/access.css' },
  // The switch on the cover, none of whose picture's lines is up there: the same on paper as on every other slide.
  { id: 'color-contrast', because: ['imgNode'], within: '.language-switch', judgedBy: 'axe-core, on the other slides' },
]

/**
 * What axe-core finds in the whole page as it stands.
 * @param colours look at colours alone: all that another scheme changes.
 * @param withHidden look through slides that do not show as well: for what must be unique in a page.
 */
export async function inspectPage(page: Page, { colours = false, withHidden = false } = {}): Promise<AxeResult> {
  await putAxeInto(page)
  return page.evaluate(async ({ tags, contrast, explained, colours, withHidden, few }) => {
    const { axe } = window as unknown as { axe: typeof AxeCore }
    // It goes through all elements of slides that do not show, only to leave them out: the more of a talk has been seen, the longer it takes.
    const away = [...document.querySelectorAll('#slideshow > [data-slidev-no]')].filter(slide => !slide.checkVisibility() && slide.querySelector('.slidev-layout'))
    // An overview has them all: each is looked at by itself.
    const others = [...document.querySelectorAll('.slidev-layout')].filter(slide => slide.checkVisibility()).slice(few)
    const hidden = withHidden ? [] : [...away, ...others].map(slide => ({ slide, content: [...slide.childNodes] }))
    for (const { slide } of hidden) slide.replaceChildren()
    const { passes, violations, incomplete } = await axe.run(document, {
      runOnly: colours ? ['color-contrast', 'link-in-text-block'] : tags,
      resultTypes: ['violations', 'incomplete'],
      // Its types leave out that a run may set a check's options.
      ...{ checks: { 'color-contrast': { options: contrast } } },
    }).finally(() => {
      for (const { slide, content } of hidden) slide.replaceChildren(...content)
    })
    const isExplained = (id: string, node: AxeCore.NodeResult) => {
      const because = [...node.any, ...node.all, ...node.none].map(check => (check.data as { messageKey?: string } | null)?.messageKey)
      const element = document.querySelector(String(node.target.at(-1)))
      return explained.some(each => each.id === id && because.some(key => key && each.because.includes(key)) && element?.closest(each.within))
    }
    const findings = (results: AxeCore.Result[]): AxeFinding[] => results.filter(({ nodes }) => nodes.length > 0)
      .map(({ id, help, nodes }) => ({ id, help, targets: nodes.map(node => node.target.join(' ')) }))
    const unexplained = incomplete.map(result => ({ ...result, nodes: result.nodes.filter(node => !isExplained(result.id, node)) }))
    const count = (results: AxeCore.Result[]) => results.reduce((sum, { nodes }) => sum + nodes.length, 0)
    return { passes: passes.length, violations: findings(violations), unexplained: findings(unexplained), explained: count(incomplete) - count(unexplained) }
  }, { tags: TAGS, contrast: CONTRAST, explained: EXPLAINED, colours, withHidden, few: FEW_SLIDES })
}

/** As many elements as a message names. */
const SHOWN = 3

/** What is wrong and what is undecided, a line each. */
export function axeFindings({ violations, unexplained }: AxeResult): string[] {
  const line = (kind: string) => ({ id, help, targets }: AxeFinding) =>
    `${kind}${id}: ${help} (${targets.slice(0, SHOWN).join(', ')}${targets.length > SHOWN ? ` and ${targets.length - SHOWN} more` : ''})`
  return [...violations.map(line('')), ...unexplained.map(line('undecided: '))]
}
