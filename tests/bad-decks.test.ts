import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { commandNames } from 'slidev-addon-deck/parts'
import { x } from 'tinyexec'
import { describe, expect, it } from 'vitest'
import { root } from './helpers/deck.ts'
import { filesOf } from './helpers/files.ts'
import { DECK } from './helpers/project.ts'

const SLIDES = '---\ntheme: default\ntitle: A talk\naddons: [diagrams, present, site]\n---\n\n# A talk\n'
const NO_CONFIG = ''

/** Runs a command in a small deck of these files; none of it may be changed by that. */
async function refusal(files: Readonly<Record<string, string>>, command: string, prepare?: (folder: string) => Promise<void>): Promise<{ code: number | undefined, said: string[] }> {
  // In the project's folder, where Slidev and the kit are found from.
  const folder = await mkdtemp(join(root, '.starter-'))
  try {
    for (const [path, text] of Object.entries(files)) if (text) await writeFile(join(folder, path), text)
    await prepare?.(folder)
    const before = await filesOf(folder)
    const { exitCode, stdout, stderr } = await x(process.execPath, [join(root, DECK), command, ...command === 'start' ? ['--port', '3999'] : []], { timeout: 30_000, nodeOptions: { cwd: folder } })
    expect(await filesOf(folder)).toEqual(before)
    return { code: exitCode, said: (stdout + stderr).trim().split('\n') }
  }
  finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What reads slides: all but the doctor. */
const readers = commandNames.filter(name => name !== 'doctor')

describe.each(readers)('deck %s refuses in one line, with file and mend,', (command) => {
  it.each<[what: string, files: Record<string, string>, says: RegExp]>([
    ['a wrong key in deck.config.ts', { 'slides.md': SLIDES, 'deck.config.ts': 'export default { tittle: 1 }\n' }, /^deck\.config\.ts {2}.*tittle/],
    ['a wrong type in deck.config.ts', { 'slides.md': SLIDES, 'deck.config.ts': 'export default { name: 7 }\n' }, /^deck\.config\.ts {2}name: /],
    ['a deck without slides.md', { 'slides.md': NO_CONFIG }, /^There is no slides\.md in .*: go to a deck's folder, or write one\.$/],
    ['an edition whose entry is missing', { 'slides.md': SLIDES, 'deck.config.ts': `export default { editions: [{ language: 'en', name: 'English', lang: 'en', entry: 'slides.md', folder: '' }, { language: 'fr', name: 'français', lang: 'fr', entry: 'slides.fr.md', folder: 'fr' }] }\n` }, /^deck\.config\.ts {2}.*slides\.fr\.md.*: write it/],
  ])('%s', async (_, files, says) => {
    const { code, said } = await refusal(files, command)
    expect(said).toEqual([expect.stringMatching(says)])
    expect(code).toBe(1)
  })
})

it.each([['start', 'present'], ['build', 'site']])('deck %s without its addon says so in one line', async (command, addon) => {
  const { code, said } = await refusal({ 'slides.md': SLIDES.replace(/^addons: .*\n/m, '') }, command)
  expect(said).toEqual([`slides.md:1  the deck names no addon "${addon}": add \`addons: [diagrams, present, site]\` to its headmatter.`])
  expect(code).toBe(1)
})

it.each(['start', 'build'])('deck %s with a Slidev that the kit is not for says so in one line', async (command) => {
  const { code, said } = await refusal({ 'slides.md': SLIDES }, command, async (folder) => {
    const cli = join(folder, 'node_modules/@slidev/cli')
    await mkdir(dirname(cli), { recursive: true })
    await mkdir(cli)
    await writeFile(join(cli, 'package.json'), JSON.stringify({ name: '@slidev/cli', version: '54.1.0', exports: { './package.json': './package.json' } }))
  })
  expect(said.filter(line => /Slidev 54\.1\.0/.test(line))).toEqual([expect.stringMatching(/^package\.json {2}Slidev 54\.1\.0 is installed, and the kit is for >=\S+ <\S+: npm install @slidev\/cli@/)])
  expect(said).toHaveLength(1)
  expect(code).toBe(1)
})
