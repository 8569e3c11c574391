/** Whom a stretch of a page's content belongs to: an element by the number Chromium gave its content, or nobody (decoration). */
export type Owner = number | 'artifact'

/** A page's content, marked anew. */
export interface Remarked {
  content: string
  /** By new number: the number Chromium gave the content it stands for. */
  owners: number[]
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
const OBJECT = new Set(['Do', 'sh'])
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
 * Marks all that a page paints: text belongs to the element Chromium gave it to, a picture's shapes and text to that picture,
 * everything else (backgrounds, borders, what is hidden from screen readers) is decoration.
 * @param content the page's content as Chromium wrote it, one character a byte.
 * @param isPicture whether the content of that number belongs to a picture.
 * @throws where a picture's content has no picture to belong to, or the content cannot be read.
 */
export function remark(content: string, isPicture: (number: number) => boolean): Remarked {
  const out: string[] = []
  const owners: number[] = []
  const marks: (number | undefined)[] = []
  let picture: number | undefined
  let inPicture = false
  let fill = ''
  let open: Owner | undefined
  /** The path or text object being read. */
  let unit: string[] = []
  let inText = false

  const mark = (owner: Owner) => {
    if (owner === open) return
    if (open !== undefined) out.push('EMC')
    if (owner === 'artifact') out.push('/Artifact BMC')
    else out.push(`/Span <</MCID ${owners.push(owner) - 1}>> BDC`)
    open = owner
  }
  const ownerOf = (isText: boolean): Owner => {
    if (inPicture && picture !== undefined) return picture
    return (isText ? marks.at(-1) : undefined) ?? 'artifact'
  }
  const paint = (isText: boolean) => {
    mark(ownerOf(isText))
    out.push(...unit)
    unit = []
  }

  for (const operation of operationsOf(content)) {
    const { operator, operands, text } = operation
    if (operator === 'BDC' || operator === 'BMC') {
      const number = contentNumber(operation)
      marks.push(number)
      if (number !== undefined && isPicture(number)) picture = number
    }
    else if (operator === 'EMC') {
      marks.pop()
    }
    else if (operator === 'BT') {
      inText = true
      unit.push(text)
    }
    else if (operator === 'ET') {
      inText = false
      unit.push(text)
      paint(true)
    }
    else if (inText || PATH.has(operator)) {
      unit.push(text)
    }
    else if (operator === 'n') {
      out.push(...unit, text)
      unit = []
    }
    else if (PAINT.has(operator)) {
      unit.push(text)
      if (fill === START || fill === END) {
        unit = []
        inPicture = fill === START
        if (inPicture && picture === undefined) throw new Error('A picture on a page is missing from the page’s structure.')
        if (!inPicture) picture = undefined
      }
      else {
        paint(false)
      }
    }
    else if (OBJECT.has(operator)) {
      unit.push(text)
      paint(false)
    }
    else if (operator === 'BI') {
      throw new Error('A page holds an inline image, which the export does not know how to mark.')
    }
    else {
      if (operator === 'rg') fill = operands.map(value => Math.round(Number(value) * 255)).join(' ')
      out.push(text)
    }
  }
  if (open !== undefined) out.push('EMC')
  return { content: out.join('\n'), owners }
}
