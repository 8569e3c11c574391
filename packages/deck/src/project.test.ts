import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { editionOf, exportName, openProject } from './project.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck project '))
})
afterEach(() => rm(folder, { recursive: true }))

const write = (files: Readonly<Record<string, string>>) => Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
const config = (text: string) => write({ 'slides.md': '# One\n', 'deck.config.ts': `export default ${text}\n` })
const failure = () => openProject(folder).then(() => '', (error: unknown) => error instanceof Error ? error.message : '')

describe('a deck without a config', () => {
  it.each([
    ['---\nlang: zh-CN\n---\n\n# 一', { language: 'zh', words: 'zh', lang: 'zh-CN' }],
    ['---\r\nlang: zh_CN\r\n---\r\n\r\n# 一', { language: 'zh', words: 'zh', lang: 'zh-CN' }],
    ['\uFEFF---\nlang: fr\n---\n\n# Un', { language: 'fr', words: 'en', lang: 'fr' }],
    ['# One', { language: 'en', words: 'en', lang: 'en' }],
    ['', { language: 'en', words: 'en', lang: 'en' }],
  ])('%j has one edition', async (text, edition) => {
    await write({ 'slides.md': text })
    const project = await openProject(folder)
    expect(project.editions).toEqual([expect.objectContaining({ ...edition, entry: 'slides.md', folder: '' })])
    expect(exportName(project, project.editions[0], 'pdf')).toMatch(/^deck-project-\w+\.pdf$/)
  })

  it('is none without slides.md', async () => {
    expect(await failure()).toBe(`There is no slides.md in ${folder}: go to a deck's folder, or write one.`)
  })
})

describe('deck.config.ts', () => {
  it('names files and editions', async () => {
    await write({ 'slides.md': '# Eins', 'slides.en.md': '# One' })
    await config(`{ name: 'talk', editions: [
      { language: 'de', name: 'Deutsch', lang: 'de', entry: 'slides.md', folder: '' },
      { language: 'en', name: 'English', lang: 'en', entry: 'slides.en.md', folder: 'en' },
    ] }`)
    const project = await openProject(folder)
    const [, english] = project.editions
    expect(english && exportName(project, english, 'dark.pdf')).toBe('talk.en.dark.pdf')
    expect(editionOf(project, join(folder, 'slides.en.md'))).toBe(english)
    expect(editionOf(project, 'slides.en.md')).toBe(english)
  })

  it.each([
    ['an unknown key', `{ nme: 'talk' }`, /^deck\.config\.ts {2}.*"nme"/],
    ['a wrong type', `{ prose: 'yes' }`, /^deck\.config\.ts {2}prose: .*boolean/],
    ['a wrong type far inside', `{ limits: { en: { headline: 'long', text: 40, pace: 130 } } }`, /^deck\.config\.ts {2}limits\.en\.headline: .*number/],
    ['nothing exported', 'undefined', /^deck\.config\.ts {2}default export: /],
    ['a syntax error', '{ name: ', /^deck\.config\.ts {2}can't be read \(/],
    ['an entry that is not there', `{ editions: [{ language: 'en', name: 'English', lang: 'en', entry: 'slides.en.md', folder: '' }] }`, /^deck\.config\.ts {2}the edition "en" has the entry slides\.en\.md, which is not there: /],
  ])('with %s is told in one line', async (_, text, message) => {
    await config(text)
    expect(await failure()).toMatch(message)
    expect((await failure()).split('\n')).toHaveLength(1)
  })
})
