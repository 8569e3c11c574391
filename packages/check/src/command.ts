import { relative, resolve } from 'node:path'
import { editions } from 'slidev-addon-deck/editions'
import { inspectParity } from './parity.ts'
import { formatViolation, inspectDeck, type Violation } from './rules/index.ts'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'

// Usage: node scripts/check.ts [entry…]: checks the source of these decks, or of every edition and that the editions are in step.
const root = resolve(import.meta.dirname, '..')

interface Report {
  violations: readonly Violation[]
  summary: string
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

async function check(entry: string): Promise<Report> {
  try {
    const deck = await loadDeck(root, entry)
    const outcomes = inspectDeck(deck)
    const violations = outcomes.flatMap(outcome => outcome.violations)
    const idle = outcomes.filter(({ looked }) => looked === 0).map(({ rule }) => rule.id)
    const notRun = idle.length > 0 ? `; nothing to look at for ${idle.join(', ')}` : ''
    return { violations, summary: `${counted(violations.length, 'violation')} of ${counted(outcomes.length, 'rule')} in ${counted(deck.slides.length, 'slide')}${notRun}` }
  }
  catch (error) {
    if (!(error instanceof DeckError)) throw error
    return { violations: error.problems, summary: `${counted(error.problems.length, 'problem')}: the deck was not checked` }
  }
}

/** How far another edition has drifted from the source edition. */
async function checkParity(entry: string): Promise<Report> {
  try {
    const outcomes = inspectParity(await loadDeck(root, editions[0].entry), await loadDeck(root, entry))
    const violations = outcomes.flatMap(outcome => outcome.violations)
    return { violations, summary: `${counted(violations.length, 'drift')} from ${editions[0].entry} by ${counted(outcomes.length, 'rule')}` }
  }
  catch (error) {
    if (!(error instanceof DeckError)) throw error
    return { violations: [], summary: `not compared with ${editions[0].entry}` }
  }
}

function print(entry: string, { violations, summary }: Report): void {
  for (const violation of violations) console.log(formatViolation(violation))
  console.log(`${entry}: ${summary}`)
  if (violations.length > 0) process.exitCode = 1
}

const asked = process.argv.slice(2).map(entry => relative(root, resolve(entry)))
for (const entry of asked.length > 0 ? asked : editions.map(edition => edition.entry)) {
  print(entry, await check(entry))
}
if (asked.length === 0) {
  for (const { entry } of editions.slice(1)) print(entry, await checkParity(entry))
}
