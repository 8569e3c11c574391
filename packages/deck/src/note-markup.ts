import { createMarkdownExit, Token } from 'markdown-exit'
import { defaultTreeAdapter as tree, parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
import { chineseText } from './chinese-text.ts'
import { escapeHtml } from './html.ts'
import { MARKER } from './notes.ts'

/** Where the speaker clicks, in the handout: its styles paint it. */
const CLICK = '<span class="click" aria-hidden="true"></span>'
/** The same in plain text. */
const PLAIN_CLICK = '▶ '
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

/** Notes as plain text without the marks of Markdown: paragraphs and items on lines of their own, a link followed by its address. */
export function noteText(note: string): string {
  const lines: string[] = []
  const lists: { next?: number }[] = []
  let mark = ''
  let isNewList = false
  for (const token of blocksOf(note)) {
    if (/^(?:bullet|ordered)_list_open$/.test(token.type) && lists.length === 0) isNewList = true
    if (token.type === 'bullet_list_open') lists.push({})
    if (token.type === 'ordered_list_open') lists.push({ next: Number(token.attrGet('start') ?? 1) })
    if (token.type === 'bullet_list_close' || token.type === 'ordered_list_close') lists.pop()
    if (token.type === 'list_item_open') {
      const list = lists.at(-1)
      mark = `${'  '.repeat(lists.length - 1)}${list?.next === undefined ? '•' : `${list.next++}.`} `
    }
    const text = token.type === 'inline' ? inlineText(token.children ?? []) : ['fence', 'code_block'].includes(token.type) ? token.content.trimEnd() : token.type === 'html_block' ? textOfHtml(token.content) : ''
    if (!text) continue
    // Paragraphs and lists stand apart, items one below the other.
    if (lines.length > 0 && (!mark || isNewList)) lines.push('')
    lines.push(mark + text)
    mark = ''
    isNewList = false
  }
  return lines.join('\n')
}

function inlineText(tokens: readonly Token[]): string {
  let address = ''
  return tokens.map((token) => {
    const { type, content } = token
    if (type === 'softbreak' || type === 'hardbreak') return type === 'softbreak' ? ' ' : '\n'
    if (type === 'html_inline') return ''
    if (type === 'link_open') address = token.attrGet('href') ?? ''
    if (type === 'link_close') return address && ` (${address})`
    return content.replace(MARKER_AND_BLANKS, PLAIN_CLICK)
  }).join('').trim()
}
