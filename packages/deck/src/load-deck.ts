import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { load, parseSlide, parseSync } from '@slidev/parser/fs'
import type { SlideInfo, SlidevMarkdown, SourceSlideInfo } from '@slidev/types'
import type { CardSource } from './deck.ts'
import { normalised } from './normalised.ts'
import type { Markup } from './markdown.ts'
import { headings } from './markup.ts'
import { ODD, oddName } from './odd-characters.ts'
import { editionOf, type DeckProject } from './project.ts'
import { withTexts } from './text-settings.ts'
import { formatViolation, type Violation } from './violation.ts'
import type { EntrySection, SourceDeck, SourceSlide } from './source-deck.ts'

/** A deck that can't be read: its problems, each with file and line. */
export class DeckError extends Error {
  override readonly name = 'DeckError'
  readonly problems: readonly Violation[]

  constructor(problems: readonly Violation[]) {
    super(problems.map(formatViolation).join('\n'))
    this.problems = problems
  }
}

const problem = (file: string, line: number, message: string): Violation =>
  ({ rule: 'deck-loads', level: 'error', file, line, message })

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''

/** Offset in `text` of the start of its 0-based line. */
const offsetOfLine = (text: string, line: number) => text.split('\n').slice(0, line).reduce((sum, each) => sum + each.length + 1, 0)

/** 0-based line in `text` of an offset. */
const lineOfOffset = (text: string, offset: number) => text.slice(0, offset).split('\n').length - 1

/** 1-based lines of the top-level keys of a slide's frontmatter. */
function keyLines(slide: SourceSlideInfo): Record<string, number> {
  const yaml = slide.frontmatterRaw ?? ''
  const first = slide.start + 1 + lineOfOffset(slide.raw, slide.raw.indexOf(yaml))
  return Object.fromEntries(yaml.split('\n').flatMap((text, i) => {
    const key = /^["']?([\w-]+)["']?\s*:/.exec(text)?.[1]
    return key ? [[key, first + i]] : []
  }))
}

/** Where the parts of a slide stand in its file, as 1-based lines; Slidev's own `start` and `contentStart` are 0-based and count blank lines as content. */
function place(slide: SourceSlideInfo) {
  const afterFrontmatter = offsetOfLine(slide.raw, slide.contentStart - slide.start)
  const content = slide.raw.indexOf(slide.content, afterFrontmatter)
  const contentLine = slide.start + 1 + lineOfOffset(slide.raw, slide.content ? content : afterFrontmatter)
  const line = slide.frontmatterRaw === undefined ? contentLine : slide.start + 1
  const comment = slide.raw.lastIndexOf('<!--') + '<!--'.length
  const note = comment + slide.raw.slice(comment).search(/\S/)
  return { line, contentLine, noteLine: slide.note ? slide.start + 1 + lineOfOffset(slide.raw, note) : line }
}

/** Where a slide's frontmatter does not end as its lines say: Slidev finds slides line by line, but then ends a frontmatter at the first "---" that it meets. */
function problemOfBounds(file: string, { raw, start, contentStart, frontmatterStyle, frontmatterRaw = '' }: SourceSlideInfo): Violation | undefined {
  const lines = raw.split('\n').slice(0, contentStart - start)
  if (lines.length === 0) {
    if (frontmatterStyle !== 'frontmatter') return undefined
    return problem(file, start + 1, 'Slidev would take the slide\'s text for its frontmatter, since the file begins with "---" and no setting below it: remove that line.')
  }
  if (lines.length < 2 || lines.at(-1)?.trimEnd() !== '---') return problem(file, start + 1, 'The frontmatter has no end: close it with a line "---", or leave a blank line after this one.')
  const inner = lines.slice(1, -1).map(line => `${line}\n`).join('')
  if (frontmatterStyle === 'frontmatter' && frontmatterRaw === inner) return undefined
  const dashes = lines.findIndex((line, i) => i > 0 && line.includes('---'))
  return problem(file, start + 1 + dashes, 'Slidev would end the frontmatter at the "---" in this line: write it without.')
}

/** A setting whose colon is a full-width one, has no blank behind it, or has another character there that looks like one. */
const SETTING = new RegExp(`^\\s*(["']?[\\w-]+["']?)\\s*(?:(：)|:(?:(${ODD})|[^\\s:/]))`)

/** What is wrong with the colon of a setting, with its mend. */
function problemOfColon(text: string): string | undefined {
  const [, key, wide, odd] = SETTING.exec(text) ?? []
  if (!key) return undefined
  if (wide) return `"${key}：" has a full-width colon: write "${key}: " with a plain one and a blank.`
  return odd ? `Behind "${key}:" stands ${oddName(odd)}: type a plain blank there.` : `Behind "${key}:" a blank is missing: write "${key}: ".`
}

/** What keeps a slide's frontmatter from being read. */
function problemsOfSlide(file: string, slide: SourceSlideInfo): Violation[] {
  const bounds = problemOfBounds(file, slide)
  if (bounds) return [bounds]
  const yaml = slide.frontmatterRaw ?? ''
  const yamlErrors = slide.frontmatterDoc?.errors ?? []
  const first = slide.start + 1 + lineOfOffset(slide.raw, slide.raw.indexOf(yaml))
  const values: unknown = slide.frontmatter
  const isMapping = typeof values === 'object' && values !== null && !Array.isArray(values)
  // What the parser says of a line without its colon is about the lines around it.
  const colons = yamlErrors.length > 0 || !isMapping ? yaml.split('\n').flatMap((text, i) => {
    const message = problemOfColon(text)
    return message ? [problem(file, first + i, message)] : []
  }) : []
  if (colons.length > 0) return colons
  if (yamlErrors.length > 0) {
    return yamlErrors.map(error => problem(file, first + (error.linePos?.[0].line ?? 1) - 1,
      `The frontmatter is no valid YAML (${reason(error).replace(/ at line \d+, column \d+:?$/, '')}): correct it, quoting values that hold a colon.`))
  }
  if (!isMapping) return [problem(file, slide.start + 1, 'The frontmatter holds no "key: value" lines: write some, or leave a blank line after "---".')]
  for (const key of Object.keys(values)) {
    const odd = new RegExp(ODD, 'u').exec(key)?.[0]
    if (odd) return [problem(file, first + Math.max(0, yaml.split('\n').findIndex(text => text.includes(key))), `The name of the setting "${key.replaceAll(odd, '')}" holds ${oddName(odd)}: type it anew.`)]
  }
  try {
    // As Slidev does with every frontmatter.
    JSON.stringify(values)
  }
  catch {
    return [problem(file, slide.start + 1, 'The frontmatter holds a value that refers to itself: write it out, without "&" and "*".')]
  }
  const { src } = slide.frontmatter
  const line = keyLines(slide).src ?? slide.start + 1
  if (src === undefined) return []
  if (typeof src !== 'string' || !src.trim()) return [problem(file, line, '"src" names no file: write the path of a chapter, like ./pages/zh/01-opening.md.')]
  // Slidev counts a range out, however long.
  const range = src.slice(src.indexOf('#') + 1)
  if (!src.includes('#') || /^\d{1,3}(?:-\d{1,3})?(?:,\d{1,3}(?:-\d{1,3})?)*$/.test(range)) return []
  return [problem(file, line, `"${range}" is no range of slides: write it like #1,3-5, or leave it out for the whole chapter.`)]
}

/** What keeps a file from being read as slides: said here since Slidev's loader passes over YAML errors or stops without a line. */
function problemsOfFile(file: string, markdown: string): Violation[] {
  const undecoded = /[\0\uFFFD]/.exec(markdown)
  if (undecoded) return [problem(file, 1 + lineOfOffset(markdown, undecoded.index), 'The file is not written in UTF-8: save it as UTF-8 in your editor.')]
  if (!markdown.trim()) return [problem(file, 1, 'The file is empty: fill it, or remove the "src:" line that names it.')]
  return parseSync(markdown, file, { noParseYAML: true }).slides.flatMap((slide) => {
    try {
      return problemsOfSlide(file, { ...slide, ...parseSlide(slide.raw) })
    }
    catch (error) {
      return [problem(file, slide.start + 1, `The frontmatter can't be read (${reason(error)}): correct it.`)]
    }
  })
}

/** What Slidev's loader notes about a file's `src` lines. */
function problemsOfImports(root: string, file: string, { errors = [], slides }: SlidevMarkdown): Violation[] {
  return errors.map(({ row, message }) => {
    const slide = slides.find(({ start, frontmatter }) => start === row && frontmatter.src)
    const line = slide ? keyLines(slide).src ?? row + 1 : row + 1
    return problem(file, line, `${message.replaceAll(root + sep, '')}: correct the "src:" line, or add what it names.`)
  })
}

function section(slide: SourceSlideInfo): EntrySection {
  const { content, note = '' } = slide
  return { frontmatter: withTexts(slide.frontmatter), content, note, keyLines: keyLines(slide), ...place(slide) }
}

/** A slide's name: its level-one heading, else its `title`, else the first heading of another level. */
function headlineOf(slide: Markup, title: unknown): string {
  const all = headings(slide)
  const first = all.find(({ level }) => level === 1)
  if (first) return first.text
  return typeof title === 'string' ? title : all[0]?.text ?? ''
}

/** The deck's slide for one of Slidev's. Frontmatter is the slide's own: the entry's `src` lines carry none. */
function deckSlide({ source, index }: SlideInfo, file: string, chapter: string): SourceSlide {
  const own = section(source)
  const { routeAlias, layout, title } = own.frontmatter
  return {
    ...own,
    no: index + 1,
    id: typeof routeAlias === 'string' ? routeAlias : '',
    headline: headlineOf(own, title),
    layout: typeof layout === 'string' ? layout : '',
    chapter, file,
  }
}

/** The card that lies beside a file of slides, as `card.md`. */
async function readCard(root: string, slides: string): Promise<CardSource | undefined> {
  const file = join(dirname(slides), 'card.md').split(sep).join('/')
  return existsSync(join(root, file)) ? { file, markdown: normalised(await readFile(join(root, file), 'utf8')) } : undefined
}

/**
 * Reads a deck from its entry file and the chapters that it names.
 * @param entry its entry file, relative to the deck's folder
 * @throws DeckError, naming file and line, where a file is missing or empty, YAML is broken or there are no slides
 */
export async function loadDeck(project: DeckProject, entry: string): Promise<SourceDeck> {
  const base = project.root
  const inProject = (path: string) => relative(base, path).split(sep).join('/')
  const problems: Violation[] = []
  const files = new Map<string, Promise<string>>()
  const read = (path: string) => {
    const content = files.get(path) ?? readFile(path, 'utf8').then((text) => {
      const markdown = normalised(text)
      const found = problemsOfFile(inProject(path), markdown)
      problems.push(...found)
      // A deck that will be refused: no range of slides needs counting out, which takes long.
      return found.length > 0 ? markdown.replace(/^(src:[^#\n]*)#.*$/gm, '$1') : markdown
    }, (error: unknown) => {
      problems.push(problem(inProject(path), 1, `The file can't be read (${reason(error).split(',')[0] ?? ''}): correct its name, or create it.`))
      throw error
    })
    files.set(path, content)
    return content
  }
  const loaded = await load({ userRoot: base, roots: [base], allowedRoots: [base] }, resolve(base, entry), read)
    .catch((error: unknown) => {
      if (problems.length === 0) throw error
      throw new DeckError(problems)
    })
  // Slidev repeats at the entry what stopped it in a chapter: the first finding is the cause.
  if (problems.length > 0) throw new DeckError(problems)
  const imports = Object.entries(loaded.markdownFiles).flatMap(([path, file]) => problemsOfImports(base, inProject(path), file))
  if (imports.length > 0) throw new DeckError(imports)
  if (loaded.slides.length === 0) throw new DeckError([problem(inProject(resolve(base, entry)), 1, 'The deck has no slides: add a "src:" line for a chapter.')])

  let [file, chapter] = ['', '']
  const slides = loaded.slides.map((slide) => {
    const own: unknown = slide.source.frontmatter.chapter
    const path = inProject(slide.source.filepath)
    if (path !== file) chapter = ''
    if (typeof own === 'string') chapter = own
    file = path
    return deckSlide(slide, file, chapter)
  })
  const card = await readCard(base, slides[0]?.file ?? entry)
  return {
    project,
    edition: editionOf(project, entry),
    entry: inProject(resolve(base, entry)),
    headmatter: withTexts(loaded.headmatter),
    slides,
    ...card && { card },
    sections: loaded.entry.slides.map(section),
  }
}
