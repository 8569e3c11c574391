import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import subsetFont from 'subset-font'
import type { FontSource } from './config.ts'
import type { Deck } from './deck.ts'
import { parseFences } from './fences.ts'
import { addCharacters, charactersOf, facesOf, groupCharacters, isPainted, nameOf, rangeHas, trimmedPunctuation, unicodeRange, type Characters, type FontFace, type FontRole, type Label } from './fonts.ts'
import { DeckError } from './load-deck.ts'
import type { SourceSlide } from './source-deck.ts'
import type { Violation } from './violation.ts'
import { words as kitWords } from './words.ts'

/** Changes with anything below that changes the bytes of a subset. */
const RECIPE = 1

/** Layout features for horizontal text; `chws`, `halt` and `palt` trim punctuation. */
const FEATURES = ['ccmp', 'liga', 'locl', 'kern', 'mark', 'mkmk', 'chws', 'halt', 'palt']
const VERTICAL_TABLES = ['vhea', 'vmtx']

const require = createRequire(import.meta.url)
/** Where it is kept which characters a font file has. */
const COVERAGES = join(import.meta.dirname, '../node_modules/.cache/deck-coverages')
const CONFIG = 'deck.config.ts'

/** A font file made for the deck, and the characters it has. */
export interface FontFile {
  face: FontFace
  path: string
  codePoints: number[]
}

/** Characters of one face, split by the file they come from. */
interface Supply {
  face: FontFace
  characters: Characters
  /** Font file by code point. */
  origin: Map<number, string>
}

/**
 * The faces' files as they come, the preferred source of each face last, so that it wins.
 * @returns each with its path, its place as a module, and the `unicode-range` it is preferred for; none where it is the last resort.
 */
export async function wholeFonts(faces: readonly FontFace[]) {
  return Promise.all(faces.flatMap(face => face.sources.map(async (source, i) => {
    const path = fileOf(source, face)
    const range = i < face.sources.length - 1 ? unicodeRange([...await coverage(path)]) : undefined
    return { face, path, module: `${source.package}/files/${nameOfFile(source, face)}`, range }
  }).reverse()))
}

/** CSS that declares the faces' files as they come, for dev. */
export async function wholeFontsCss(faces: readonly FontFace[]): Promise<string> {
  return (await wholeFonts(faces)).map(({ face, module, range }) => rule(face, module, range)).join('\n')
}

/**
 * The faces cut down to the characters an edition uses, in groups that load when a slide needs them. Files that are there already are left alone.
 * @param folder where the files go.
 * @throws DeckError where a face lacks a character, with the place it first shows at.
 */
export async function subsetFonts(deck: Deck, folder: string): Promise<FontFile[]> {
  const supplies = await supply(deck)
  const missing = missingIn(deck, supplies)
  if (missing.length > 0) throw new DeckError(missing)
  return (await Promise.all(supplies.map(entry => subsetFace(entry, folder)))).flat()
}

/** A font file for one text. */
export interface TextFont {
  face: FontFace
  /** Its place among those of its face that the text needs: 0 for the preferred one, then those that fill its gaps. */
  source: number
  path: string
}

/**
 * For each text the faces cut down to just its characters, and no face that shows none. Files that are there already are left alone.
 * @param folder where the files go.
 */
export async function fontsOfTexts(texts: readonly Readonly<Record<FontRole, string>>[], faces: readonly FontFace[], folder: string): Promise<TextFont[][]> {
  const fonts = texts.map((): TextFont[] => [])
  await Promise.all(faces.map(async (face) => {
    const wanted = texts.map(text => new Set([...text[face.role]].filter(isPainted).map(character => character.codePointAt(0) ?? 0)))
    const all = new Set(wanted.flatMap(each => [...each]))
    const origin = await originOf(face, all)
    const sources = face.sources.map(source => fileOf(source, face))
    await Promise.all(wanted.map(async (codePoints, i) => {
      if (codePoints.size === 0) return
      // Punctuation is trimmed only where the font has all of it.
      const punctuation = trimmedPunctuation.some(each => codePoints.has(each)) ? trimmedPunctuation : []
      const bySource = Map.groupBy(new Set([...codePoints, ...punctuation]), each => origin.get(each) ?? '')
      // The face's own sources in their order, then other subsets of their packages: without a gap, which a browser would ask for.
      const rank = (file: string) => sources.includes(file) ? sources.indexOf(file) : sources.length
      const files = [...bySource].filter(([file]) => file).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      await Promise.all(files.map(async ([file, points], source) => {
        const path = await cut(file, origin, points, `${face.family.toLowerCase().replace(' ', '-')}-${face.weight}`, folder)
        fonts[i]?.push({ face, source, path })
      }))
    }))
  }))
  // Whichever was cut first: a build of the same sources is the same.
  return fonts.map(each => each.sort((a, b) => faces.indexOf(a.face) - faces.indexOf(b.face) || a.source - b.source))
}

/**
 * Faces cut down to the characters of one text, as far as they have them.
 * @param folder where the files go.
 */
export async function subsetOfText(faces: readonly FontFace[], text: string, folder: string): Promise<FontFile[]> {
  const characters: Characters = new Map()
  addCharacters(characters, text, { file: '', line: 1, stage: 0 })
  return (await Promise.all(faces.map(async face => subsetFace({ face, characters, origin: await originOf(face, characters.keys()) }, folder)))).flat()
}

/** The characters of an edition that its faces lack. */
export async function missingGlyphs(deck: Deck): Promise<Violation[]> {
  return missingIn(deck, await supply(deck))
}

/** The characters of the slides' notes that a deck's own text face lacks: a handout prints them. */
export async function missingInNotes({ project, edition, slides }: Pick<Deck, 'project' | 'edition'> & { slides: readonly Pick<SourceSlide, 'file' | 'note' | 'noteLine'>[] }): Promise<Violation[]> {
  const face = facesOf(project, edition).find(({ role }) => role === 'body')
  if (!project.config.fonts || !face) return []
  const characters: Characters = new Map()
  for (const { note, noteLine, file } of slides) addCharacters(characters, note, { file, line: noteLine, stage: 0 })
  return missingOf({ face, characters, origin: await originOf(face, characters.keys()) })
}

/** A source's font as other programs know it: its name, like `Noto Serif SC`, and its kind, like `serif`. */
export function familyOf({ package: name }: FontSource): { family: string, category: string } {
  const { family, category } = JSON.parse(readFileSync(join(folderOf(name), 'metadata.json'), 'utf8')) as { family: string, category: string }
  return { family, category }
}

/**
 * CSS that declares subsets, with URLs relative to `folder`.
 * @param apart whether even a small subset stays a file, to be fetched only where its characters show.
 */
export function subsetFontsCss(files: readonly FontFile[], folder: string, apart: boolean): string {
  return files.map(({ face, path, codePoints }) => rule(face, `.${path.slice(folder.length)}${apart ? '?no-inline' : ''}`, unicodeRange(codePoints))).join('\n')
}

/** The licences under which an edition's fonts are passed on, by the name of the file to put each in. */
export async function fontLicences(faces: readonly FontFace[]): Promise<Map<string, string>> {
  const packages = [...new Set(faces.flatMap(face => face.sources.map(source => source.package)))]
  return new Map(await Promise.all(packages.map(async name =>
    [`LICENSE-${name.split('/').at(-1)}.txt`, await readFile(join(folderOf(name), 'LICENSE'), 'utf8')] as const)))
}

/** A deck that chose no faces of its own is set in its theme's: what the kit's lack, those have. */
const missingIn = ({ project }: Deck, supplies: readonly Supply[]) => project.config.fonts ? supplies.flatMap(missingOf) : []

async function supply(deck: Deck): Promise<Supply[]> {
  const { project, edition } = deck
  const terms = Object.fromEntries(Object.entries(project.config.glossary ?? {}).map(([id, { words }]) => [id, words[edition.language] ?? '']))
  const roles = charactersOf(deck, await labelsOf(deck), terms)
  return Promise.all(facesOf(project, edition).map(async face => ({ face, characters: roles[face.role], origin: await originOf(face, roles[face.role].keys()) })))
}

/** Text that slides show but do not hold: what the config names, the glossary, the kit's words. */
async function labelsOf({ project, edition, slides }: Deck): Promise<Label[]> {
  const { shownText, glossary = {} } = project.config
  const hasMoving = slides.some(({ content, contentLine }) => parseFences(content, contentLine).some(({ state }) => state))
  const terms = Object.values(glossary)
  const all: { file: string, texts: readonly string[], roles: Label['roles'], first?: boolean }[] = [
    ...shownText?.[edition.language] ?? [],
    // The language switch names the other editions on every slide.
    { file: CONFIG, texts: project.editions.map(({ name }) => name), roles: ['body'], first: true },
    { file: CONFIG, texts: terms.flatMap(({ words }) => Object.values(words)), roles: ['body'] },
    { file: CONFIG, texts: terms.map(({ words }) => words[edition.language] ?? ''), roles: ['strong'] },
    { file: CONFIG, texts: strings(kitWords[edition.words]), roles: ['body'] },
    // Above the states of a picture that stand side by side.
    ...hasMoving ? [{ file: CONFIG, texts: [kitWords[edition.words].before, kitWords[edition.words].now], roles: ['display' as const] }] : [],
  ]
  return (await Promise.all(all.map(async ({ texts, ...label }) => {
    const source = await readFile(join(project.root, label.file), 'utf8').catch(() => '')
    return texts.map((text): Label => ({ ...label, text, line: source.slice(0, Math.max(0, source.indexOf(text))).split('\n').length }))
  }))).flat()
}

/** Every text in a value; a function's is its source, which has its literals. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

/** For each character the file it comes from: the face's sources in order, then any other subset of their packages that has it. */
async function originOf(face: FontFace, characters: Iterable<number>): Promise<Map<number, string>> {
  const origin = new Map<number, string>()
  const given = [...characters]
  const wanted = new Set([...trimmedPunctuation, ...given])
  for (const source of face.sources) {
    const file = fileOf(source, face)
    const has = await coverage(file)
    for (const character of wanted) if (!origin.has(character) && has.has(character)) origin.set(character, file)
  }
  for (const source of face.sources) {
    for (const character of given) {
      if (origin.has(character)) continue
      const file = await otherFile(source, face, character)
      if (file) origin.set(character, file)
    }
  }
  return origin
}

/** The numbered subset of a package that has a rare character: an arrow, a circled digit. */
async function otherFile(source: FontSource, face: FontFace, character: number): Promise<string | undefined> {
  const ranges = JSON.parse(await readFile(join(folderOf(source.package), 'unicode.json'), 'utf8')) as Record<string, string>
  const subset = Object.keys(ranges).find(name => rangeHas(ranges[name] ?? '', character))
  if (!subset) return undefined
  const file = fileOf({ ...source, subset: subset.replace(/[[\]]/g, '') }, face)
  return (await coverage(file)).has(character) ? file : undefined
}

function missingOf({ face, characters, origin }: Supply): Violation[] {
  return [...characters].filter(([character]) => !origin.has(character)).map(([character, { file, line }]) =>
    ({ rule: 'missing-glyph', level: 'error', file, line, message: `${face.family} ${face.weight} has no glyph for ${nameOf(character)}: use another character, or add a font that has it to deck.config.ts` }))
}

/** One face's subsets: a file for each group and source. */
async function subsetFace({ face, characters, origin }: Supply, folder: string): Promise<FontFile[]> {
  const [first = [], ...later] = groupCharacters(characters)
  const used = new Set([...first, ...later.flat()])
  const groups = [[...first, ...trimmedPunctuation.filter(character => origin.has(character) && !used.has(character))], ...later]
  const wanted = groups.flatMap((group, i) => [...Map.groupBy(group.filter(character => origin.has(character)), character => origin.get(character) ?? '')]
    .map(([source, codePoints]) => ({ source, name: `${face.family.toLowerCase().replace(' ', '-')}-${face.weight}-${i}`, codePoints: codePoints.sort((a, b) => a - b) })))
  return Promise.all(wanted.map(async ({ source, name, codePoints }) => ({ face, path: await cut(source, origin, codePoints, name, folder), codePoints })))
}

/**
 * Cuts a font file down to some of its characters.
 * @param origin all characters that will be cut from it, with those of other files.
 * @returns the path of the file made, or of that made before.
 */
async function cut(source: string, origin: ReadonlyMap<number, string>, codePoints: readonly number[], name: string, folder: string): Promise<string> {
  const text = String.fromCodePoint(...codePoints.toSorted((a, b) => a - b))
  const key = createHash('sha256').update([RECIPE, await contentKey(source), text].join('\0')).digest('hex').slice(0, 16)
  const all = [...origin].filter(([, from]) => from === source).map(([character]) => character)
  return writeCut(join(folder, key, `${name}.woff2`), source, text, String.fromCodePoint(...all))
}

/** A function that makes each thing once: another may ask for the same while it is being made. */
function once<Args extends string[], T>(make: (...args: Args) => Promise<T>): (...args: Args) => Promise<T> {
  const made = new Map<string, Promise<T>>()
  return (...args) => {
    const key = args.join('\0')
    const known = made.get(key) ?? make(...args)
    made.set(key, known)
    return known
  }
}

const writeCut = once(async (path: string, source: string, text: string, all: string) => {
  if (existsSync(path)) return path
  // Cutting the large file once to all the characters makes each further cut quick.
  await writeWhole(path, await subsetFont(await slimmed(source, all), text, { targetFormat: 'woff2', keepFeatures: FEATURES, dropTables: VERTICAL_TABLES, noHinting: true }))
  return path
})

const slimmed = once(async (source: string, text: string) => subsetFont(await readFile(source), text, { targetFormat: 'truetype', keepFeatures: FEATURES }))

/** The code points a font file has glyphs for. They are kept: unpacking a font takes a quarter of a second. */
const coverage = once(async (file: string) => {
  const kept = join(COVERAGES, `${await contentKey(file)}.json`)
  const known = await readFile(kept, 'utf8').catch(() => undefined)
  if (known !== undefined) return new Set(JSON.parse(known) as number[])
  const { create } = await import('fontkit')
  const font = create(await readFile(file))
  if (!('characterSet' in font)) throw new Error(`${file} is a collection of fonts, not one font.`)
  // A checkout that can only be read keeps nothing.
  await writeWhole(kept, JSON.stringify(font.characterSet)).catch(() => undefined)
  return new Set(font.characterSet)
})

const contentKey = once(async (file: string) => createHash('sha256').update(await readFile(file)).digest('hex'))

const nameOfFile = ({ package: name, subset }: FontSource, { weight }: FontFace) => `${name.split('/').at(-1)}-${subset}-${weight}-normal.woff2`
const folderOf = (name: string) => dirname(require.resolve(`${name}/LICENSE`))
const fileOf = (source: FontSource, face: FontFace) => join(folderOf(source.package), 'files', nameOfFile(source, face))

function rule({ family, weight }: FontFace, url: string, range?: string): string {
  return `@font-face{font-family:"${family}";font-style:normal;font-weight:${weight};font-display:block;src:url("${url}") format("woff2")${range ? `;unicode-range:${range}` : ''}}`
}

/** Writes a file, with the folders it stands in, so that nobody ever reads half of it. */
async function writeWhole(path: string, content: Buffer | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const part = `${path}.${process.pid}`
  await writeFile(part, content)
  await rename(part, path)
}
