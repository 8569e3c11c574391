import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { openProject } from 'slidev-addon-deck/project'
import { formatViolation } from 'slidev-addon-deck/violation'
import { findDrift, findProblems } from 'slidev-deck-check/problems'

const root = resolve(import.meta.dirname, '..')
const project = await openProject(root)
const [source, ...others] = await Promise.all(project.editions.map(({ entry }) => loadDeck(project, entry)))

it.each(project.editions)('the $language edition breaks no rule', async ({ entry }) => {
  expect((await findProblems(await loadDeck(project, entry))).map(formatViolation)).toEqual([])
})

it.each(others)('$entry is in step with the source edition', async (other) => {
  expect(source && (await findDrift(source, other)).map(formatViolation)).toEqual([])
})

it.each([source, ...others].flatMap(deck => deck?.slides ?? []))('$file:$line holds the slide $id', ({ file, line, contentLine, noteLine, id, content, note }) => {
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  expect(lines[line]).toBe(`routeAlias: ${id}`)
  expect(lines.slice(contentLine - 1).join('\n').startsWith(content)).toBe(true)
  expect(lines.slice(noteLine - 1).join('\n').trimStart().startsWith(note)).toBe(true)
})
