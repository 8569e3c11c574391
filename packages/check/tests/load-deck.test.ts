import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'
import { openProject } from 'slidev-addon-deck/project'
import { expectedOf, fixtureNames, folder, project } from './fixtures.ts'

describe.each(['good/slides.md', 'good/slides.en.md', 'bad/entry-only-src/slides.md'])('%s', (entry) => {
  it('names the lines that really hold each slide', async () => {
    const { slides } = await loadDeck(project, entry)
    expect(slides.map(({ no }) => no)).toEqual(slides.map((_, i) => i + 1))
    for (const slide of slides) {
      const lines = readFileSync(join(folder, slide.file), 'utf8').split('\n')
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
    const { sections } = await loadDeck(project, entry)
    const lines = readFileSync(join(folder, entry), 'utf8').split('\n')
    expect(sections.length).toBeGreaterThan(0)
    for (const { line, keyLines, content, contentLine } of sections) {
      expect(lines[line - 1]).toBe('---')
      for (const [key, keyLine] of Object.entries(keyLines)) expect(lines[keyLine - 1]).toMatch(new RegExp(`^${key}:`))
      expect(lines.slice(contentLine - 1).join('\n').startsWith(content)).toBe(true)
    }
  })
})

it('gives every slide the chapter of its file', async () => {
  const { slides } = await loadDeck(project, 'good/slides.md')
  expect(slides.map(({ chapter }) => chapter)).toEqual(['开场', '开场', '样样都有', '样样都有', '样样都有', '样样都有', '样样都有'])
  expect(slides.map(({ headline }) => headline)).toContain('点一下，换一边')
})

it('reads slides with Windows line ends, without frontmatter, and with dashes in a comment', async () => {
  const { slides } = await loadDeck(project, 'unusual/slides.md')
  expect(slides.map(({ file, line, contentLine, headline, noteLine }) => ({ file, line, contentLine, headline, noteLine }))).toEqual([
    { file: 'unusual/pages/unusual.md', line: 1, contentLine: 5, headline: '一', noteLine: 11 },
    { file: 'unusual/pages/unusual.md', line: 19, contentLine: 19, headline: '二', noteLine: 21 },
  ])
})

describe('a deck of one file', () => {
  async function read(text: string) {
    const own = mkdtempSync(join(tmpdir(), 'deck-load-'))
    writeFileSync(join(own, 'slides.md'), text)
    try {
      const { edition, headmatter, slides, sections } = await loadDeck(await openProject(own), 'slides.md')
      return { edition, headmatter, slides, sections }
    }
    finally {
      rmSync(own, { recursive: true })
    }
  }
  const text = '---\nlang: zh-CN\ntitle: 2026\n---\n\nTitle\n===\n\n> ```js\n> a\n> ```\n\n<!--\nA note.\n-->\n\n---\n\n## Below\n'

  it('reads the same with a byte order mark and with the line ends of Windows', async () => {
    const deck = await read(text)
    expect(deck.edition).toMatchObject({ lang: 'zh-CN', words: 'zh' })
    expect(deck.slides).toMatchObject([{ headline: 'Title', contentLine: 6, noteLine: 14 }, { headline: 'Below', contentLine: 19 }])
    expect(await read(`\uFEFF${text}`)).toEqual(deck)
    expect(await read(text.replaceAll('\n', '\r\n'))).toEqual(deck)
    expect(await read(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(deck)
  })

  it('names a slide by its headline, its title, or another heading', async () => {
    const { slides } = await read('---\ntitle: 2026\n---\n\ntext\n\n---\ntitle: T\n---\n\n## Other\n\n---\n\n## Other\n\n---\n\ntext\n')
    expect(slides.map(({ headline }) => headline)).toEqual(['2026', 'T', 'Other', ''])
  })
})

describe('a deck that can\'t be read', () => {
  it.each(fixtureNames('unreadable'))('%s: says where and how to mend it', async (name) => {
    const own = await openProject(join(folder, 'unreadable', name))
    const error: unknown = await loadDeck(own, 'slides.md').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(DeckError)
    if (!(error instanceof DeckError)) return
    const expected = expectedOf(`unreadable/${name}`)
    expect(error.problems.map(({ file, line }) => `unreadable/${name}/${file}:${line}`)).toEqual(expected.map(({ at }) => at))
    for (const [i, { says }] of expected.entries()) expect(error.problems[i]?.message).toContain(says)
  })

  it('no such entry', async () => {
    await expect(loadDeck(project, 'nowhere.md')).rejects.toThrow(/^nowhere\.md:1 {2}deck-loads {2}The file can't be read \(ENOENT: no such file or directory\)/)
  })
})
