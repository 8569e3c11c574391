import { defaultTreeAdapter as tree, parseFragment } from 'parse5'

/** A character by its name or number, as HTML writes it. */
const ENTITY = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/gi
/** The same as Mermaid writes it. */
const MERMAID_ENTITY = /#(\d+|[a-z][a-z\d]*);/gi
/** Either, as the text of a diagram has them. */
export const DIAGRAM_ENTITY = new RegExp(`${ENTITY.source}|${MERMAID_ENTITY.source}`, 'gi')

/** Text with the characters that HTML names in it, like `&rarr;`; what names none stays. */
export function decodeEntities(text: string): string {
  return text.replace(ENTITY, (entity) => {
    const [node] = parseFragment(entity).childNodes
    return node && tree.isTextNode(node) ? node.value : entity
  })
}

/** The same for text of a diagram, where Mermaid has `#rarr;` and `#8594;` too. */
export function decodeDiagramEntities(text: string): string {
  return decodeEntities(text.replace(MERMAID_ENTITY, (entity, name: string) => {
    const named = `&${/^\d/.test(name) ? '#' : ''}${name};`
    const decoded = decodeEntities(named)
    return decoded === named ? entity : decoded
  }))
}
