import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatMiss, mend, type Patch } from './mend.ts'
import { patchesIn } from './patches/index.ts'

const client: Record<string, string> = { 'play.vue': '<div id="root"> <b/> </div>', 'notes.vue': '<p>Notes</p>' }
const read = (file: string) => client[file] ?? ''

const landmark: Patch = { section: 'Landmark', changes: { 'play.vue': [['<div id="root">', '<main id="root">'], ['</div>', '</main>']] } }
const word: Patch = { section: 'Words', changes: { 'notes.vue': [['>Notes<', '>讲稿<']] }, isWord: true }

describe('mend', () => {
  it('makes changes in their order, each on what the ones before have made', () => {
    const name: Patch = { section: 'Name', changes: { 'play.vue': [['<main', '<main $& aria-label="Slides"']] } }
    const { files, misses } = mend([landmark, name, word], read)
    expect(misses).toEqual([])
    expect(Object.fromEntries(files)).toEqual({ 'play.vue': '<main $& aria-label="Slides" id="root"> <b/> </main>', 'notes.vue': '<p>讲稿</p>' })
  })

  it('takes a text as often as it says, a word however often', () => {
    const twice = (times?: number): Patch => ({ section: 'Twice', changes: { 'play.vue': [times ? ['d', 'D', times] : ['d', 'D']] } })
    expect(mend([twice(2)], read).misses).toMatchObject([{ found: 3 }])
    expect(mend([twice()], read).misses).toMatchObject([{ found: 3 }])
    expect(mend([twice(3)], read).misses).toEqual([])
    expect(mend([{ ...twice(), isWord: true }], read).files.get('play.vue')).toContain('iD="root"')
  })

  it('tells of every change without a place at once, and leaves out the patches that they belong to whole', () => {
    const broken: Patch = { section: 'Broken', changes: { 'play.vue': [['<b/>', '<i/>'], ['<gone>', '']], 'moved.vue': [['<x>', '<y>']] } }
    const { files, misses } = mend([broken, landmark, { ...word, changes: { 'notes.vue': [['>Remarks<', '']] } }], read)
    expect(misses.map(({ patch, file, found }) => [patch.section, file, found])).toEqual([['Broken', 'play.vue', 0], ['Broken', 'moved.vue', 0], ['Words', 'notes.vue', 0]])
    expect(Object.fromEntries(files)).toEqual({ 'play.vue': '<main id="root"> <b/> </main>' })
  })

  it('says of a miss its section, its file and its text', () => {
    const [miss] = mend([{ section: 'Landmark', changes: { 'play.vue': [['<main>\n  <p>', '']] } }], read).misses
    if (!miss) throw new Error('Nothing was missed.')
    expect(formatMiss(miss)).toBe('“Landmark”: @slidev/client/play.vue has 0 times, not 1:\n    <main>\n      <p>')
  })
})

it('each section of patches is described in docs/upstream.md', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../../docs/upstream.md'), 'utf8')
  const headings = [...docs.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading)
  expect(headings).toEqual(expect.arrayContaining([...new Set(patchesIn('zh').map(({ section }) => section))]))
})
