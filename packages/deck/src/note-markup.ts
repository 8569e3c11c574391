import { createMarkdownExit, Token } from 'markdown-exit'
import { defaultTreeAdapter as tree, parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
import { chineseText } from './chinese-text.ts'
import { escapeHtml } from './html.ts'
import { MARKER } from './notes.ts'

/** Where the speaker clicks, in the handout: its styles paint it. */
const CLICK = '<span class="click" aria-hidden="true"></span>'
const MARKER_AND_BLANKS = new RegExp(`${MARKER.source}\\s*`, 'gi')

// As Slidev reads notes.
const markdown = createMarkdownExit({ html: true }).use(chineseText)

// Rows of one paragraph for each of the page's own: headings of notes are none of the document's, and code has no face of its own.
Object.assign(markdown.renderer.rules, {
  text: (tokens: Token[], i: number) => escapeHtml(tokens[i]?.content ?? '').replace(MARKER_AND_BLANKS, CLICK),
  code_inline: (tokens: Token[], i: number) => escapeHtml(tokens[i]?.content ?? ''),
  code_block: (tokens: Token[], i: number) => codeLines(tokens[i]),
  fence: (tokens: Token[], i: number) => codeLines(tokens[i]),
  html_block(tokens: Token[], i: number) {
    const text = textOfHtml(tokens[i]?.content ?? '')
    return text && `<p>${escapeHtml(text)}</p>`
  },
  html_inline: () => '',
  image: (tokens: Token[], i: number) => escapeHtml(tokens[i]?.content ?? ''),
  hr: () => '',
  heading_open: () => '<p><strong>',
  heading_close: () => '</strong></p>',
  link_open: (tokens: Token[], i: number) => `<a href="${escapeHtml(tokens[i]?.attrGet('href') ?? '')}">`,
})

const codeLines = (token: Token | undefined) => `<p>${(token?.content ?? '').trimEnd().split('\n').map(escapeHtml).join('<br>')}</p>`

/** The text of raw HTML. */
function textOfHtml(html: string): string {
  const textOf = (node: DefaultTreeAdapterTypes.Node): string => {
    if (tree.isTextNode(node)) return node.value
    return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
  }
  return textOf(parseFragment(html)).trim()
}

/**
 * The blocks of some notes. A paragraph that holds nothing but clicks is left out: they begin the next one.
 * Links that lead into the deck are their words: notes stand beside it.
 */
function blocksOf(note: string): Token[] {
  const tokens = markdown.parse(note)
  const kept: Token[] = []
  let clicks = ''
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token) continue
    const inner = tokens[i + 1]
    if (token.type === 'paragraph_open' && inner && inner.content.trim() !== '' && inner.content.replace(MARKER, '').trim() === '') {
      clicks += inner.content.trim()
      i += 2
      continue
    }
    if (token.type === 'inline') {
      const first = clicks ? [Object.assign(new Token('text', '', 0), { content: clicks })] : []
      token.children = [...first, ...withoutInnerLinks(token.children ?? [])]
      clicks = ''
    }
    kept.push(token)
  }
  return kept
}

function withoutInnerLinks(tokens: readonly Token[]): Token[] {
  let isInner = false
  return tokens.filter((token) => {
    if (token.type === 'link_open') isInner = !/^(?:https?|mailto):/.test(token.attrGet('href') ?? '')
    return !isInner || !['link_open', 'link_close'].includes(token.type)
  })
}

/** Notes as HTML, formatted as their Markdown says, with a `.click` where the speaker clicks. Raw HTML is its text; headings are bold paragraphs. */
export function noteHtml(note: string): string {
  return markdown.renderer.render(blocksOf(note), markdown.options, {})
}

/** A stretch of notes in one look, or the place of some clicks. */
export type NoteRun = { text: string, isBold?: boolean, isItalic?: boolean, link?: string } | { clicks: number }

/** A paragraph or an item of notes. */
export interface NoteParagraph {
  /** How deep it stands in lists: 0 outside of them. */
  level: number
  /** What stands before an item: its number, or a bullet; nothing in an item's further paragraphs. */
  mark?: { number: number } | 'bullet'
  runs: NoteRun[]
}

/** Notes as paragraphs with the look of their words, for what knows no HTML. */
export function noteParagraphs(note: string): NoteParagraph[] {
  const paragraphs: NoteParagraph[] = []
  const lists: { next?: number }[] = []
  let mark: NoteParagraph['mark']
  let isHeading = false
  for (const token of blocksOf(note)) {
    if (token.type === 'bullet_list_open') lists.push({})
    if (token.type === 'ordered_list_open') lists.push({ next: Number(token.attrGet('start') ?? 1) })
    if (token.type === 'bullet_list_close' || token.type === 'ordered_list_close') lists.pop()
    if (token.type === 'list_item_open') {
      const list = lists.at(-1)
      mark = list?.next === undefined ? 'bullet' : { number: list.next++ }
    }
    if (token.type === 'heading_open' || token.type === 'heading_close') isHeading = token.type === 'heading_open'
    const runs = token.type === 'inline' ? inlineRuns(token.children ?? [], isHeading)
      : ['fence', 'code_block'].includes(token.type) ? [{ text: token.content.trimEnd() }]
          : token.type === 'html_block' ? [{ text: textOfHtml(token.content) }] : []
    if (runs.every(run => 'text' in run && !run.text.trim())) continue
    paragraphs.push({ level: lists.length, ...mark && { mark }, runs })
    mark = undefined
  }
  return paragraphs
}

function inlineRuns(tokens: readonly Token[], isHeading: boolean): NoteRun[] {
  const runs: NoteRun[] = []
  let [bold, italic, link] = [isHeading ? 1 : 0, 0, '']
  const add = (text: string) => {
    if (text) runs.push({ text, ...bold > 0 && { isBold: true }, ...italic > 0 && { isItalic: true }, ...link && { link } })
  }
  for (const token of tokens) {
    const { type, content } = token
    if (type === 'strong_open' || type === 'strong_close') bold += type === 'strong_open' ? 1 : -1
    else if (type === 'em_open' || type === 'em_close') italic += type === 'em_open' ? 1 : -1
    else if (type === 'link_open') link = token.attrGet('href') ?? ''
    else if (type === 'link_close') link = ''
    else if (type === 'softbreak' || type === 'hardbreak') add(type === 'softbreak' ? ' ' : '\n')
    else if (type !== 'html_inline') {
      let from = 0
      for (const found of content.matchAll(MARKER_AND_BLANKS)) {
        add(content.slice(from, found.index))
        runs.push({ clicks: Number(found[1] ?? 1) })
        from = found.index + found[0].length
      }
      add(content.slice(from))
    }
  }
  return runs
}
