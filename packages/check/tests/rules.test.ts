import { describe, expect, it } from 'vitest'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { editions } from 'slidev-addon-deck/editions'
import { checkDeck, formatViolation, inspectDeck, rules } from '../src/rules/index.ts'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { expectedOf, fixtureNames, root } from './fixtures.ts'

it('has one broken deck for each rule', () => {
  const ids = rules.map(rule => rule.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(fixtureNames('bad')).toEqual(ids.toSorted())
})

describe.each(rules.map(rule => ({ id: rule.id, level: rule.level })))('$id', ({ id, level }) => {
  it('catches its broken deck, and no other rule does', async () => {
    const violations = checkDeck(await loadDeck(root, `tests/fixtures/bad/${id}/slides.md`))
    const expected = expectedOf(`bad/${id}`)
    expect(expected.length).toBeGreaterThan(0)
    expect(violations.map(({ rule, level, file, line }) => ({ rule, level, at: `${file}:${line}` })))
      .toEqual(expected.map(({ at }) => ({ rule: id, level, at })))
    for (const [i, { says }] of expected.entries()) expect(violations[i]?.message).toContain(says)
  })

  it('looks at something in the good deck, and passes it', async () => {
    const outcome = inspectDeck(await loadDeck(root, 'tests/fixtures/good/slides.md')).find(({ rule }) => rule.id === id)
    expect(outcome?.looked).toBeGreaterThan(0)
    expect(outcome?.violations).toEqual([])
  })
})

it('passes a good English deck, without Chinese punctuation', async () => {
  const outcomes = inspectDeck(await loadDeck(root, 'tests/fixtures/good/slides.en.md'))
  expect(outcomes.flatMap(({ violations }) => violations)).toEqual([])
  expect(outcomes.find(({ rule }) => rule.id === 'punctuation')?.looked).toBe(0)
})

it.each(editions)('the $lang edition breaks no rule, and every rule of its language ran', async ({ language, entry }) => {
  const outcomes = inspectDeck(await loadDeck(root, entry))
  expect(outcomes.flatMap(({ violations }) => violations.map(formatViolation))).toEqual([])
  const idle = outcomes.filter(({ looked }) => looked === 0).map(({ rule }) => rule.id)
  expect(idle).toEqual(language === 'zh' ? [] : ['punctuation'])
})

it('finds a gap before a step of any height', async () => {
  const deck = await loadDeck(root, 'tests/fixtures/good/slides.md')
  const slides = deck.slides.map(slide => ({ ...slide, content: slide.content.replace('class b,e1 step1', 'class b,e1 step4294967296') }))
  const broken: SourceDeck = { ...deck, slides }
  expect(checkDeck(broken).filter(({ rule }) => rule === 'diagram-steps').map(({ message }) => message)).toEqual([expect.stringContaining('step4294967296 without step1:')])
})
