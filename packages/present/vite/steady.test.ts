import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { patches } from './steady-patches.ts'
import { mend } from './patches.ts'
import { root } from 'slidev-deck-check/tests/fixtures'

const client = dirname(createRequire(import.meta.url).resolve('@slidev/client/package.json'))

it('finds every text that it changes in the Slidev of this project', () => {
  for (const [file, each] of Map.groupBy(patches, patch => patch.file)) {
    const mended = mend(readFileSync(join(client, file), 'utf8'), each)
    for (const { put } of each) expect(mended).toContain(put.trim().split('\n').at(-1))
  }
})

it('says which text of which file has changed', () => {
  const [patch] = patches
  if (!patch) throw new Error('There is no patch.')
  for (const code of ['', patch.find + patch.find]) expect(() => mend(code, [patch])).toThrow(`@slidev/client/${patch.file} has ${code ? 2 : 0} times, not 1,`)
})

it('has a section in the docs for each', () => {
  const upstream = readFileSync(join(root, 'docs/upstream.md'), 'utf8')
  expect([...new Set(patches.map(({ issue }) => issue))].filter(issue => !upstream.includes(`### ${issue}\n`))).toEqual([])
})
