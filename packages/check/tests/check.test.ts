import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { editions } from 'slidev-addon-deck/editions'
import { root } from './fixtures.ts'

function check(...entries: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check.ts', ...entries], { cwd: root, encoding: 'utf8' })
  return { status, stderr, lines: stdout.trimEnd().split('\n') }
}

it('checks every edition where none is named', () => {
  const { lines } = check()
  expect(lines.filter(line => / of \d+ rules in \d+ slides/.test(line)).map(line => line.split(':')[0])).toEqual(editions.map(({ entry }) => entry))
})

it('passes a good deck', () => {
  const { status, lines } = check('tests/fixtures/good/slides.md')
  expect(lines).toEqual([expect.stringMatching(/^tests\/fixtures\/good\/slides\.md: 0 violations of \d+ rules in 7 slides$/)])
  expect(status).toBe(0)
})

it('prints file, line, rule and message, and fails', () => {
  const { status, lines } = check('tests/fixtures/bad/minutes-sum/slides.md')
  expect(lines).toEqual([
    expect.stringMatching(/^tests\/fixtures\/bad\/minutes-sum\/slides\.md:3 {2}minutes-sum {2}The slides take 0\.2 minutes/),
    expect.stringMatching(/^tests\/fixtures\/bad\/minutes-sum\/slides\.md: 1 violation of \d+ rules in 3 slides; nothing to look at for /),
  ])
  expect(status).toBe(1)
})

it('fails on a deck that can\'t be read, without a stack trace', () => {
  const { status, stderr, lines } = check('tests/fixtures/unreadable/broken-yaml/slides.md', 'tests/fixtures/good/slides.md')
  expect(lines).toEqual([
    expect.stringContaining('tests/fixtures/unreadable/broken-yaml/pages/broken.md:10  deck-loads  '),
    'tests/fixtures/unreadable/broken-yaml/slides.md: 1 problem: the deck was not checked',
    expect.stringMatching(/^tests\/fixtures\/good\/slides\.md: 0 violations/),
  ])
  expect(stderr).toBe('')
  expect(status).toBe(1)
})
