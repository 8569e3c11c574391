import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseFences } from 'slidev-addon-deck/fences'
import { headlines } from 'slidev-addon-deck/markup'
import type { SourceSlide } from 'slidev-addon-deck/source-deck'
import { inspectParity, parityRules } from '../../src/parity.ts'
import type { CheckedDeck } from '../../src/rule.ts'
import { filesOf, unsound, Workshop, type Files } from './decks.ts'
import { picking, type Pick } from './operators.ts'
import { settings } from './settings.ts'
import { Watchdog } from './watchdog.ts'

const TIMEOUT = 120_000
const FOLDER = 'parity/good'
const ENTRY = 'slides.md'
const RUNS = 40

const watchdog = new Watchdog()
const workshop = new Workshop('en')
const sourceWorkshop = new Workshop()
let files: Files
let source: CheckedDeck
let other: CheckedDeck

beforeAll(async () => {
  files = await filesOf(`${FOLDER}/en`, ENTRY)
  source = await sourceWorkshop.load(await filesOf(`${FOLDER}/zh`, ENTRY), ENTRY)
  other = await workshop.load(files, ENTRY)
})
afterAll(() => {
  workshop.close()
  sourceWorkshop.close()
  return watchdog.close()
})

/** A way in which an edition drifts: which slides it is fit for, and the lines of the file (the slide's, where none is named) after it. */
interface Drift {
  rule: string
  how: string
  file?: string
  fit: (slide: SourceSlide) => boolean
  change: (lines: string[], slide: SourceSlide, pick: Pick) => string[]
}

const below = (slide: SourceSlide) => headlines(slide)[0]?.line ?? slide.contentLine
const key = (rule: string, name: string, ...values: string[]): Drift => ({
  rule, how: `another ${name}`,
  fit: slide => slide.keyLines[name] !== undefined,
  change: (lines, slide, pick) => lines.toSpliced((slide.keyLines[name] ?? 1) - 1, 1, ...pick.oneOf([[], ...values.map(value => [`${name}: ${value}`])])),
})
const hasDiagram = ({ content, contentLine }: SourceSlide) => parseFences(content, contentLine).length > 0

const drifts: readonly Drift[] = [
  key('parity-ids', 'routeAlias', 'elsewhere', 'x'),
  key('parity-layout', 'layout', 'thesis', 'comparison', '~'),
  key('parity-minutes', 'minutes', '9', '"0.5"', '0.50001', '[0.5]'),
  key('parity-sources', 'sources', '[T4.4]', '[T1.1, T1.2, T1.3]', 'T1.1', '[]'),
  key('parity-illustration', 'illustration', 'false', '1', '"true"'),
  { rule: 'parity-components', how: 'a component more', fit: () => true, change: (lines, slide, pick) => lines.toSpliced(below(slide), 0, '', pick.oneOf(['<Callout kind="question">x</Callout>', '<Term id="traffic" />', '<Glossary />', '<v-clicks>\n\n- x\n\n</v-clicks>', '<br>'])) },
  { rule: 'parity-diagrams', how: 'a diagram of other lines', fit: hasDiagram, change: (lines, slide, pick) => {
    const [fence] = parseFences(slide.content, slide.contentLine)
    if (!fence) return lines
    const at = fence.line + pick.integer(1, fence.code.split('\n').length - 1)
    return lines.toSpliced(at, 0, pick.oneOf(['  zz["x"] --> yy["y"]', '  class zz new', '  zz : x : y', '%% class old step9']))
  } },
  { rule: 'parity-clicks', how: 'a click more', fit: () => true, change: (lines, slide, pick) => lines.toSpliced(below(slide), 0, '', pick.oneOf(['<v-click>x</v-click>', '<Shift aspect="a" before="b" after="c" />', '<Callout kind="question" click>x</Callout>'])) },
  { rule: 'parity-card', how: 'a question more or less', file: 'pages/card.md', fit: () => true, change: (lines, _, pick) => pick.oneOf([[...lines, '', '## More?'], lines.map(line => line.replace(/^##(?= W)/, ''))]) },
  { rule: 'parity-notes', how: 'no notes', fit: slide => slide.note !== '', change: (lines, slide) => {
    const from = lines.findLastIndex((line, i) => i < slide.noteLine && line.includes('<!--'))
    return lines.toSpliced(from, lines.findIndex((line, i) => i >= from && line.includes('-->')) - from + 1)
  } },
  { rule: 'parity-terms', how: 'a term said in other words', fit: slide => saysTerm(slide), change: lines => lines.map(line => line.replaceAll(/traffic/gi, 'visits').replaceAll(/industr(?:ial|y)/gi, 'trade')) },
]

/** Whether a slide says a term of the glossary. */
function saysTerm({ content }: SourceSlide): boolean {
  return /traffic/i.test(content)
}

it('knows a drift for each rule', () => {
  expect(drifts.map(({ rule }) => rule).sort()).toEqual(Object.keys(parityRules).sort())
  expect(inspectParity(source, other).flatMap(({ violations }) => violations)).toEqual([])
})

describe.each(drifts)('$rule: $how', ({ rule, file, fit, change }) => {
  it('is told wherever it is', async () => {
    let drifted = 0
    await fc.assert(fc.asyncProperty(fc.gen(), async (gen) => {
      const pick = picking(gen)
      const slide = pick.oneOf(other.slides.filter(fit))
      const name = file ?? slide.file
      const changed = { ...files, [name]: change((files[name] ?? '').split('\n'), slide, pick).join('\n') }
      const verdict = await watchdog.watchAsync(changed[name] ?? '', () => workshop.verdict(changed, ENTRY, deck => inspectParity(source, deck).flatMap(({ violations }) => violations)))
      drifted++
      const wrong = verdict.flatMap(violation => unsound(violation, changed) ?? [])
      if (!verdict.some(violation => [rule, 'parity-ids', 'deck-loads'].includes(violation.rule))) wrong.push(`passed; told were ${verdict.map(violation => violation.rule).join(', ') || 'nothing'}`)
      if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n${changed[name]}`)
    }), settings(RUNS))
    expect(drifted).toBeGreaterThan(0)
  }, TIMEOUT)
})
