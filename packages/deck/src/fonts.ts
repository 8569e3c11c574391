import type { FontSource } from './config.ts'
import type { Deck, DeckSlide } from './deck.ts'
import type { Edition, Language } from './editions.ts'
import { decodeDiagramEntities } from './entities.ts'
import { parseFences, type Fence } from './fences.ts'
import type { DeckProject } from './project.ts'

/** What a face is used for: headlines and statements, everything else, and what is bold in it. */
export const fontRoles = ['display', 'body', 'strong'] as const
export type FontRole = typeof fontRoles[number]

/** One face of the deck's two families. */
export interface FontFace {
  role: FontRole
  /** Family as the styles name it: not the font's own name, so that an installed copy cannot stand in for a missing glyph. */
  family: 'Deck Serif' | 'Deck Sans'
  weight: 400 | 700
  /** Where its glyphs are, the preferred source first: an @fontsource package and the subset of it to take whole in dev. */
  sources: readonly [FontSource, ...FontSource[]]
}

const notoSerif: FontSource = { package: '@fontsource/noto-serif-sc', subset: 'chinese-simplified' }
const notoSans: FontSource = { package: '@fontsource/noto-sans-sc', subset: 'chinese-simplified' }

const sourceSerif: FontSource = { package: '@fontsource/source-serif-4', subset: 'latin' }
const sourceSans: FontSource = { package: '@fontsource/source-sans-3', subset: 'latin' }

/** The kit's own sources by language: its few Chinese words are set in the Chinese faces. */
const ownSources: Readonly<Record<Language, { display: readonly FontSource[], text: readonly FontSource[] }>> = {
  zh: { display: [notoSerif], text: [notoSans] },
  en: { display: [sourceSerif, notoSerif], text: [sourceSans, notoSans] },
}

/** The faces of an edition: those its deck.config.ts names, else the kit's own. */
export function facesOf({ config }: Pick<DeckProject, 'config'>, { language, words }: Edition): readonly FontFace[] {
  const { display, text } = config.fonts?.[language] ?? ownSources[words]
  const sources = (all: readonly FontSource[]) => all as readonly [FontSource, ...FontSource[]]
  return [
    { role: 'display', family: 'Deck Serif', weight: 700, sources: sources(display) },
    { role: 'body', family: 'Deck Sans', weight: 400, sources: sources(text) },
    { role: 'strong', family: 'Deck Sans', weight: 700, sources: sources(text) },
  ]
}

/** Text that shows on the slides but stands elsewhere: the deck's own labels, the glossary. */
export interface Label {
  text: string
  /** Relative to the deck's folder. */
  file: string
  /** 1-based. */
  line: number
  /** The roles it is set in. */
  roles: readonly FontRole[]
  /** Whether the first slide shows it already. */
  first?: boolean
}

/** Where a character first shows. */
export interface Place {
  file: string
  /** 1-based. */
  line: number
  /** 0 for what the first slide needs, then the number of the chapter. */
  stage: number
}

/** The code points a face must have, in the order of their first appearance. */
export type Characters = Map<number, Place>

/** The punctuation that browsers look at in a font before they trim it (`text-spacing-trim`); a face has it whole or not at all. */
const TRIMMED = '、。，．：；！？‘’“”（）《》〈〉「」『』【】·—…'

/** Text of a slide that no face paints: comments, a diagram's description and comments, names of components and their properties. */
const UNPAINTED = /<!--[\s\S]*?-->|^\s*(?:acc(?:Title|Descr)\s*:|%%).*$|<\/?[A-Za-z][\w-]*|[:@]?[\w-]+=(?=")/gm
/** Headings are set in the display face on any slide, and the text of some components. */
function displayText(components: readonly string[]): RegExp {
  const elements = components.map(RegExp.escape).map(name => `|<${name}\\b[\\s\\S]*?(?:\\/>|<\\/${name}>)`)
  return new RegExp(`(^\\s{0,3}#{1,2}\\s.*$${elements.join('')})`, 'm')
}
/** Emphasis, and the heads of tables: the line above the rule. */
const STRONG = /(\*\*[\s\S]+?\*\*|^.*\|.*\n(?=\s*\|?\s*:?-{3,}))/m
const TERM = /<Term\s+id="([^"]*)"\s*\/>/g
/** What the deck writes by itself in any role: page and paragraph numbers, markers of lists. */
const COUNTED = '0123456789.'
const BULLET = '•'
/** Numerals of ordered lists in Chinese (`simp-chinese-informal`). */
const CHINESE_NUMERALS = '一二三四五六七八九十'
/** Settings that layouts and the footer show. */
const SHOWN_SETTINGS = ['title', 'author', 'chapter', 'sources']

/** Replaces all but line breaks, so that lines keep their numbers. */
const blank = (text: string) => text.replace(/[^\n]/g, ' ')

/** Only what `pattern` matches, the rest blanked. It has one group, around all of it. */
const only = (text: string, pattern: RegExp) => text.split(pattern).map((part, i) => i % 2 ? part : blank(part)).join('')

/** Adds the characters of a text that begins at `place`; those already there stay. */
export function addCharacters(characters: Characters, text: string, place: Place): void {
  let line = place.line
  for (const character of text) {
    if (character === '\n') line++
    else if (isPainted(character) && !characters.has(codePoint(character))) characters.set(codePoint(character), { ...place, line })
  }
}

/** Controls, joiners and selectors of variants have no glyph of their own; accents that no letter takes in have. */
export const isPainted = (character: string) => !/[\p{C}\u034F\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u.test(character)

const codePoint = (character: string) => character.codePointAt(0) ?? 0

/** Whether a character belongs to the first group wherever it appears, so that one file can kern and trim them all. */
const isShared = (character: number) => character < 0x80 || /[\p{P}\p{S}\p{Z}]/u.test(String.fromCodePoint(character))

/**
 * The characters of an edition by role, each with the place it first shows at.
 * @param terms the glossary's words by id, for `<Term>`.
 */
export function charactersOf(deck: Deck, labels: readonly Label[], terms: Readonly<Record<string, string>>): Record<FontRole, Characters> {
  const roles: Record<FontRole, Characters> = { display: new Map(), body: new Map(), strong: new Map() }
  const { displayFace = { components: [], layouts: [] } } = deck.project.config
  const files = [...new Set(deck.slides.map(slide => slide.file))]
  for (const slide of deck.slides) {
    const stage = slide.no === 1 ? 0 : files.indexOf(slide.file) + 1
    for (const role of fontRoles) {
      if (slide.no === 1) addCharacters(roles[role], COUNTED + settingsOf(deck.headmatter), { file: deck.entry, line: 1, stage })
      addCharacters(roles[role], settingsOf(slide.frontmatter), { file: slide.file, line: slide.line, stage })
      addCharacters(roles[role], paintedIn(role, slide, terms, displayFace), { file: slide.file, line: slide.contentLine, stage })
    }
    addCharacters(roles.display, heroWordsIn(slide), { file: slide.file, line: slide.contentLine, stage })
    if (deck.edition.words === 'zh') addCharacters(roles.display, numeralsIn(slide), { file: slide.file, line: slide.contentLine, stage })
    if (slide.no === 1) {
      addCharacters(roles.body, BULLET, { file: deck.entry, line: 1, stage })
      // Pills of block diagrams; their numbers are counted.
      addCharacters(roles.body, (deck.edition.marks ?? []).join(''), { file: deck.entry, line: 1, stage: 1 })
      for (const { roles: used, text, first, ...place } of labels) used.forEach(role => addCharacters(roles[role], text, { ...place, stage: first ? 0 : 1 }))
    }
  }
  for (const role of fontRoles) {
    for (const [character, place] of roles[role]) if (isShared(character)) place.stage = 0
  }
  return roles
}

/** Text of the settings that show: in any role. */
function settingsOf(frontmatter: DeckSlide['frontmatter']): string {
  return SHOWN_SETTINGS.flatMap((key) => {
    const value = frontmatter[key]
    return typeof value === 'string' ? [value] : Array.isArray(value) ? value.map(String) : []
  }).join('')
}

function numeralsIn({ content }: DeckSlide): string {
  return [...content.matchAll(/^\s*(\d+)\. /gm)].map(([, number]) => CHINESE_NUMERALS[Number(number) - 1] ?? '').join('')
}

/** Words without a shape that block diagrams claim: they are set in the display face. */
function heroWordsIn({ content, contentLine }: DeckSlide): string {
  const wordsOf = ({ kind, code, marks }: Fence) => kind === 'block'
    ? [...code.matchAll(/([\p{L}\p{N}_]+)\["([^"]*)"\]/gu)].filter(([, id = '']) => ['label', 'hero'].every(look => marks[id]?.looks?.some(each => each === look))).map(([, , words = '']) => words)
    : []
  const fences = parseFences(content, contentLine)
  // States of one picture stand in a fence around them.
  return [...fences, ...fences.filter(({ info }) => /\bmagic-move\b/.test(info)).flatMap(({ code, line }) => parseFences(code, line + 1))].flatMap(wordsOf).join('')
}

/** A slide's content with all that a role does not paint blanked. */
function paintedIn(role: FontRole, slide: DeckSlide, terms: Readonly<Record<string, string>>, { components, layouts }: NonNullable<DeckProject['config']['displayFace']>): string {
  const content = decodeDiagramEntities(slide.content.replace(TERM, (_, id: string) => terms[id] ?? ''))
  const whole = role === 'body' || (role === 'display' && layouts.includes(slide.layout))
  return (whole ? content : only(content, role === 'display' ? displayText(components) : STRONG)).replace(UNPAINTED, blank)
}

/** The punctuation a face should have whether or not the deck uses it, as far as it has glyphs for it. */
export const trimmedPunctuation: readonly number[] = [...TRIMMED].map(codePoint)

/** Chapters join until their group is as large as this: smaller files would cost more than they save. */
const SMALLEST_GROUP = 48

/**
 * Splits a face's characters by the chapter they first appear in; the first group is what the first slide needs.
 * @returns code points, ascending in each group.
 */
export function groupCharacters(characters: Characters): number[][] {
  const stages: number[][] = []
  for (const [character, { stage }] of characters) (stages[stage] ??= []).push(character)
  const [first = [], ...chapters] = stages
  const later: number[][] = []
  for (const chapter of chapters.filter(Boolean)) {
    const last = later.at(-1)
    if (last && last.length < SMALLEST_GROUP) last.push(...chapter)
    else later.push([...chapter])
  }
  // What is left over at the end is no group.
  if (later.length > 1 && (later.at(-1)?.length ?? 0) < SMALLEST_GROUP) later.push([...later.pop() ?? [], ...later.pop() ?? []])
  return [first, ...later].filter(group => group.length > 0).map(group => group.sort((a, b) => a - b))
}

/** Code points as a CSS `unicode-range`, neighbours joined. */
export function unicodeRange(codePoints: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const code of [...codePoints].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && code <= last[1] + 1) last[1] = code
    else ranges.push([code, code])
  }
  return ranges.map(([from, to]) => `U+${hex(from)}${to > from ? `-${hex(to)}` : ''}`).join(',')
}

/** Whether a CSS `unicode-range` has a code point. */
export function rangeHas(range: string, character: number): boolean {
  return range.split(',').some((part) => {
    const [from = '', to = from] = part.trim().slice(2).split('-')
    return character >= Number.parseInt(from, 16) && character <= Number.parseInt(to, 16)
  })
}

/** `流 (U+6D41)` */
export function nameOf(character: number): string {
  return `${String.fromCodePoint(character)} (U+${hex(character)})`
}

const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0')
