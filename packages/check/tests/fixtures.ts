import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The project's folder. */
export const root = resolve(import.meta.dirname, '../..')

/** Where a broken deck is broken, as its expected.json has it. */
export interface Expected {
  /** `file:line`, the file relative to the fixture. */
  at: string
  /** Part of the message. */
  says: string
}

/** Names of the fixtures in a folder of tests/fixtures/. */
export function fixtureNames(folder: string): string[] {
  return readdirSync(join(root, 'tests/fixtures', folder)).sort()
}

/** What a fixture's expected.json says, with files relative to the project. */
export function expectedOf(fixture: string): Expected[] {
  const expected = JSON.parse(readFileSync(join(root, 'tests/fixtures', fixture, 'expected.json'), 'utf8')) as Expected[]
  return expected.map(({ at, says }) => ({ at: `tests/fixtures/${fixture}/${at}`, says }))
}
