import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { command } from './doctor.ts'

const client = dirname(createRequire(import.meta.url).resolve('@slidev/client/package.json'))
const folder = mkdtempSync(join(tmpdir(), 'doctor-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => {
  process.exitCode = 0
})

/** A deck's folder with a Slidev of a version, whose client lacks a text. */
function deck(version: string, { file, text }: { file: string, text: string }): string {
  const root = mkdtempSync(join(folder, 'deck-'))
  const slidev = join(root, 'node_modules/@slidev')
  mkdirSync(join(slidev, 'cli'), { recursive: true })
  writeFileSync(join(slidev, 'cli/package.json'), JSON.stringify({ version }))
  cpSync(client, join(slidev, 'client'), { recursive: true, filter: source => !source.includes('node_modules', client.length) })
  writeFileSync(join(slidev, 'client', file), readFileSync(join(client, file), 'utf8').replaceAll(text, 'updated'))
  return root
}

async function doctor(root: string): Promise<{ said: string, code: typeof process.exitCode }> {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const failed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await command.run(root, [])
  const text = [said, failed].flatMap(({ mock }) => mock.calls.flat()).join('\n')
  vi.restoreAllMocks()
  return { said: text, code: process.exitCode }
}

const word = { file: 'internals/Settings.vue', text: '"Contrast"' }

it('is content with the Slidev that is installed', async () => {
  const { said, code } = await doctor(join(import.meta.dirname, '../../..'))
  expect(said).toMatch(/^Slidev 53\.\d+\.\d+ \(.*\): one of >=53\.0\.0 <54\.0\.0, which the kit is for\.\n(?: {2}applies +(\d+) of +\1 {2}.+\n?){10,}$/)
  expect(code).toBe(0)
})

it('fails where a patch does not apply, with its section, file and text', async () => {
  const { said, code } = await doctor(deck('53.0.0', { file: 'pages/play.vue', text: 'page-root' }))
  expect(said).toMatch(/^ {2}MISSED +\d+ of +\d+ {2}No main landmark$/m)
  expect(said).toMatch(/^“No main landmark”: @slidev\/client\/pages\/play\.vue has 0 times, not 1:\n {4}<div\n {8}id="page-root"$/m)
  expect(code).toBe(1)
})

it('tells of a missing word, and does not fail', async () => {
  const { said, code } = await doctor(deck('53.0.0', word))
  expect(said).toContain('“Words in English only”: @slidev/client/internals/Settings.vue has 0 times:\n    "Contrast"')
  expect(code).toBe(0)
})

it('fails for a version that the kit is not for', async () => {
  const { said, code } = await doctor(deck('54.0.0', word))
  expect(said).toMatch(/^Slidev 54\.0\.0 \(.*\): NOT one of >=53\.0\.0 <54\.0\.0/)
  expect(code).toBe(1)
})

it('says in one line that there is no Slidev', async () => {
  const root = mkdtempSync(join(folder, 'empty-'))
  expect(await doctor(root)).toEqual({ said: `package.json  Slidev is not installed for the deck in ${root}: npm install @slidev/cli@53.0.0`, code: 1 })
})
