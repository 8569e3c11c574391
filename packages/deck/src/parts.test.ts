import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { assertAddon } from './parts.ts'

const root = mkdtempSync(join(tmpdir(), 'parts-'))
afterAll(() => rmSync(root, { recursive: true }))
const deck = (addons: unknown) => ({ project: { root }, entry: 'slides.md', headmatter: { addons } })

it.each([[['present']], [['other', 'slidev-addon-present']], [['@/packages/present']]])('an addon may be named in the headmatter: %j', async (addons) => {
  await expect(assertAddon(deck(addons), 'present')).resolves.toBeUndefined()
})

it.each([[undefined], ['site'], [['presenter', 'present/more']], [[{ name: 'present' }]]])('says in one line that none is named: %j', async (addons) => {
  await expect(assertAddon(deck(addons), 'present')).rejects.toThrow('slides.md:1  the deck names no addon "present": add `addons: [diagrams, present, site]` to its headmatter.')
})

it('an addon may be named in package.json', async () => {
  writeFileSync(join(root, 'package.json'), JSON.stringify({ slidev: { addons: ['slidev-addon-present'] } }))
  await expect(assertAddon(deck(undefined), 'present')).resolves.toBeUndefined()
})
