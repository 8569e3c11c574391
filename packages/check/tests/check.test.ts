import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { parityRules } from '../src/parity.ts'
import { rules } from '../src/rules/index.ts'
import { folder } from './fixtures.ts'

const bin = resolve(import.meta.dirname, '../../deck/bin/deck.mjs')
const modules = resolve(import.meta.dirname, '../../../node_modules')

const copies: string[] = []
afterAll(() => copies.forEach(copy => rmSync(copy, { recursive: true })))

/** A folder with a deck of the fixtures in it. */
function copyOf(fixture: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'deck-check-'))
  copies.push(copy)
  cpSync(join(folder, fixture), copy, { recursive: true })
  symlinkSync(modules, join(copy, 'node_modules'))
  return copy
}

function check(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'check', ...args], { cwd, encoding: 'utf8' })
  return { status, stderr, lines: stdout.trimEnd().split('\n') }
}

it('passes a good deck, each edition and their drift', () => {
  const { status, stderr, lines } = check(folder)
  expect(stderr).toBe('')
  expect(lines.slice(0, 2)).toEqual([
    expect.stringMatching(/^good\/slides\.md: 0 violations of \d+ rules in 7 slides$/),
    expect.stringMatching(/^good\/slides\.en\.md: 0 violations of \d+ rules in 2 slides; nothing to look at for .*punctuation/),
  ])
  // They are two decks of their own: what is compared are their slides of the same ids.
  expect(lines.at(-1)).toMatch(/^good\/slides\.en\.md: \d+ drifts? from good\/slides\.md by 11 rules; nothing to look at for /)
  expect(status).toBe(1)
})

it('passes one edition alone', () => {
  const { status, lines } = check(folder, '--edition', 'zh')
  expect(lines).toEqual([expect.stringMatching(/^good\/slides\.md: 0 violations of \d+ rules in 7 slides$/)])
  expect(status).toBe(0)
})

it('prints file, line, rule and message, and fails', () => {
  const copy = copyOf('parity/good/zh')
  writeFileSync(join(copy, 'slides.md'), readFileSync(join(copy, 'slides.md'), 'utf8').replace('1min', '25min'))
  const { status, lines } = check(copy)
  expect(lines).toEqual([
    expect.stringMatching(/^slides\.md:3 {2}minutes-sum {2}The slides take 1 minute,/),
    'slides.md: 1 violation of 8 rules in 2 slides; nothing to look at for links-lead',
  ])
  expect(status).toBe(1)
})

it('fails on a deck that can\'t be read, without a stack trace', () => {
  const { status, stderr, lines } = check(copyOf('unreadable/broken-yaml'))
  expect(lines).toEqual([
    expect.stringContaining('pages/broken.md:10  deck-loads  '),
    'slides.md: 1 problem: the deck was not checked',
  ])
  expect(stderr).toBe('')
  expect(status).toBe(1)
})

it('names the editions there are', () => {
  const { status, stderr } = check(folder, '--edition', 'fr')
  expect(stderr).toContain('There is no edition "fr": this deck has zh and en.')
  expect(status).toBe(2)
})

it('lists every rule, and what would turn on those that are off', () => {
  const all = check(folder, '--help').lines.join('\n')
  for (const [id, { describe }] of Object.entries({ ...rules, ...parityRules })) expect(all).toMatch(new RegExp(`^ {2}${id} +${RegExp.escape(describe)}$`, 'm'))
  expect(all).not.toContain('off in this deck')
  const bare = check(copyOf('parity/good/zh'), '--help').lines.join('\n')
  expect(bare).toContain('Slides are prose (off in this deck: turned on by `prose: true` in deck.config.ts)')
  expect(bare).toContain('Speaking time (`minutes:` in the frontmatter of any slide)')
})

it('has every rule in docs/rules.md, under what turns it on', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/rules.md'), 'utf8')
  for (const [id, { describe }] of Object.entries({ ...rules, ...parityRules })) expect(page).toContain(`| \`${id}\` | ${describe} |`)
})
