import { runScript, UsageError } from 'slidev-addon-deck/command-line'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'
import { counted } from 'slidev-addon-deck/measure'
import type { Command } from 'slidev-addon-deck/parts'
import { openProject, type DeckProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { formatViolation, type Violation } from 'slidev-addon-deck/violation'
import { groups } from './groups.ts'
import { inspectParity, parityRules } from './parity.ts'
import type { Outcome } from './rule.ts'
import { inspectDeck, rules, withParts } from './rules/index.ts'

/** `deck check`. */
export const command: Command = {
  summary: 'look for faults in the source of the deck',
  run: async (root, args) => runScript(args.some(arg => arg === '--help' || arg === '-h') ? await usage(root) : USAGE, {
    edition: { type: 'string' },
  }, async ({ edition: language }) => {
    const project = await openProject(root)
    const asked = project.editions.filter(edition => language === undefined || edition.language === language)
    if (asked.length === 0) throw new UsageError(`There is no edition "${language ?? ''}": this deck has ${project.editions.map(edition => edition.language).join(' and ')}.`)
    const sound = []
    for (const { entry } of asked) sound.push(await check(project, entry))
    for (const { entry } of asked.filter(edition => edition !== project.editions[0])) sound.push(await checkParity(project, entry))
    return sound.every(Boolean) ? 0 : 1
  }, args),
}

/** Prints what the rules found in an edition, and after it which of them had nothing to look at: they say nothing of the deck. */
function report(entry: string, outcomes: readonly Outcome[], summary: (violations: number) => string): boolean {
  const violations = outcomes.flatMap(outcome => outcome.violations)
  const idle = outcomes.filter(({ looked }) => looked === 0).map(({ rule }) => rule)
  return print(entry, violations, summary(violations.length) + (idle.length > 0 ? `; nothing to look at for ${idle.join(', ')}` : ''))
}

/** @returns whether the edition is sound. */
function print(entry: string, violations: readonly Violation[], summary: string): boolean {
  for (const violation of violations) console.log(formatViolation(violation))
  console.log(`${entry}: ${summary}`)
  return violations.length === 0
}

async function check(project: DeckProject, entry: string): Promise<boolean> {
  try {
    const deck = await loadDeck(project, entry)
    const outcomes = inspectDeck(await withParts(deck))
    return report(entry, outcomes, count => `${counted(count, 'violation')} of ${counted(outcomes.length, 'rule')} in ${counted(deck.slides.length, 'slide')}`)
  }
  catch (error) {
    if (!(error instanceof DeckError)) throw error
    return print(entry, error.problems, `${counted(error.problems.length, 'problem')}: the deck was not checked`)
  }
}

/** How far another edition has drifted from the source edition. */
async function checkParity(project: DeckProject, entry: string): Promise<boolean> {
  const source = project.editions[0].entry
  try {
    const outcomes = inspectParity(await withParts(await loadDeck(project, source)), await withParts(await loadDeck(project, entry)))
    return report(entry, outcomes, count => `${counted(count, 'drift')} from ${source} by ${counted(outcomes.length, 'rule')}`)
  }
  catch (error) {
    if (!(error instanceof DeckError)) throw error
    return print(entry, [], `not compared with ${source}`)
  }
}

const USAGE = `Usage: deck check [options]

Looks for faults in the source of the deck's editions, and for drift between them.

  --edition NAME  only this edition, and its drift from the first
  --help          the rules, and which are on in this deck`

/** The usage with every rule, by group; which groups are off is for the deck to say, where it can be read. */
async function usage(root: string): Promise<string> {
  const decks: SourceDeck[] = await openProject(root)
    .then(project => Promise.all(project.editions.map(({ entry }) => loadDeck(project, entry))), () => [])
  const lists = Object.entries(groups).map(([id, { title, turnedOnBy, isOn }]) => {
    const state = decks.length === 0 || decks.some(isOn) ? turnedOnBy : `off in this deck: turned on by ${turnedOnBy}`
    const own = Object.entries({ ...rules, ...parityRules }).filter(([, { group }]) => group === id)
    return [`${title} (${state})`, ...own.map(([rule, { describe }]) => `  ${rule.padEnd(22)}${describe}`)].join('\n')
  })
  return `${USAGE}\n\n${lists.join('\n\n')}`
}
