import { decodeDiagramEntities } from './entities.ts'
import { isMermaid, parseFences, type Fence } from './fences.ts'
import { piecesOf, type Markup, type Tag } from './markdown.ts'

export { piecesOf } from './markdown.ts'
export type { Attribute, Markup, Tag } from './markdown.ts'

/** Text that a viewer reads on the slide, or hears read, line by line. */
export interface Passage {
  /** 1-based line in the slide's file. */
  line: number
  text: string
  where: 'headline' | 'body' | 'property' | 'diagram'
}

/** A heading outside lists and quotes. */
export interface Heading {
  line: number
  level: number
  text: string
}

/** The properties whose text a component shows, by the component's name. */
export type ShownProperties = Readonly<Record<string, readonly string[]>>

/** Every tag of a slide, raw HTML and components, in order. */
export function parseTags(markup: Markup): Tag[] {
  return piecesOf(markup).flatMap(piece => piece.kind === 'tag' ? [piece.tag] : [])
}

/** Whether a tag is a component rather than raw HTML: it is capitalised or has a hyphen. */
export function isComponent(tag: Tag): boolean {
  return /^[A-Z]|-/.test(tag.name)
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** The headings of a slide, outside lists and quotes. */
export function headings(markup: Markup): Heading[] {
  const found: Heading[] = []
  let open: Heading | undefined
  for (const piece of piecesOf(markup)) {
    if (piece.kind === 'text' && open) open.text += piece.text
    if (piece.kind === 'end') open = undefined
    if (piece.kind !== 'begin' || piece.type !== 'heading' || piece.level > 0) continue
    open = { line: piece.line, level: Number(piece.tag.slice(1)), text: '' }
    found.push(open)
  }
  return found.map(heading => ({ ...heading, text: oneLine(heading.text) }))
}

/** The level-one headings of a slide. */
export function headlines(markup: Markup): Heading[] {
  return headings(markup).filter(({ level }) => level === 1)
}

/** Whether anything of a slide, comments aside, stands above one of its lines. */
export function startsAbove(markup: Markup, line: number): boolean {
  return piecesOf(markup).some(piece => piece.line < line && piece.kind !== 'link' && (piece.kind !== 'text' || piece.text.trim() !== ''))
}

/** Markdown without its marks, on one line. */
export function plainText(source: string): string {
  return oneLine(passages({ content: source, contentLine: 1 }).map(({ text }) => text).join(' '))
}

const SEQUENCE_BLOCK = /^(?:loop|alt|else|opt|par|and|critical|option|break)\s+(.+)$/
const BRACKETED = /[[({|]+([^[\](){}|]+)[\])}|]+/g

/** The words of one line of a diagram: quoted labels, then what the kind's grammar leaves unquoted. */
function diagramWords(text: string, kind: string): string[] {
  const accessible = /^acc(?:Title|Descr)\s*:\s*(.*)$/.exec(text)
  if (accessible) return [accessible[1] ?? '']
  if (/^(?:%%|class\s)/.test(text) || text.split(/\s/)[0] === kind) return []
  const quoted = [...text.matchAll(/"([^"]*)"/g)].map(match => match[1] ?? '')
  const rest = text.replace(/"[^"]*"/g, '').trim()
  if (kind === 'block') return quoted
  if (kind === 'flowchart' || kind === 'mindmap') return [...quoted, ...[...rest.matchAll(BRACKETED)].map(match => match[1] ?? '')]
  if (kind === 'timeline') return [...quoted, ...rest.replace(/^(?:title|section)\s+/, '').split(':')]
  const block = kind === 'sequenceDiagram' ? SEQUENCE_BLOCK.exec(rest)?.[1] ?? / as (.+)$/.exec(rest)?.[1] : undefined
  const afterColon = rest.includes(':') ? rest.slice(rest.indexOf(':') + 1) : ''
  return [...quoted, block ?? '', afterColon]
}

function diagramPassages(fence: Fence): Passage[] {
  return fence.code.split('\n').flatMap((text, i) => diagramWords(text.trim(), fence.kind)
    .map(words => ({ line: fence.line + 1 + i, text: oneLine(decodeDiagramEntities(words.replace(/<br\s*\/?>/g, ' '))), where: 'diagram' as const })))
}

/**
 * Everything a slide says, in the order of its lines; notes, frontmatter and code are not part of it.
 * @param shown what its components show of their properties.
 */
export function passages(markup: Markup, shown: ShownProperties = {}): Passage[] {
  const found: Passage[] = parseFences(markup.content, markup.contentLine).filter(isDiagram).flatMap(diagramPassages)
  const headlineLines = new Set(headlines(markup).map(({ line }) => line))
  const read = new Map<number, Passage>()
  for (const piece of piecesOf(markup)) {
    if (piece.kind === 'link') continue
    if (piece.kind === 'tag') {
      const names = Object.hasOwn(shown, piece.tag.name) ? shown[piece.tag.name] : undefined
      found.push(...piece.tag.attributes.filter(({ name }) => names?.includes(name)).map(({ value }) => ({ line: piece.line, text: oneLine(value), where: 'property' as const })))
    }
    const passage = read.get(piece.line) ?? { line: piece.line, text: '', where: headlineLines.has(piece.line) ? 'headline' : 'body' }
    // A tag or a table's cell keeps the words around it apart.
    passage.text += piece.kind === 'text' ? piece.text : ' '
    read.set(piece.line, passage)
  }
  found.push(...[...read.values()].map(passage => ({ ...passage, text: oneLine(passage.text) })))
  return found.filter(({ text }) => text).sort((a, b) => a.line - b.line)
}

/** Whether a fence is a diagram. */
export function isDiagram(fence: Pick<Fence, 'info'>): boolean {
  return isMermaid(fence.info)
}
