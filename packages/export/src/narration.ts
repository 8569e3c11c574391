import { plainText } from 'slidev-addon-deck/markup'

/** A paragraph of a slide's notes; pieces after the first begin where the speaker clicks. */
export interface NarrationParagraph {
  pieces: string[]
  /** Whether the speaker clicks before it. */
  clicked: boolean
}

const MARKER = /\[click(?::\d+)?\]/i

/** A slide's notes as paragraphs, split where the speaker clicks; these markers and those of Markdown are left out. */
export function narrationOf(note: string): NarrationParagraph[] {
  return note.split(/\n[ \t]*\n/).flatMap((text) => {
    const [first = '', ...rest] = text.split(MARKER).map(piece => joinLines(piece))
    const pieces = [first, ...rest].filter(Boolean)
    return pieces.length > 0 ? [{ pieces, clicked: first === '' }] : []
  })
}

/** Lines of one paragraph: joined by a space, without one between Chinese characters. The number of a list's item stays. */
function joinLines(text: string): string {
  const joined = text.trim().replace(/\s*\n\s*/g, '\n').replace(/(?<=[\p{sc=Han}，。；：？！、”』」）])\n(?=[\p{sc=Han}“『「（])/gu, '').replaceAll('\n', ' ')
  const [number] = /^\d+[.)] /.exec(joined) ?? ['']
  return number + plainText(joined.slice(number.length))
}
