import { parseFences, type Fence } from './fences.ts'
import { slideComponents } from './slide-components.ts'

/** An attribute as written: `name` with its `:` or `@`, `value` '' where it has none. */
export interface Attribute {
  name: string
  value: string
  hasValue: boolean
}

/** A tag in a slide's Markdown, outside fences, comments and inline code. */
export interface Tag {
  name: string
  /** 1-based line in the slide's file. */
  line: number
  kind: 'open' | 'close' | 'self'
  attributes: Attribute[]
  /** Where it stands in the content: from `start` up to `end`. */
  start: number
  end: number
}

/** Text that a viewer reads on the slide, or hears read, line by line. */
export interface Passage {
  /** 1-based line in the slide's file. */
  line: number
  text: string
  where: 'headline' | 'body' | 'property' | 'diagram'
}

/** What is read of a slide: a `DeckSlide`, or anything with its text. */
export interface Markup {
  content: string
  contentLine: number
}

const TAG = /<(\/?)([A-Za-z][\w-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*(\/?)>/g
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g
const COMMENT = /<!--[\s\S]*?-->/g
const INLINE_CODE = /(`+)(?!`)[^\n]*?[^`]\1(?!`)/g
const FENCE_END = /^\s*(?:`{3,}|~{3,})\s*$/

/** Blanks a text but keeps its lines and its length. */
const blank = (text: string) => text.replace(/[^\n]/g, ' ')

const lineAt = (markup: Markup, index: number) => markup.contentLine + markup.content.slice(0, index).split('\n').length - 1

/** A slide's content with comments blanked; every offset and line stays where it was. */
export function withoutComments(content: string): string {
  return content.replace(COMMENT, blank)
}

/** A slide's content with fences and comments blanked; every offset and line stays where it was. */
export function prose(markup: Markup): string {
  const lines = markup.content.split('\n')
  for (const fence of parseFences(markup.content, markup.contentLine)) {
    const opening = fence.line - markup.contentLine
    const empty = fence.code === '' && FENCE_END.test(lines[opening + 1] ?? '')
    const closing = opening + 1 + (empty ? 0 : fence.code.split('\n').length)
    for (let i = opening; i <= Math.min(closing, lines.length - 1); i++) lines[i] = blank(lines[i] ?? '')
  }
  return withoutComments(lines.join('\n'))
}

/** Every tag of a slide, raw HTML and components, in order. */
export function parseTags(markup: Markup): Tag[] {
  const text = prose(markup).replace(INLINE_CODE, blank)
  return [...text.matchAll(TAG)].map(([whole, slash, name = '', attributes = '', self], i, all) => {
    const start = all[i]?.index ?? 0
    return {
      name,
      line: lineAt(markup, start),
      kind: slash ? 'close' : self ? 'self' : 'open',
      attributes: [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', double, single, bare]) => {
        const value = double ?? single ?? bare
        return { name: key, value: value ?? '', hasValue: value !== undefined }
      }),
      start,
      end: start + whole.length,
    }
  })
}

/** Whether a tag is a component rather than raw HTML: it is capitalised or has a hyphen. */
export function isComponent(tag: Tag): boolean {
  return /^[A-Z]|-/.test(tag.name)
}

/** A line of Markdown without its marks: heading, quote, list, table, emphasis, link, code. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^\s*(?:>\s*)*(?:#{1,6}(?:\s+|$)|[-*+]\s+|\d+[.)]\s+)?/, '')
    .replace(/^[\s|:-]+$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\|/g, ' ')
    .replace(/\*+|`+|(?<!\w)_+|_+(?!\w)/g, '')
    .trim()
}

/** The lines of a slide that are level-one headings: 1-based line and text. */
export function headlines(markup: Markup): { line: number, text: string }[] {
  return prose(markup).split('\n').flatMap((text, i) =>
    /^ {0,3}#(?:\s|$)/.test(text) ? [{ line: markup.contentLine + i, text: plainText(text.replace(TAG, '')) }] : [])
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
  if (kind === 'flowchart' || kind === 'mindmap') return [...quoted, ...[...rest.matchAll(BRACKETED)].map(match => match[1] ?? '')]
  if (kind === 'timeline') return [...quoted, ...rest.replace(/^(?:title|section)\s+/, '').split(':')]
  const block = kind === 'sequenceDiagram' ? SEQUENCE_BLOCK.exec(rest)?.[1] ?? / as (.+)$/.exec(rest)?.[1] : undefined
  const afterColon = rest.includes(':') ? rest.slice(rest.indexOf(':') + 1) : ''
  return [...quoted, block ?? '', afterColon]
}

function diagramPassages(fence: Fence): Passage[] {
  return fence.code.split('\n').flatMap((text, i) => diagramWords(text.trim(), fence.kind)
    .map(words => words.replace(/<br\s*\/?>/g, ' ').trim())
    .filter(Boolean)
    .map(words => ({ line: fence.line + 1 + i, text: words, where: 'diagram' as const })))
}

/** Everything a slide says, in the order of its lines; notes and frontmatter are not part of it. */
export function passages(markup: Markup): Passage[] {
  const found: Passage[] = []
  const tags = parseTags(markup)
  let text = prose(markup)
  for (const tag of tags) {
    text = text.slice(0, tag.start) + blank(text.slice(tag.start, tag.end)) + text.slice(tag.end)
    for (const attribute of tag.attributes) {
      if (slideComponents[tag.name]?.[attribute.name]?.text) found.push({ line: tag.line, text: attribute.value, where: 'property' })
    }
  }
  const headings = new Set(headlines(markup).map(heading => heading.line))
  for (const [i, markdown] of text.split('\n').entries()) {
    const line = markup.contentLine + i
    const plain = plainText(markdown)
    if (plain) found.push({ line, text: plain, where: headings.has(line) ? 'headline' : 'body' })
  }
  found.push(...parseFences(markup.content, markup.contentLine).filter(isDiagram).flatMap(diagramPassages))
  return found.sort((a, b) => a.line - b.line)
}

/** Whether a fence is a diagram. */
export function isDiagram(fence: Fence): boolean {
  return /^mermaid\b/.test(fence.info)
}
