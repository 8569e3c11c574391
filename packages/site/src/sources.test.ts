import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DeckProject } from 'slidev-addon-deck/project'
import { ownStyle, paperColours, tokensForBothSchemes } from './sources.ts'

let project: DeckProject
beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'deck-styles-'))
  await mkdir(join(root, 'styles'))
  project = { root } as DeckProject
})
afterEach(() => rm(project.root, { recursive: true, force: true }))
const write = (css: string) => writeFile(join(project.root, 'styles/tokens.css'), css)

it('a deck without colours of its own has the kit’s', async () => {
  expect(await paperColours(project)).toEqual({ light: '#fff', dark: '#121212' })
  expect(await ownStyle(project, 'reading.css')).toBe('')
})

it.each([
  ['both schemes', ':root { --ink: #111; --paper: #faf7f0; }\nhtml.dark { --paper: #11181b; }', { light: '#faf7f0', dark: '#11181b' }],
  ['one paper for both', ':root { --paper: oklch(90% 0.1 80); }', { light: 'oklch(90% 0.1 80)', dark: 'oklch(90% 0.1 80)' }],
  ['no paper', ':root { --ink: #111; }', { light: '#fff', dark: '#121212' }],
])('a deck with %s', async (_, css, expected) => {
  await write(css)
  expect(await paperColours(project)).toEqual(expected)
})

it('pages without a switch have the dark colours where the system has them, on a screen, the deck’s after the kit’s', async () => {
  await write(':root { --paper: white; }\nhtml.dark { --paper: black; }')
  const tokens = await tokensForBothSchemes(project)
  expect(tokens.endsWith(':root { --paper: white; }\n@media screen and (prefers-color-scheme: dark) {\n:root { --paper: black; }\n}')).toBe(true)
  expect(tokens).toMatch(/@media screen and \(prefers-color-scheme: dark\) \{\n:where\(:root\) \{\s*--paper: #121212;/)
})

it('and those of a wish for more contrast, which stand below it', async () => {
  await write('html.dark { --paper: #111; }\n@media (prefers-contrast: more) {\n:root { --paper: white; }\nhtml.dark { --paper: black; }\n}')
  const tokens = await tokensForBothSchemes(project)
  expect(tokens).not.toContain('html.dark')
  expect(tokens.endsWith('@media (prefers-contrast: more) {\n:root { --paper: white; }\n@media screen and (prefers-color-scheme: dark) {\n:root { --paper: black; }\n}\n}')).toBe(true)
})
