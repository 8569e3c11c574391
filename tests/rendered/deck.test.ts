import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editions, type Edition } from 'slidev-addon-deck/editions'
import { launchChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { buildDeck, root, type BuiltDeck } from './built.ts'
import { placeOf, type Scheme } from './rule.ts'
import { rules } from './rules/index.ts'
import { Session, statesOf } from './session.ts'

/** For one edition in both schemes. */
const WALK_TIME = 300_000

let built: BuiltDeck
let browser: Browser
let visited = 0
let explained = 0

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck(), launchChromium()])
})

afterAll(async () => {
  await Promise.all([browser?.close(), built?.close()])
  console.log(`rendered: ${visited} states of ${editions.length} editions, ${rules.length} rules; axe in the whole page of each, ${explained} undecided elements judged otherwise`)
})

/** Goes through an edition with a clicker's forward key and asks every rule in every state. */
async function walk(edition: Edition, scheme: Scheme): Promise<Map<string, { looked: number, findings: string[] }>> {
  const { slides } = await loadDeck(root, edition.entry)
  const outcomes = new Map(rules.map(({ id }) => [id, { looked: 0, findings: [] as string[] }]))
  const session = await Session.open(browser, built.baseOf(edition), scheme)
  try {
    let isLost = true
    for (const { slide, click } of statesOf(slides)) {
      if (isLost) await session.load(`${slide.no}${click ? `?clicks=${click}` : ''}`)
      else await session.page.keyboard.press('PageDown')
      const failure = await session.arrive(slide.no, click)
      const state = await session.state(edition, slide, click, failure)
      for (const rule of rules) {
        const outcome = outcomes.get(rule.id)
        const { looked, findings } = rule.inspect(state)
        if (!outcome) continue
        outcome.looked += looked
        outcome.findings.push(...findings.map(finding => `${placeOf(state)}: ${finding}`))
      }
      visited++
      explained += state.axe.explained
      // A slide that did not come is told once; the walk goes on at the next.
      isLost = failure !== undefined
    }
  }
  finally {
    await session.close()
  }
  return outcomes
}

describe.each(editions)('$lang', (edition) => {
  let outcomes: Awaited<ReturnType<typeof walk>>[] = []

  beforeAll(async () => {
    outcomes = await Promise.all([walk(edition, 'light'), walk(edition, 'dark')])
  }, WALK_TIME)

  it.each(rules)('$id', ({ id }) => {
    const found = outcomes.map(outcome => outcome.get(id))
    expect(found.flatMap(outcome => outcome?.findings ?? [])).toEqual([])
    for (const outcome of found) expect(outcome?.looked).toBeGreaterThan(0)
  })
})
