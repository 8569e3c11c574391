import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { openProject, type DeckProject } from 'slidev-addon-deck/project'
import type { CheckedDeck } from '../src/rule.ts'
import { withParts } from '../src/rules/index.ts'

/** The fixtures' folder: one deck of many entries, whose deck.config.ts turns every rule on. */
export const folder = resolve(import.meta.dirname, 'fixtures')
export const project = await openProject(folder)

/** Where a broken deck is broken, as its expected.json has it. */
export interface Expected {
  /** `file:line`, the file relative to the fixture. */
  at: string
  /** Part of the message. */
  says: string
}

/** Names of the fixtures in a folder of fixtures/. */
export function fixtureNames(kind: string): string[] {
  return readdirSync(join(folder, kind)).sort()
}

/** What a fixture's expected.json says, with files relative to fixtures/. */
export function expectedOf(fixture: string): Expected[] {
  const expected = JSON.parse(readFileSync(join(folder, fixture, 'expected.json'), 'utf8')) as Expected[]
  return expected.map(({ at, says }) => ({ at: `${fixture}/${at}`, says }))
}

/** The project with another entry for one of its editions. */
export function withEntry(language: string, entry: string): DeckProject {
  const editions = project.editions.map(edition => edition.language === language ? { ...edition, entry } : edition)
  return { ...project, editions: editions as unknown as DeckProject['editions'] }
}

/** Reads a deck as `deck check` does. */
export async function readDeck(entry: string, language = 'zh'): Promise<CheckedDeck> {
  return withParts(await loadDeck(withEntry(language, entry), entry))
}
