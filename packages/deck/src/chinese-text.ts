import type { MarkdownExit, Token } from 'markdown-exit'
import cjkFriendly from 'markdown-it-cjk-friendly'

/** Characters that are written without blanks between them, and marks that mostly stand among them. */
const SOLID = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\u3000-\u303F\uFF01-\uFF60]/u
const AMONG_SOLID = /[“”‘’…—·]/

/**
 * Reads Markdown as Chinese is written: emphasis beside full-width punctuation is emphasis (CommonMark's rule for it knows blanks
 * between words), and lines of one sentence join without a blank.
 */
export function chineseText(markdown: MarkdownExit): void {
  // Written for markdown-it, whose interface markdown-exit has.
  markdown.use(cjkFriendly as never)
  markdown.core.ruler.push('chinese_line_ends', ({ tokens }) => {
    for (const { children } of tokens) closeLineEnds(children ?? [])
  })
}

/** Makes empty texts of the line ends within Chinese. */
function closeLineEnds(tokens: readonly Token[]): void {
  const shown = (token: Token) => token.type === 'text' || token.type === 'code_inline' ? token.content : token.type === 'image' ? ' ' : ''
  tokens.forEach((token, i) => {
    if (token.type !== 'softbreak') return
    const before = [...tokens.slice(0, i).map(shown).join('')].at(-1) ?? ''
    const [after = ''] = tokens.slice(i + 1).map(shown).join('')
    const sides = [before, after]
    if (!sides.some(side => SOLID.test(side)) || !sides.every(side => SOLID.test(side) || AMONG_SOLID.test(side))) return
    token.type = 'text'
    token.content = ''
  })
}
