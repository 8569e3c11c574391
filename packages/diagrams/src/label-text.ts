import { decodeDiagramEntities, DIAGRAM_ENTITY } from 'slidev-addon-deck/entities'
import { escapeHtml } from 'slidev-addon-deck/html'

/** Letters that Mermaid reads as text wherever they stand, about as wide as what they stand for: a quarter, and half, of their size. */
const NARROW = [...'łıŀŗţřťľįĩīĭĺļ']
const WIDE = [...'ħŋđŧĸńņňūųűůŭũķ']
const IS_NARROW = /["';:|`,.!()[\]{}/\\]/

/** What Mermaid takes for HTML in a label; a line break is one. */
const MARKUP = /(<br\s*\/?>)|[<>&]/gi

/** The text of a line, by the kind of its diagram: what is replaced in it is no part of Mermaid's language. */
function texts(line: string, kind: string, change: (text: string) => string): string {
  if (kind === 'timeline' || kind === 'mindmap') return line.trim().startsWith(':::') ? line : change(line)
  const isMessage = kind === 'sequenceDiagram' || kind === 'stateDiagram-v2'
  const pattern = isMessage ? /"[^"]*"|(?<!:):(?!:).*$/g : /"[^"]*"|\[[^\]"]*\]|\|[^|"]*\|/g
  return line.replace(pattern, found => isMessage || found.startsWith('"') ? change(found) : found.replace(/&/g, change))
}

/**
 * A diagram's source in which nothing of a label means anything to Mermaid: it would take `A<B` for HTML, and leaves the names of
 * characters (`#quot;`) as they are. Letters that the source does not have stand for what would.
 * @returns it, and what puts the characters back into the drawing's SVG.
 */
export function protectLabels(source: string, kind: string): { source: string, restore: (svg: string) => string } {
  const standIns = new Map<string, string>()
  const standIn = (character: string) => {
    // Letters and signs of other scripts mean nothing to Mermaid.
    if (!/[\x20-\x7E]/.test(character) || /[a-z\d ]/i.test(character)) return character
    const known = standIns.get(character)
    if (known) return known
    const letter = (IS_NARROW.test(character) ? NARROW : WIDE).find(each => !source.includes(each) && ![...standIns.values()].includes(each))
    if (letter) standIns.set(character, letter)
    return letter ?? character
  }
  const protect = (text: string) => text
    .replace(DIAGRAM_ENTITY, (entity) => {
      const decoded = decodeDiagramEntities(entity)
      return decoded === entity ? entity : Array.from(decoded, standIn).join('')
    })
    .replace(MARKUP, (found, lineBreak) => lineBreak ? found : standIn(found))
  const protectedSource = source.split('\n').map((line, i) => i === 0 ? line : texts(line, kind, protect)).join('\n')
  return {
    source: protectedSource,
    restore: svg => [...standIns].reduce((text, [character, letter]) => text.replaceAll(letter, character === '{' ? '&#123;' : escapeHtml(character)), svg),
  }
}
