import { componentPlugin } from '@mdit-vue/plugin-component'
import { createMarkdownExit, type Nesting, type Token } from 'markdown-exit'
import { Tokenizer, TokenizerMode, type Token as Html } from 'parse5'
import { chineseText } from './chinese-text.ts'

/** What is read of a slide: a `DeckSlide`, or anything with its text. */
export interface Markup {
  content: string
  /** 1-based line, in its file, of the first line of `content`. */
  contentLine: number
}

/** An attribute as written: `name` with its `:` or `@`, `value` '' where it has none. */
export interface Attribute {
  name: string
  value: string
  hasValue: boolean
}

/** A tag in a slide's Markdown: raw HTML or a component. */
export interface Tag {
  name: string
  /** 1-based line in the slide's file. */
  line: number
  kind: 'open' | 'close' | 'self'
  attributes: Attribute[]
}

/** A piece of a slide, in the order of its file; `line` is the 1-based line on which it begins. */
export type Piece =
  /** Where a block (heading, list, table cell …) begins or ends; `level` counts the blocks around it. */
  | { kind: 'begin' | 'end', line: number, type: string, tag: string, level: number }
  /** `isCode`: in backquotes. */
  | { kind: 'text', line: number, text: string, isCode?: boolean }
  | { kind: 'link', line: number, address: string }
  | { kind: 'tag', line: number, tag: Tag }
  | { kind: 'fence', line: number, level: number, info: string, code: string, closed: boolean }

// As Slidev sets it up, and as the kit has it read Chinese: components begin blocks, and addresses are links.
const markdown = createMarkdownExit({ html: true, linkify: true }).use(componentPlugin as never).use(chineseText)

/** Gives inline tokens the line that they begin on, counted within their paragraph: the parser keeps none. */
class PlacedInline extends markdown.inline.State {
  override push(type: string, tag: string, nesting: Nesting): Token {
    return this.placed(super.push(type, tag, nesting))
  }

  override pushPending(): Token {
    return this.placed(super.pushPending())
  }

  private placed(token: Token): Token {
    const line = this.src.slice(0, this.pos).split('\n').length - 1
    token.map = [line, line]
    return token
  }
}

markdown.inline.State = PlacedInline

const known = new Map<string, readonly Piece[]>()
/** So many slides are remembered: every check asks for the same ones. */
const REMEMBERED = 500

/** A slide's Markdown and the HTML in it, comments left out. */
export function piecesOf({ content, contentLine }: Markup): readonly Piece[] {
  const key = `${contentLine} ${content}`
  const pieces = known.get(key) ?? parse(content, contentLine)
  if (known.size >= REMEMBERED) known.clear()
  known.set(key, pieces)
  return pieces
}

function parse(content: string, contentLine: number): Piece[] {
  const lines = content.split('\n')
  let line = contentLine
  // A carriage return alone ends a line for the parser only.
  return markdown.parse(content.replace(/\r(?!\n)/g, ' ')).flatMap((token): Piece[] => {
    if (token.map) line = contentLine + token.map[0]
    const { type, tag, level, nesting, children } = token
    if (type === 'fence') return [{ kind: 'fence', line, level, info: token.info.trim(), code: token.content.replace(/\n$/, ''), closed: isClosed(token, lines) }]
    if (type.startsWith('html_')) return html(token.content, line)
    if (type === 'inline') return inline(children ?? [], line)
    const block = { line, type: type.replace(/_(?:open|close)$/, ''), tag, level }
    return [...nesting >= 0 ? [{ kind: 'begin' as const, ...block }] : [], ...nesting <= 0 ? [{ kind: 'end' as const, ...block }] : []]
  })
}

function isClosed({ map, markup }: Token, lines: readonly string[]): boolean {
  const [first, end] = map ?? [0, 0]
  const last = /^[\s>]*([`~]+)\s*$/.exec(lines[end - 1] ?? '')?.[1] ?? ''
  return end - 1 > first && last.startsWith(markup)
}

function inline(tokens: readonly Token[], firstLine: number): Piece[] {
  let line = firstLine
  return tokens.flatMap((token): Piece[] => {
    const { type, content, map } = token
    // An address that was made a link has no place of its own.
    if (map) line = firstLine + map[0]
    if (type === 'html_inline') return html(content, line)
    if (type === 'link_open') return [{ kind: 'link', line, address: token.attrGet('href') ?? '' }]
    if (type === 'softbreak' || type === 'hardbreak') line++
    else if (content) return [{ kind: 'text', line, text: content, ...type === 'code_inline' && { isCode: true } }]
    return []
  })
}

/** The tags and the text of HTML. */
function html(source: string, firstLine: number): Piece[] {
  const pieces: Piece[] = []
  let hidden = false
  const addTag = ({ tagName, attrs, location }: Html.TagToken, kind: Tag['kind']) => {
    const { startOffset, startLine, attrs: places = {} } = location as Html.LocationWithAttributes
    const line = firstLine + startLine - 1
    // The tokenizer has names in small letters.
    const name = source.slice(startOffset + (kind === 'close' ? 2 : 1)).slice(0, tagName.length)
    const attributes = attrs.map(({ name: key, value }) => {
      const written = source.slice(places[key]?.startOffset, places[key]?.endOffset)
      return { name: written.slice(0, key.length), value, hasValue: written.length > key.length }
    })
    pieces.push({ kind: 'tag', line, tag: { name, line, kind, attributes } })
    hidden = kind === 'open' && (tagName === 'script' || tagName === 'style')
    if (hidden) tokenizer.state = TokenizerMode.RAWTEXT
  }
  const addText = ({ chars, location }: Html.CharacterToken) => {
    const line = firstLine + (location?.startLine ?? 1) - 1
    if (!hidden) pieces.push(...chars.split('\n').map((text, i) => ({ kind: 'text' as const, line: line + i, text })).filter(({ text }) => text))
  }
  const ignore = () => undefined
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: true }, {
    onStartTag: token => addTag(token, token.selfClosing ? 'self' : 'open'),
    onEndTag: token => addTag(token, 'close'),
    onCharacter: addText, onWhitespaceCharacter: addText, onNullCharacter: addText,
    onComment: ignore, onDoctype: ignore, onEof: ignore,
  })
  tokenizer.write(source, true)
  return pieces
}
