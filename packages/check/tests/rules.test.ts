import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { openProject, type DeckProject } from 'slidev-addon-deck/project'
import { groups, type GroupId } from '../src/groups.ts'
import { findProblems } from '../src/problems.ts'
import type { CheckedDeck } from '../src/rule.ts'
import { checkDeck, inspectDeck, rules, withParts } from '../src/rules/index.ts'
import { expectedOf, fixtureNames, project, readDeck } from './fixtures.ts'

const folders: string[] = []
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })))

/** A deck of its own, without a config. */
async function deckOf(text: string): Promise<CheckedDeck> {
  const folder = mkdtempSync(join(tmpdir(), 'deck-rules-'))
  folders.push(folder)
  writeFileSync(join(folder, 'slides.md'), text)
  return withParts(await loadDeck(await openProject(folder), 'slides.md'))
}

it('has one broken deck for each rule', () => {
  expect(fixtureNames('bad')).toEqual(Object.keys(rules).toSorted())
})

describe.each(Object.entries(rules).map(([id, { level }]) => ({ id, level })))('$id', ({ id, level }) => {
  it('catches its broken deck, and no other rule does', async () => {
    const violations = checkDeck(await readDeck(`bad/${id}/slides.md`))
    const expected = expectedOf(`bad/${id}`)
    expect(expected.length).toBeGreaterThan(0)
    expect(violations.map(({ rule, level, file, line }) => ({ rule, level, at: `${file}:${line}` })))
      .toEqual(expected.map(({ at }) => ({ rule: id, level, at })))
    for (const [i, { says }] of expected.entries()) expect(violations[i]?.message).toContain(says)
  })

  it('looks at something in the good deck, and passes it', async () => {
    const outcome = inspectDeck(await readDeck('good/slides.md')).find(({ rule }) => rule === id)
    expect(outcome?.looked).toBeGreaterThan(0)
    expect(outcome?.violations).toEqual([])
  })
})

it('passes a good English deck, without Chinese punctuation', async () => {
  const outcomes = inspectDeck(await readDeck('good/slides.en.md', 'en'))
  expect(outcomes.flatMap(({ violations }) => violations)).toEqual([])
  expect(outcomes.find(({ rule }) => rule === 'punctuation')?.looked).toBe(0)
})

it('finds a gap before a step of any height', async () => {
  const deck = await readDeck('good/slides.md')
  const slides = deck.slides.map(slide => ({ ...slide, content: slide.content.replace('class b,e1 step1', 'class b,e1 step4294967296') }))
  expect(checkDeck({ ...deck, slides }).filter(({ rule }) => rule === 'diagram-steps').map(({ message }) => message)).toEqual([expect.stringContaining('step4294967296 without step1:')])
})

it('says of sources with a full-width comma between them that it is the comma', async () => {
  const deck = await readDeck('good/slides.md')
  const slides = deck.slides.map(slide => ({ ...slide, frontmatter: { ...slide.frontmatter, sources: ['T1.1，T1.4'] } }))
  expect(checkDeck({ ...deck, slides }).filter(({ rule }) => rule === 'sources-known').map(({ message }) => message)).toContain('"T1.1，T1.4" is one source with a full-width comma in it: separate sources by ", ".')
})

it('takes notes within a third of their minutes, either way', async () => {
  const deck = await readDeck('good/slides.md')
  const pace = project.config.limits?.['zh']?.pace ?? 0
  const isTold = (characters: number) => {
    const slides = deck.slides.map(slide => ({ ...slide, note: `[click] ${'话'.repeat(characters)}`, frontmatter: { ...slide.frontmatter, minutes: 1.5 } }))
    return checkDeck({ ...deck, slides }).some(({ rule }) => rule === 'notes-pace')
  }
  expect([pace - 1, pace, 2 * pace, 2 * pace + 1].map(isTold)).toEqual([true, false, false, true])
})

it('knows the classes of block diagrams in these alone', async () => {
  const deck = await readDeck('good/slides.md')
  const coloursOf = (code: string) => checkDeck({ ...deck, slides: deck.slides.slice(0, 1).map(slide => ({ ...slide, content: `\`\`\`mermaid\n${code}\n\`\`\`` })) })
    .filter(({ rule }) => rule === 'diagram-colours').map(({ message }) => message)
  expect(coloursOf('block\n  a["x"] b["y"]\n  %% class new arc mark1\n  a --> b\n  class a quiet\n  class b new,hero')).toEqual([])
  expect(coloursOf('block\n  a["x"]\n  class a red')).toEqual([expect.stringContaining('"red": use old, new, or step1, step2 …, quiet')])
  expect(coloursOf('flowchart LR\n  a --> b\n  class a quiet')).toEqual([expect.stringContaining('"quiet"')])
})

describe('what turns rules on', () => {
  const off = { prose: { prose: false }, limits: { limits: undefined }, sources: { sources: undefined }, glossary: { glossary: undefined } } as const
  const without = (deck: CheckedDeck, changes: Partial<DeckProject>) => ({ ...deck, project: { ...project, ...changes } })

  it.each(Object.keys(off) as (keyof typeof off)[])('%s: its part of the config, and nothing else', async (id) => {
    const deck = await readDeck('good/slides.md')
    const config = Object.fromEntries(Object.entries({ ...project.config, ...off[id] }).filter(([, value]) => value !== undefined))
    expect(groups[id].isOn(deck)).toBe(true)
    expect(groupsOf(without(deck, { config }))).not.toContain(id)
    expect(groupsOf(without(deck, { config })).length).toBe(Object.keys(groups).length - 1)
  })

  it('editions: a second one', async () => {
    const deck = await readDeck('good/slides.md')
    expect(groupsOf(without(deck, { editions: [project.editions[0]] }))).toEqual(['always', 'prose', 'minutes', 'limits', 'sources'])
  })

  it('minutes: a slide that has some', async () => {
    expect(groupsOf(await deckOf('# One\n\n---\nminutes: 1\n---\n\n# Two\n'))).toEqual(['always', 'minutes'])
    expect(groupsOf(await deckOf('---\nduration: 35min\n---\n\n# One\n'))).toEqual(['always'])
  })
})

const groupsOf = (deck: CheckedDeck) => (Object.keys(groups) as GroupId[]).filter(id => groups[id].isOn(deck))

describe('a deck that says nothing of itself', () => {
  it.each([
    ['Slidev\'s starter', resolve(import.meta.dirname, '../../../node_modules/create-slidev/template')],
  ])('%s breaks no rule', async (_, folder) => {
    const deck = await loadDeck(await openProject(folder), 'slides.md')
    expect(deck.slides.length).toBeGreaterThan(5)
    expect(await findProblems(deck)).toEqual([])
  })

  it.each([
    ['columns, code, HTML and emoji', '---\nlayout: two-cols\n---\n\n## No headline\n\n<div class="x" style="color: red">90 % 🚀</div>\n\n```ts {1|2}\nlet a\n```\n\n::right::\n\n<Toc />\n'],
    ['a diagram without name, in its own colours', '# A\n\n```mermaid\n---\ntitle: x\n---\nflowchart LR\n  a:::red --> b\n  classDef red fill:#f00\n```\n'],
    ['YAML in code', '# A\n\n```yaml\na: 1\n---\nb: 2\n```\n'],
    ['a language written with an underscore', '---\nlang: zh_CN\n---\n\n# 一,二\n'],
    ['numbers and text where others are looked for', '---\ntitle: 2026\nlayout: 3\nchapter: 5\nsources: T1.1\nroute: 1\n---\n\n# A\n'],
  ])('%s: breaks no rule', async (_, text) => {
    expect(checkDeck(await deckOf(text))).toEqual([])
  })

  it.each([
    ['an id twice', '---\nrouteAlias: a\n---\n\n# A\n\n---\nrouteAlias: a\n---\n\n# B\n', ['8 slide-address']],
    ['ids that are no address', '---\nrouteAlias: ../a\n---\n\n# A\n\n---\nrouteAlias: 7\n---\n\n# B\n\n---\nrouteAlias: presenter\n---\n\n# C\n', ['2 slide-address', '8 slide-address', '14 slide-address']],
    ['a fence without end', '# A\n\n```ts\nlet a\n\n---\n\n# B\n\n```ts\nlet b\n```\n', ['3 fence-end']],
    ['a gap between steps', '# A\n\n```mermaid\nflowchart LR\n  a --> b\n  class b step2\n```\n', ['3 diagram-steps']],
    ['minutes that are text', '---\nminutes: "1"\nduration: 1min\n---\n\n# A\n', ['2 minutes-required', '3 minutes-sum']],
  ])('%s: is told', async (_, text, expected) => {
    expect(checkDeck(await deckOf(text)).map(({ line, rule }) => `${line} ${rule}`)).toEqual(expected)
  })
})
