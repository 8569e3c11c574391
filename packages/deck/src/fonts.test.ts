import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fontkit from 'fontkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deck, DeckSlide } from './deck.ts'
import type { Edition } from './editions.ts'
import { charactersOf, facesOf, groupCharacters, rangeHas, trimmedPunctuation, unicodeRange, type Characters } from './fonts.ts'
import { DeckError } from './load-deck.ts'
import type { DeckProject } from './project.ts'
import { fontLicences, fontsOfTexts, missingGlyphs, missingInNotes, subsetFonts, subsetFontsCss, type FontFile } from './font-files.ts'

function slide(content: string, rest: Partial<DeckSlide> = {}): DeckSlide {
  return { no: 1, id: 'one', headline: '', layout: 'assertion', chapter: '', file: 'pages/zh/01-opening.md', line: 1, contentLine: 5, frontmatter: {}, content, note: '', ...rest }
}

const edition: Edition = { language: 'zh', words: 'zh', name: '中文', lang: 'zh-CN', entry: 'slides.md', folder: '' }
const source = (name: string) => [{ package: `@fontsource/noto-${name}-sc`, subset: 'chinese-simplified' }]
const project: DeckProject = {
  root: tmpdir(), name: 'deck', editions: [edition],
  config: { fonts: { zh: { display: source('serif'), text: source('sans') } }, displayFace: { components: ['Shift', 'Callout'], layouts: ['comparison'] } },
}
const faces = facesOf(project, edition)

function deckOf(...slides: DeckSlide[]): Deck {
  return { project, edition, entry: 'slides.md', headmatter: { lang: 'zh-CN' }, slides: slides.map((each, i) => ({ ...each, no: i + 1 })) }
}

const textOf = (characters: Characters) => String.fromCodePoint(...characters.keys())
/** Characters of a role, without the digits every role has. */
const charactersIn = (deck: Deck, role: 'display' | 'body' | 'strong') => textOf(charactersOf(deck, [], { traffic: '流量' })[role]).replace(/[\d.•\s]/g, '')

describe('unicodeRange', () => {
  it('joins neighbours', () => {
    expect(unicodeRange([0x6d41, 0x41, 0x43, 0x42, 0x4e00])).toBe('U+0041-0043,U+4E00,U+6D41')
  })

  it('is read back by rangeHas', () => {
    expect(rangeHas('U+0041-0043, U+6d41', 0x6d41)).toBe(true)
    expect(rangeHas('U+0041-0043, U+6d41', 0x43)).toBe(true)
    expect(rangeHas('U+0041-0043, U+6d41', 0x44)).toBe(false)
  })
})

describe('charactersOf', () => {
  it('tells headings and emphasis from the rest', () => {
    const deck = deckOf(slide('# 标题\n\n正文**粗**'))
    expect(charactersIn(deck, 'display')).toBe('#标题')
    expect(charactersIn(deck, 'strong')).toBe('*粗')
    expect(charactersIn(deck, 'body')).toBe('#标题正文*粗')
  })

  it('takes the heads of tables as bold, and all of a table in the display face', () => {
    const deck = deckOf(slide('| 方面 | 从前 |\n|---|---|\n| 位置 | 外 |', { layout: 'comparison' }))
    expect(charactersIn(deck, 'strong')).toBe('|方面从前')
    expect(charactersIn(deck, 'display')).toContain('外')
  })

  it('takes what Shift and Callout say into the display face', () => {
    const deck = deckOf(slide('<Shift aspect="形态" before="孤立" after="融合" />\n\n<Callout kind="takeaway">记住</Callout>\n\n别处'))
    expect(charactersIn(deck, 'display')).toMatch(/孤立.*融合.*记住/s)
    expect(charactersIn(deck, 'display')).not.toContain('别')
  })

  it('takes words that a block diagram claims into the display face, and those of its pills into the text face', () => {
    const fence = '```mermaid\nblock\n  a["主张"] b["词语"] c["方框"]\n  class a label,hero\n  class b label\n  class c hero\n```'
    for (const content of [fence, `\`\`\`\`md magic-move\n${fence}\n${fence}\n\`\`\`\``]) {
      const deck = { ...deckOf(slide(content)), edition: { ...edition, marks: ['流量'] } }
      expect(charactersIn(deck, 'display')).toBe('主张')
      expect(charactersIn(deck, 'body')).toMatch(/流量/)
    }
  })

  it('leaves out descriptions, comments and the names of components', () => {
    const deck = deckOf(slide('```mermaid\nflowchart LR\n  accTitle: 题\n  accDescr: 述\n  %% 注\n  a["标"]\n```\n<!-- 批\n评 -->\n<Zebra qua="值" />'))
    const body = charactersIn(deck, 'body')
    expect(body).toContain('标')
    expect(body).toContain('值')
    expect(body).not.toMatch(/[题述注批评Zq]/)
  })

  it('leaves out speaker notes', () => {
    expect(charactersIn(deckOf(slide('正文', { note: '讲稿' })), 'body')).toBe('正文')
  })

  it('puts the word for a Term', () => {
    expect(charactersIn(deckOf(slide('# <Term id="traffic" />变了')), 'display')).toContain('流量变了')
  })

  it('knows file and line of the first appearance', () => {
    const deck = deckOf(slide('# 甲'), slide('# 乙\n\n丙甲', { file: 'pages/zh/02-finance.md', contentLine: 20 }))
    const { body } = charactersOf(deck, [], {})
    expect(body.get('丙'.codePointAt(0) ?? 0)).toEqual({ file: 'pages/zh/02-finance.md', line: 22, stage: 2 })
    expect(body.get('甲'.codePointAt(0) ?? 0)).toMatchObject({ file: 'pages/zh/01-opening.md', line: 5, stage: 0 })
  })

  it('has what entities stand for, and accents that no letter takes in', () => {
    expect(charactersIn(deckOf(slide('一 &rarr; 二 &#9829;\n\n```mermaid\nflowchart LR\n a["#hearts;"]\n```')), 'body')).toMatch(/→.*♥/s)
    expect(charactersIn(deckOf(slide('x\u0302 é 龍\u{E0100}')), 'body')).toBe('x\u0302é龍')
  })

  it('has every digit, for page and paragraph numbers', () => {
    for (const characters of Object.values(charactersOf(deckOf(slide('# 甲')), [], {}))) expect(textOf(characters)).toContain('0123456789')
  })
})

describe('groupCharacters', () => {
  const place = (stage: number) => ({ file: '', line: 1, stage })
  const characters = (from: number, count: number, stage: number) => Array.from({ length: count }, (_, i) => [from + i, place(stage)] as const)

  it('keeps what the first slide needs apart from each chapter', () => {
    const groups = groupCharacters(new Map([...characters(100, 3, 0), ...characters(200, 60, 1), ...characters(300, 60, 2)]))
    expect(groups.map(group => group.length)).toEqual([3, 60, 60])
  })

  it('joins chapters that bring few new characters, but never to the first group', () => {
    const groups = groupCharacters(new Map([...characters(100, 3, 0), ...characters(200, 10, 1), ...characters(300, 10, 4), ...characters(400, 60, 5)]))
    expect(groups.map(group => group.length)).toEqual([3, 80])
  })

  it('begins another group where the one before is large enough, and leaves no small one at the end', () => {
    const chapters = [1, 2, 3, 4, 5].flatMap(stage => characters(stage * 100, 30, stage))
    expect(groupCharacters(new Map(chapters)).map(group => group.length)).toEqual([60, 90])
  })
})

/** Enough different characters for a group of their own. */
const MANY = '天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光'

describe('subsetFonts', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deck fonts '))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const deck = deckOf(slide('# 流量退潮\n\n“正文”，**粗**体'), slide(`# 网\n\n${MANY}`, { file: 'pages/zh/02-finance.md' }))

  async function open({ path }: FontFile) {
    const font = fontkit.create(await readFile(path))
    if (!('characterSet' in font)) throw new Error(`${path} is no single font`)
    return font
  }

  it('keeps TrueType outlines and maps exactly the characters asked for', async () => {
    const files = await subsetFonts(deck, folder)
    expect(files.length).toBeGreaterThan(faces.length)
    for (const file of files) {
      const font = await open(file)
      // fontkit's types lack it.
      const { tables } = (font as unknown as { directory: { tables: Record<string, unknown> } }).directory
      expect(Object.keys(tables)).toContain('glyf')
      // Each bracket brings its mirror image, and U+FFFF only ends the table.
      const mapped = font.characterSet.filter(code => code !== 0xffff && !'<>()[]{}'.includes(String.fromCodePoint(code))).sort((a, b) => a - b)
      expect(mapped).toEqual(file.codePoints.filter(code => !'<>()[]{}'.includes(String.fromCodePoint(code))))
      expect(font.glyphForCodePoint(file.codePoints.at(-1) ?? 0).path.commands.length).toBeGreaterThan(0)
    }
  })

  it('has all the slides’ characters once in each face, the radical for none', async () => {
    const files = await subsetFonts(deck, folder)
    for (const face of faces) {
      const all = files.filter(file => file.face.role === face.role).flatMap(file => file.codePoints)
      expect(new Set(all).size).toBe(all.length)
      expect(all).not.toContain('⽹'.codePointAt(0))
    }
    const body = files.filter(({ face }) => face.role === 'body').flatMap(file => file.codePoints)
    for (const character of '流量退潮正文粗体网光') expect(body).toContain(character.codePointAt(0))
  })

  it('keeps the features that trim punctuation, with all of it in one file', async () => {
    const [serif] = await subsetFonts(deck, folder)
    if (!serif) throw new Error('no file')
    expect((await open(serif)).availableFeatures).toEqual(expect.arrayContaining(['halt', 'chws']))
    expect(serif.codePoints).toEqual(expect.arrayContaining([...trimmedPunctuation]))
  })

  it('makes the same bytes again', async () => {
    const other = join(folder, 'again')
    const [first, second] = [await subsetFonts(deck, folder), await subsetFonts(deck, other)]
    const bytes = (files: FontFile[]) => Promise.all(files.map(async ({ path }) => (await readFile(path)).toString('base64')))
    expect(await bytes(second)).toEqual(await bytes(first))
  })

  it('declares each file for its own characters, relative to the style sheet', async () => {
    const files = await subsetFonts(deck, folder)
    const rules = subsetFontsCss(files, folder, true).split('\n')
    expect(rules).toHaveLength(files.length)
    expect(rules[0]).toMatch(/^@font-face\{font-family:"Deck Serif";font-style:normal;font-weight:700;font-display:block;src:url\("\.\/[0-9a-f]+\/deck-serif-700-0\.woff2\?no-inline"\) format\("woff2"\);unicode-range:U\+/)
  })

  it('finds an arrow in another file of the same font', async () => {
    const files = await subsetFonts(deckOf(slide('# 甲→乙')), folder)
    expect(files.some(({ face, codePoints }) => face.role === 'display' && codePoints.includes(0x2192))).toBe(true)
  })

  it('stops at a character without a glyph, naming file, line and character', async () => {
    const failure = await subsetFonts(deckOf(slide('# 甲'), slide('# 乙\n\n丙\u{1F98A}', { contentLine: 30 })), folder).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(DeckError)
    expect((failure as Error).message).toBe('pages/zh/01-opening.md:32  missing-glyph  Deck Sans 400 has no glyph for \u{1F98A} (U+1F98A): use another character, or add a font that has it to deck.config.ts')
    expect(await missingGlyphs({ ...deckOf(slide('\u{1F98A}')), project: { ...project, config: {} } })).toEqual([])
    expect(await missingGlyphs(deckOf(slide('# 甲')))).toEqual([])
  })
})

it('numbers the files of a text without a gap, also where a rare character has one of its own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deck fonts '))
  const texts = ['甲→', '甲', '→'].map(display => ({ display, body: '', strong: '' }))
  const fonts = await fontsOfTexts(texts, faces, folder)
  expect(fonts.map(each => each.map(({ source }) => source))).toEqual([[0, 1], [0], [0]])
  expect(new Set(fonts[0]?.map(({ path }) => path)).size).toBe(2)
  await rm(folder, { recursive: true })
})

it('names file, line and character of a note that the face cannot print', async () => {
  const missing = await missingInNotes({ project, edition, slides: [{ file: 'pages/zh/01-opening.md', note: '一\n二 \u{1F98A} é', noteLine: 20 }] })
  expect(missing.map(({ file, line, message }) => [file, line, message.slice(0, message.indexOf(': ') + 1)])).toEqual([['pages/zh/01-opening.md', 21, 'Deck Sans 400 has no glyph for \u{1F98A} (U+1F98A):']])
})

it('passes on the licence of every package', async () => {
  const licences = await fontLicences(faces)
  expect([...licences.keys()]).toEqual(['LICENSE-noto-serif-sc.txt', 'LICENSE-noto-sans-sc.txt'])
  for (const text of licences.values()) expect(text).toContain('SIL OPEN FONT LICENSE')
})
