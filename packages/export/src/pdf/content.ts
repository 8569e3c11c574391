/** A piece of content by the stream it stands in and the number Chromium gave it there. */
export type Mark = `${string}/${number}`

/** Whom a stretch of content belongs to: an element by its mark, or nobody (decoration). */
type Owner = Mark | 'artifact'

/** A stream's content, marked anew. */
export interface Remarked {
  content: string
  /** By new number: the mark of the element it belongs to. */
  owners: Mark[]
}

/** The picture that is being painted, from stream to stream. */
export interface Painting {
  /** The last mark of a picture. */
  picture?: Mark | undefined
  /** Whether what is painted belongs to it. */
  inside: boolean
}

/** What is to be known of a stream to mark it anew. */
export interface Stream {
  /** Its name in marks. */
  name: string
  /** Whether the content of a mark belongs to a picture. */
  isPicture: (mark: Mark) => boolean
  /**
   * Marks the object of that name anew, which the stream paints.
   * @returns whether it holds content of elements itself; else it belongs to one element whole.
   */
  remarkObject: (name: string, painting: Painting) => boolean
}

/**
 * Fills that stand before and after the content of a picture: Chromium marks none of what an SVG paints. Two nearly equal greens
 * that no deck uses; their rectangles are left out.
 */
export const pictureFills = { start: '#01fe02', end: '#02fe01' } as const

const [START, END] = [pictureFills.start, pictureFills.end].map(fill => [1, 3, 5].map(at => Number.parseInt(fill.slice(at, at + 2), 16)).join(' '))

const TOKEN = /\((?:\\[\s\S]|[^\\()])*\)|<<|>>|<[^<>]*>|\[|\]|\/[^\s()<>[\]{}/%]*|[^\s()<>[\]{}/%]+|%[^\r\n]*/g
const PATH = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're', 'W', 'W*'])
const PAINT = new Set(['f', 'F', 'f*', 'S', 's', 'B', 'B*', 'b', 'b*'])
const OPERAND = /^[/<[\](>+\-.\d]|^(?:true|false|null)$/

/** An operator with its operands. */
interface Operation {
  operator: string
  operands: string[]
  /** Both as written. */
  text: string
}

function* operationsOf(content: string): Generator<Operation> {
  let operands: string[] = []
  let from = -1
  for (const match of content.matchAll(TOKEN)) {
    const token = match[0]
    if (token.startsWith('%')) continue
    if (from < 0) from = match.index
    if (OPERAND.test(token)) {
      operands.push(token)
      continue
    }
    yield { operator: token, operands, text: content.slice(from, match.index + token.length) }
    operands = []
    from = -1
  }
}

/** The number in the properties of a marked-content operator. */
function contentNumber({ operands }: Operation): number | undefined {
  const at = operands.indexOf('/MCID')
  return at < 0 ? undefined : Number(operands[at + 1])
}

/**
 * Marks all that a stream paints: text belongs to the element Chromium gave it to, a picture's shapes and text to that picture,
 * everything else (backgrounds, borders, what is hidden from screen readers) is decoration.
 * @param content as Chromium wrote it, one character a byte.
 * @throws where a picture's content has no picture to belong to, or the content cannot be read.
 */
export function remark(content: string, { name, isPicture, remarkObject }: Stream, painting: Painting = { inside: false }): Remarked {
  const out: string[] = []
  const owners: Mark[] = []
  const marks: (Mark | undefined)[] = []
  let fill = ''
  let open: Owner | undefined
  /** The path or text object being read. */
  let unit: string[] = []
  let inText = false

  const close = () => {
    if (open !== undefined) out.push('EMC')
    open = undefined
  }
  /** Puts out what was read, as content of its owner. */
  const paint = (owner: Owner = 'artifact') => {
    const owned = painting.inside && painting.picture !== undefined ? painting.picture : owner
    if (owned !== open) {
      close()
      out.push(owned === 'artifact' ? '/Artifact BMC' : `/Span <</MCID ${owners.push(owned) - 1}>> BDC`)
      open = owned
    }
    out.push(...unit)
    unit = []
  }

  for (const operation of operationsOf(content)) {
    const { operator, operands, text } = operation
    if (operator === 'BT' || operator === 'ET') inText = operator === 'BT'
    if (operator === 'BDC' || operator === 'BMC') {
      const number = contentNumber(operation)
      const mark: Mark | undefined = number === undefined ? undefined : `${name}/${number}`
      marks.push(mark)
      if (mark && isPicture(mark)) painting.picture = mark
    }
    else if (operator === 'EMC') {
      marks.pop()
    }
    else if (inText || PATH.has(operator)) {
      unit.push(text)
    }
    else if (PAINT.has(operator) && (fill === START || fill === END)) {
      unit = []
      painting.inside = fill === START
      if (painting.inside && painting.picture === undefined) throw new Error('A picture on a page is missing from the page’s structure.')
      if (!painting.inside) painting.picture = undefined
    }
    else if (PAINT.has(operator) || operator === 'sh' || operator === 'ET') {
      unit.push(text)
      paint(operator === 'ET' ? marks.at(-1) : undefined)
    }
    else if (operator === 'Do' && !remarkObject(operands[0]?.slice(1) ?? '', painting)) {
      unit.push(text)
      // An image with a description is a picture by itself.
      const mark = marks.at(-1)
      paint(mark && isPicture(mark) ? mark : undefined)
    }
    else if (operator === 'BI') {
      throw new Error('A page holds an inline image, which the export does not know how to mark.')
    }
    else {
      // What paints nothing itself: settings, a path that only clips, an object that is marked by itself.
      if (operator === 'rg') fill = operands.map(value => Math.round(Number(value) * 255)).join(' ')
      if (operator === 'Do') close()
      out.push(...unit, text)
      unit = []
    }
  }
  close()
  return { content: out.join('\n'), owners }
}
