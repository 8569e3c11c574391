import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { editions } from 'slidev-addon-deck/editions'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'
import { expectedOf, fixtureNames, root } from './fixtures.ts'

const entries = [...editions.map(({ entry }) => entry), 'tests/fixtures/good/slides.md', 'tests/fixtures/bad/entry-only-src/slides.md']

describe.each(entries)('%s', (entry) => {
  it('names the lines that really hold each slide', async () => {
    const { slides } = await loadDeck(root, entry)
    expect(slides.map(({ no }) => no)).toEqual(slides.map((_, i) => i + 1))
    for (const slide of slides) {
      const lines = readFileSync(join(root, slide.file), 'utf8').split('\n')
      expect(lines[slide.line - 1]).toBe('---')
      for (const [key, line] of Object.entries(slide.keyLines)) expect(lines[line - 1]).toMatch(new RegExp(`^${key}:`))
      expect(Object.keys(slide.keyLines)).toEqual(Object.keys(slide.frontmatter))
      expect(lines[slide.line]).toBe(`routeAlias: ${slide.id}`)
      expect(lines.slice(slide.contentLine - 1).join('\n').startsWith(slide.content)).toBe(true)
      expect(slide.content).toContain(`# ${slide.headline.slice(0, 2)}`)
      expect(lines.slice(slide.noteLine - 1).join('\n').trimStart().startsWith(slide.note)).toBe(true)
      expect(slide.note).not.toBe('')
    }
  })

  it('names the lines of the entry\'s own sections', async () => {
    const { sections } = await loadDeck(root, entry)
    const lines = readFileSync(join(root, entry), 'utf8').split('\n')
    expect(sections.length).toBeGreaterThan(0)
    for (const { line, keyLines, content, contentLine } of sections) {
      expect(lines[line - 1]).toBe('---')
      for (const [key, keyLine] of Object.entries(keyLines)) expect(lines[keyLine - 1]).toMatch(new RegExp(`^${key}:`))
      expect(lines.slice(contentLine - 1).join('\n').startsWith(content)).toBe(true)
    }
  })
})

it('gives every slide the chapter of its file', async () => {
  const { slides } = await loadDeck(root, 'tests/fixtures/good/slides.md')
  expect(slides.map(({ chapter }) => chapter)).toEqual(['开场', '开场', '样样都有', '样样都有', '样样都有', '样样都有', '样样都有'])
  expect(slides.map(({ headline }) => headline)).toContain('点一下，换一边')
})

it('reads slides with Windows line ends, without frontmatter, and with dashes in a comment', async () => {
  const { slides } = await loadDeck(root, 'tests/fixtures/unusual/slides.md')
  expect(slides.map(({ file, line, contentLine, headline, noteLine }) => ({ file, line, contentLine, headline, noteLine }))).toEqual([
    { file: 'tests/fixtures/unusual/pages/unusual.md', line: 1, contentLine: 5, headline: '一', noteLine: 11 },
    { file: 'tests/fixtures/unusual/pages/unusual.md', line: 19, contentLine: 19, headline: '二', noteLine: 21 },
  ])
})

describe('a deck that can\'t be read', () => {
  it.each(fixtureNames('unreadable'))('%s: says where and how to mend it', async (name) => {
    const error: unknown = await loadDeck(root, `tests/fixtures/unreadable/${name}/slides.md`).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(DeckError)
    if (!(error instanceof DeckError)) return
    const expected = expectedOf(`unreadable/${name}`)
    expect(error.problems.map(({ file, line }) => `${file}:${line}`)).toEqual(expected.map(({ at }) => at))
    for (const [i, { at, says }] of expected.entries()) {
      expect(error.problems[i]?.message).toContain(says)
      expect(error.message).toContain(at)
    }
  })

  it('no such entry', async () => {
    await expect(loadDeck(root, 'nowhere.md')).rejects.toThrow(/^nowhere\.md:1 {2}deck-loads {2}The file can't be read \(ENOENT: no such file or directory\)/)
  })
})
