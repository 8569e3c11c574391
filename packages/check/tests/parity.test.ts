import { describe, expect, it } from 'vitest'
import { parseFence } from 'slidev-addon-deck/fences'
import { formatViolation } from 'slidev-addon-deck/violation'
import { inspectParity, parityRules, skeleton } from '../src/parity.ts'
import type { CheckedDeck } from '../src/rule.ts'
import { fixtureNames, readDeck } from './fixtures.ts'

const good = await readDeck('parity/good/zh/slides.md')

/** Rules that cannot but report a fixture's fault too: a callout that waits for a click is another property as well. */
const alongside: Record<string, string[]> = { 'parity-clicks': ['parity-components'] }

it('has one drifted deck for each rule', () => {
  expect(fixtureNames('parity/bad')).toEqual(Object.keys(parityRules).toSorted())
})

describe.each(Object.keys(parityRules))('%s', (id) => {
  it('catches its drift, naming both files and lines, and no other rule does', async () => {
    const found = inspectParity(good, await readDeck(`parity/bad/${id}/slides.md`, 'en')).flatMap(({ violations }) => violations)
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual([id, ...alongside[id] ?? []].sort())
    for (const violation of found.filter(({ rule }) => rule === id)) {
      expect(formatViolation(violation)).toMatch(new RegExp(`^parity/bad/${id}/pages/(?:one|card)\\.md:\\d+ `))
      expect(violation.message).toMatch(/parity\/good\/zh\/pages\/(?:one|card)\.md:\d+/)
    }
  })

  it('looks at something in decks in step, and passes them', async () => {
    const outcome = inspectParity(good, await readDeck('parity/good/en/slides.md', 'en')).find(({ rule }) => rule === id)
    expect(outcome?.looked).toBeGreaterThan(0)
    expect(outcome?.violations).toEqual([])
  })
})

it('tells a card that one edition alone has', async () => {
  const other = await readDeck('parity/good/en/slides.md', 'en')
  const { card, ...without } = other
  const told = (a: CheckedDeck, b: CheckedDeck) => inspectParity(a, b).flatMap(({ violations }) => violations.map(({ file, message }) => `${file} ${message}`))
  expect(told(good, without)).toEqual([`${good.card?.file} ${other.entry} has no card: write one, or remove this.`])
  expect(told({ ...without, slides: good.slides }, other)).toContain(`${card?.file} ${other.entry} has no card: write one, or remove this.`)
})

it('pairs slides without ids by their place, in entries of any name', async () => {
  const withoutIds = async (entry: string, language: string) => {
    const deck = await readDeck(entry, language)
    return { ...deck, slides: deck.slides.map(slide => ({ ...slide, id: '', file: deck.entry })) }
  }
  const outcomes = inspectParity(await withoutIds('parity/good/zh/slides.md', 'zh'), await withoutIds('parity/bad/parity-minutes/slides.md', 'en'))
  expect(outcomes.flatMap(({ violations }) => violations.map(({ rule }) => rule))).toEqual(['parity-minutes'])
})

it.each([
  ['another class in a state', /class firm hero/, 'class firm quiet'],
  ['another id in a state', /was\[/, 'gone['],
  ['a state less', /\n```mermaid\nblock\n {2}was[^]*?```/, ''],
])('states of a moving picture: %s is told', (_, is, would) => {
  const picture = (text: string) => `\`\`\`\`md magic-move\n\`\`\`mermaid\nblock\n  firm["${text}"]:5\n\`\`\`\n\`\`\`mermaid\nblock\n  was[" "]:5 firm["${text}"]:5\n  class firm hero\n\`\`\`\n\`\`\`\``
  const withPicture = (deck: CheckedDeck, content: string) => ({ ...deck, slides: deck.slides.slice(0, 1).map(slide => ({ ...slide, content })) })
  const told = (content: string) => inspectParity(withPicture(good, picture('公司')), withPicture(good, content)).flatMap(({ violations }) => violations.filter(({ rule }) => rule === 'parity-diagrams'))
  expect(told(picture('Firm'))).toEqual([])
  expect(told(picture('Firm').replace(is, would))).toHaveLength(1)
})

it.each([
  ['flowchart LR\n a["x"] e1@-- "y" --> b(["z"])\n class a old', ['flowchart LR', ' a[""] e1@-- "" --> b([""])', ' class a old']],
  ['stateDiagram-v2\n state "x" as a\n a --> b : y', ['stateDiagram-v2', ' state "" as a', ' a --> b :']],
  ['sequenceDiagram\n participant a as X y\n a->>b: text: more', ['sequenceDiagram', ' participant a as', ' a->>b:']],
  ['timeline\n section 从前\n 甲 : 乙 : 丙丁', ['timeline', ' section', ' · : · : ·']],
  ['timeline\n section Before\n one : two words : three', ['timeline', ' section', ' · : · : ·']],
  ['mindmap\n  root(("x y"))\n    a["z"]\n    :::new step1', ['mindmap', '  root', '    a', '    :::new step1']],
])('skeleton of %s', (code, lines) => {
  expect(skeleton(parseFence(code)).map(({ text }) => text)).toEqual(lines)
})
