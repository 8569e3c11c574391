import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Violation } from 'slidev-addon-deck/violation'
import type { CheckedDeck } from '../../src/rule.ts'
import { checkDeck, rules } from '../../src/rules/index.ts'
import { filesOf, unsound, Workshop } from './decks.ts'
import { operators, picking, type Operator, type Sound } from './operators.ts'
import { settings } from './settings.ts'
import { Watchdog } from './watchdog.ts'

const TIMEOUT = 120_000
/** Decks that are broken: small ones that have everything. */
const DECKS = [
  { folder: 'good', entry: 'slides.md', language: 'zh', runs: 16 },
  { folder: 'good', entry: 'slides.en.md', language: 'en', runs: 4 },
] as const

const watchdog = new Watchdog()
const workshops = DECKS.map(({ language }) => new Workshop(language))
let sounds: Sound[] = []

beforeAll(async () => {
  vi.spyOn(process, 'emitWarning').mockReturnValue()
  sounds = await Promise.all(DECKS.map(async ({ folder, entry }, i) => {
    const files = await filesOf(folder, entry)
    const deck = await workshops[i]?.load(files, entry)
    if (!deck) throw new Error('There is no workshop.')
    return { files, deck }
  }))
})
afterAll(() => {
  for (const workshop of workshops) workshop.close()
  return watchdog.close()
})

/** Breaks a deck in one way, again and again, and demands that its rule says so. Returns in how many places it was broken. */
async function catches({ apply, rule }: Operator, deckNo: number, check: (deck: CheckedDeck) => readonly Violation[] = checkDeck): Promise<number> {
  const [workshop, sound, deck] = [workshops[deckNo], sounds[deckNo], DECKS[deckNo]]
  if (!workshop || !sound || !deck) throw new Error(`There is no deck ${deckNo}.`)
  let broken = 0
  await fc.assert(fc.asyncProperty(fc.gen(), async (gen) => {
    const change = apply(sound, picking(gen))
    if (!change) return
    broken++
    const files = { ...sound.files, ...change }
    const verdict = await watchdog.watchAsync(JSON.stringify(change), () => workshop.verdict(files, deck.entry, check))
    const wrong = verdict.flatMap(violation => unsound(violation, files) ?? [])
    // A deck that can't be read is refused: that is no silence either.
    if (!verdict.some(violation => violation.rule === rule || violation.rule === 'deck-loads')) wrong.push(`passed; told were ${verdict.map(violation => violation.rule).join(', ') || 'nothing'}`)
    if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n${Object.entries(change).map(([path, text]) => `${path}:\n${text}`).join('\n')}`)
  }), settings(deck.runs))
  return broken
}

it('knows a way to break each rule', () => {
  expect([...new Set(operators.map(({ rule }) => rule))].sort()).toEqual(Object.keys(rules).sort())
})

it('begins with decks that break none', () => {
  expect(sounds.map(({ deck }) => checkDeck(deck))).toEqual(DECKS.map(() => []))
})

describe.each(operators)('$rule: $how', (operator) => {
  it('is told wherever it is', async () => {
    const broken = []
    for (const no of DECKS.keys()) broken.push(await catches(operator, no))
    expect(broken[0]).toBeGreaterThan(0)
  }, TIMEOUT)
})

it('fails where a rule is silent', async () => {
  const operator = operators.find(({ rule }) => rule === 'emoji')
  if (!operator) throw new Error('There is no such operator.')
  const blind = (deck: CheckedDeck) => checkDeck(deck).filter(({ rule }) => rule !== 'emoji')
  await expect(catches(operator, 0, blind)).rejects.toThrow(/passed; told were/)
}, TIMEOUT)

it('fails where a checker throws, or leads nowhere', async () => {
  const [operator] = operators
  if (!operator) throw new Error('There is no operator.')
  await expect(catches(operator, 0, () => {
    throw new TypeError('x is undefined')
  })).rejects.toThrow(/x is undefined/)
  await expect(catches(operator, 0, deck => checkDeck(deck).map(violation => ({ ...violation, line: 99_999 })))).rejects.toThrow(/has no line 99999/)
  await expect(catches(operator, 0, deck => checkDeck(deck).map(violation => ({ ...violation, message: 'Wrong' })))).rejects.toThrow(/no mend in/)
}, TIMEOUT)
