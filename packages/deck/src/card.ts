import { createMarkdownExit } from 'markdown-exit'
import { chineseText } from './chinese-text.ts'
import type { CardSource } from './deck.ts'
import { DeckError } from './load-deck.ts'
import { plainText } from './markup.ts'

/** What stands at the two ends of a scale, the old way and the new one, as HTML. */
export type Ends = readonly [string, string]

/** A page of questions, each answered by a mark between two ends. Texts are HTML but for the name. */
export interface Card {
  /** The title as plain text. */
  name: string
  title: string
  /** Paragraphs below the title: how the card is used. */
  use: string[]
  /** What the ends of every scale are called. */
  ends: Ends
  questions: { text: string, ends: Ends }[]
  /** Paragraphs at the foot of the page. */
  foot: string[]
}

/** A block of a card: its HTML tag, and the texts in it, as HTML. */
interface Block {
  tag: string
  /** 1-based. */
  line: number
  texts: string[]
}

// Raw HTML is text: a card is made of nothing but its own parts.
const markdownExit = createMarkdownExit().use(chineseText)

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = []
  for (const { type, level, nesting, tag, map, content } of markdownExit.parse(markdown)) {
    if (level === 0 && nesting !== -1) blocks.push({ tag, line: (map?.[0] ?? 0) + 1, texts: [] })
    if (type === 'inline') blocks.at(-1)?.texts.push(markdownExit.renderInline(content))
  }
  return blocks
}

/**
 * Reads a card: a title, paragraphs that say how it is used, a list of the two ends' names; then questions, each a heading of
 * level two with a list of what stands at its two ends; and below a rule what stands at the foot, if anything.
 * @throws DeckError with the line that is another part than the one that belongs there, or lacks it.
 */
export function parseCard({ file, markdown }: CardSource): Card {
  const rest = blocksOf(markdown)
  const lastLine = markdown.trimEnd().split('\n').length
  const fail = (message: string, line = rest[0]?.line ?? lastLine) => new DeckError([{ rule: 'card', level: 'error', file, line, message }])
  const nextIs = (tag: string) => rest[0]?.tag === tag
  const take = (tag: string, what: string) => {
    const block = nextIs(tag) ? rest.shift() : undefined
    if (!block) throw fail(`Here belongs ${what}.`)
    return block
  }
  const takeText = (tag: string, what: string) => take(tag, what).texts.join('')
  const takeEnds = (what: string): Ends => {
    const { texts: [old, now, ...more], line } = take('ul', what)
    if (old === undefined || now === undefined || more.length > 0) throw fail(`The list has ${more.length + (now === undefined ? 1 : 2)} items: write two, ${what}.`, line)
    return [old, now]
  }
  const takeParagraphs = () => {
    const paragraphs = [takeText('p', 'a paragraph')]
    while (nextIs('p')) paragraphs.push(takeText('p', 'a paragraph'))
    return paragraphs
  }
  const takeQuestion = () => ({ text: takeText('h2', 'a question, like "## Who comes to you?"'), ends: takeEnds('a list of what stands at the left end and at the right') })

  const title = takeText('h1', 'the title, like "# Three questions"')
  const use = takeParagraphs()
  const ends = takeEnds('a list of the names of the left end and the right')
  const questions = [takeQuestion()]
  while (rest.length > 0 && !nextIs('hr')) questions.push(takeQuestion())
  const foot = rest.shift() ? takeParagraphs() : []
  if (rest.length > 0) throw fail('Below the rule stand paragraphs alone: remove this.')
  return { name: plainText(title), title, use, ends, questions, foot }
}
