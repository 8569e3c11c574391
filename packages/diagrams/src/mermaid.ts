import { diagramKinds, mermaidSource, type Fence } from 'slidev-addon-deck/fences'
import { FenceFault, readStructure } from './page/block/structure.ts'
import { blocksOf } from './page/index.ts'
import { undrawnStatement } from './page/sequence.ts'

/** A fence that Mermaid cannot read; `line` is the 1-based line in its file that the message is about. */
export class BrokenDiagram extends Error {
  readonly line: number
  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

/** Turns what Mermaid says of its own input into a message about the slide's file: a line of it in place of the parser's tokens. */
export function brokenDiagram(error: unknown, fence: Fence): BrokenDiagram {
  const said = error instanceof Error ? error.message : String(error)
  const mermaidLine = /(?:on line |line: ?)(\d+)/i.exec(said)?.[1]
  const { text, lines } = mermaidSource(fence.code)
  if (mermaidLine) {
    const no = Math.max(0, Math.min(Number(mermaidLine), lines.length) - 1)
    return new BrokenDiagram(`Mermaid can't read "${text.split('\n')[no]?.trim() ?? ''}": correct this line, or the one before.`, fence.line + 1 + (lines[no] ?? 0))
  }
  if (/^No diagram type detected/.test(said)) return new BrokenDiagram(`Mermaid has no diagrams of the kind "${fence.kind}": begin with a kind that it has, like ${diagramKinds[0]}.`, fence.line + 1)
  return new BrokenDiagram(`Mermaid can't show this diagram (${said.split('\n')[0]?.trim() || 'it does not say why'}): correct it.`, fence.line)
}

/**
 * Has Mermaid's own parser read a fence, in Node: it wants a document, so it gets jsdom's.
 * @param pillWords the words that the edition has for pills.
 * @throws BrokenDiagram where it cannot, or where a block diagram has to be mended.
 */
export async function assertReadable(fence: Fence, pillWords: readonly string[] = []): Promise<void> {
  if (!('document' in globalThis)) {
    const { JSDOM } = await import('jsdom')
    const { window } = new JSDOM('')
    Object.assign(globalThis, { window, document: window.document })
  }
  const { default: mermaid } = await import('mermaid')
  const { text } = mermaidSource(fence.code)
  await mermaid.parse(text).catch((error: unknown) => {
    throw brokenDiagram(error, fence)
  })
  if (fence.kind !== 'block') return
  try {
    readStructure(await blocksOf(mermaid, text), { ...fence, pillWords })
  }
  catch (error) {
    // What else there is, is told where it is drawn.
    if (error instanceof FenceFault) throw new BrokenDiagram(error.message, error.line)
  }
}

/** A diagram's own settings and looks, which a drawing in the deck's looks would not have: styles, icons, formulas, formatted words. */
const OWN_LOOKS = /^\s*(?:%%\{|(?:style|classDef|linkStyle|click)\s)|\bfa[a-z]?:fa-|::icon\(|@\{[^}]*\b(?:icon|img|animat\w+)\s*:|"`|\$\$|<\/?(?:b|i|u|s|em|strong|sub|sup|small|code|span|font|img)\b[^>\n]*>/m

/** Why a fence is left to Slidev's own Mermaid, and the 1-based line in its file where that is seen. */
export interface Undrawn {
  why: string
  line: number
}

/** Why a fence is left to Slidev's own Mermaid, as far as its source tells; nothing where it is drawn ahead of time. */
export function whyUndrawn({ kind, code, line, statements }: Fence): Undrawn | undefined {
  if (!diagramKinds.some(known => known === kind)) return { line, why: `Only ${diagramKinds.join(', ')} are drawn ahead of time, not ${kind ? `"${kind}"` : 'an empty diagram'}.` }
  const own = OWN_LOOKS.exec(code)
  if (own) return { line: line + code.slice(0, own.index + own[0].length).split('\n').length, why: `It brings looks of its own with "${own[0].trim()}".` }
  const other = kind === 'sequenceDiagram' ? undrawnStatement(statements) : undefined
  return other && { line: other.line, why: `A sequence diagram is drawn of participants, notes and messages (-> ->> --> -->>), not of "${other.text}".` }
}

/** What the log says of a fence that is not drawn ahead of time. */
export const leftToMermaid = (place: string, why: string) => `${place}  diagram-in-page  Slidev's own Mermaid draws this diagram in the page, without steps. ${why}`
