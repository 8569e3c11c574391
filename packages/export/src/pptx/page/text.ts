import type { Align, Bullet, Paragraph, Run } from '../model.ts'
import { type Canvas, colorOf, isShown, opacityOf, px, solidColorOf } from './canvas.ts'

/** Elements that are not text, wherever they stand in it. */
export const NO_TEXT = 'img, svg, canvas, video, audio, iframe, object, embed, input, select, textarea, button:has(svg), .katex, math, pre'

const GENERIC: Readonly<Record<string, string>> = { 'sans-serif': 'Arial', 'serif': 'Times New Roman', 'monospace': 'Courier New', 'system-ui': 'Arial', 'ui-sans-serif': 'Arial', 'ui-monospace': 'Courier New' }

const families = new Map<string, string>()

/** The first of a list of families that this browser has. */
function familyOf(list: string): string {
  const known = families.get(list)
  if (known) return known
  const names = list.split(',').map(name => name.trim().replace(/^["']|["']$/g, ''))
  const found = names.find(name => name in GENERIC || isThere(name)) ?? names[0] ?? ''
  const family = GENERIC[found] ?? found
  families.set(list, family)
  return family
}

let measuring: CanvasRenderingContext2D | null | undefined

function measure(font: string, text: string): TextMetrics {
  measuring ??= document.createElement('canvas').getContext('2d')
  if (!measuring) throw new Error('The browser paints no canvas.')
  measuring.font = font
  return measuring.measureText(text)
}

/** Whether a family paints other than those that stand in for it. */
const isThere = (name: string) => ['monospace', 'serif'].some(other => measure(`40px "${name}", ${other}`, 'mmwwiill国').width !== measure(`40px ${other}`, 'mmwwiill国').width)

const naturals = new Map<string, number>()

/** Height of a line as the font asks for it, as a part of the font's size. */
export function naturalLeading({ fontFamily, fontWeight, fontStyle }: CSSStyleDeclaration): number {
  const font = `${fontStyle} ${fontWeight} 100px ${fontFamily}`
  const known = naturals.get(font)
  if (known) return known
  const { fontBoundingBoxAscent, fontBoundingBoxDescent } = measure(font, 'x')
  const natural = (fontBoundingBoxAscent + fontBoundingBoxDescent) / 100 || 1.2
  naturals.set(font, natural)
  return natural
}

/** The look of the text that stands directly in an element. */
export function lookOf(element: Element, canvas: Canvas): Omit<Run, 'text'> {
  const style = getComputedStyle(element)
  const isSvg = element instanceof SVGElement
  const opacity = opacityOf(element)
  const lines = new Set<string>()
  let isDotted = false
  let link: string | number | undefined
  let ground = ''
  let raised = 0
  for (let at: Element | null = element; at && at !== canvas.slide; at = at.parentElement) {
    const own = getComputedStyle(at)
    if (!own.display.startsWith('inline') && own.display !== 'contents') break
    for (const line of own.textDecorationLine.split(' ')) lines.add(line)
    isDotted ||= own.textDecorationLine.includes('underline') && ['dotted', 'dashed'].includes(own.textDecorationStyle)
    if (own.display === 'inline') ground ||= colorOf(own.backgroundColor) ? own.backgroundColor : ''
    // Some style sheets raise them by their place alone.
    raised ||= at.matches('sup') || own.verticalAlign === 'super' ? 0.3 : at.matches('sub') || own.verticalAlign === 'sub' ? -0.25 : 0
  }
  const anchor = element.closest<HTMLAnchorElement>('a[href]')
  if (anchor && canvas.slide.contains(anchor)) link = targetOf(anchor)
  const color = solidColorOf(isSvg ? style.fill : style.color, element, opacity) ?? { rgb: '000000', alpha: 1 }
  const behind = ground ? colorOf(ground, opacity) : undefined
  return {
    family: familyOf(style.fontFamily),
    size: px(style.fontSize) * (element instanceof SVGGraphicsElement ? canvas.scaleOf(element) : 1),
    isBold: Number(style.fontWeight) >= 600,
    isItalic: style.fontStyle !== 'normal',
    isUnderlined: lines.has('underline'),
    isDotted,
    isStruck: lines.has('line-through'),
    color, raised,
    spacing: px(style.letterSpacing),
    lang: element.closest('[lang]')?.getAttribute('lang') ?? '',
    ...behind && { ground: behind },
    ...link !== undefined && { link },
  }
}

/** Ids of the deck's slides in their order, '' where one has none. */
let ids: readonly string[] = []
export const knowSlides = (given: readonly string[]) => ids = given

/** Where a link leads: to a slide, or elsewhere; nowhere where it leads to a file of the build. */
function targetOf({ href, hash, origin, pathname }: HTMLAnchorElement): string | number | undefined {
  if (origin !== location.origin) return href
  // By number or id, after a hash or as the last part of an address.
  const names = [hash.replace(/^#\/?/, ''), pathname.replace(/\/$/, '').split('/').at(-1) ?? '']
  const no = names.map(name => Number(name) || ids.indexOf(name) + 1).find(each => each > 0 && each <= ids.length)
  return no
}

function transformed(text: string, transform: string): string {
  if (transform === 'uppercase') return text.toUpperCase()
  if (transform === 'lowercase') return text.toLowerCase()
  return transform === 'capitalize' ? text.replace(/(?<!\p{L})\p{L}/gu, letter => letter.toUpperCase()) : text
}

/** A piece of text where it stands in the page. */
interface Piece {
  node: Text
  element: Element
}

/** The texts in some nodes that can be seen, in order; `br` for a break. What is not text is left out. */
function piecesIn(nodes: readonly Node[]): (Piece | 'br' | Element)[] {
  return nodes.flatMap((node): (Piece | 'br' | Element)[] => {
    if (node instanceof Text) return node.parentElement && getComputedStyle(node.parentElement).visibility === 'visible' ? [{ node, element: node.parentElement }] : []
    if (!(node instanceof Element) || !isShown(node)) return []
    if (node.tagName === 'BR') return ['br']
    if (node.matches(NO_TEXT)) return [node]
    return piecesIn([...node.childNodes])
  })
}

/**
 * The runs of one paragraph.
 * @param nodes that stand in one line or several below each other.
 * @param keepsLines whether it breaks where the browser breaks it.
 */
function runsOf(nodes: readonly Node[], canvas: Canvas, keepsLines: boolean): Run[] {
  const runs: Run[] = []
  let isBlankBefore = true
  const add = (text: string, look: Omit<Run, 'text'>) => {
    const last = runs.at(-1)
    if (last && last.text !== '\n' && text !== '\n' && JSON.stringify({ ...last, text: '' }) === JSON.stringify({ ...look, text: '' })) last.text += text
    else runs.push({ ...look, text })
  }
  const trimEnd = () => {
    const last = runs.at(-1)
    if (!last || last.text === '\n') return
    last.text = last.text.replace(/[ \t]+$/, '')
    if (!last.text) runs.pop()
  }
  let bottom = -Infinity
  for (const piece of piecesIn(nodes)) {
    if (piece === 'br') {
      trimEnd()
      const look = runs.at(-1)
      if (look) add('\n', look)
      isBlankBefore = true
      bottom = -Infinity
      continue
    }
    if (piece instanceof Element) {
      // Room for what stands there as an item of its own.
      const parent = piece.parentElement
      if (parent) add('\u00A0'.repeat(Math.max(1, Math.round(canvas.boxOf(piece).width / px(getComputedStyle(parent).fontSize) * 4))), lookOf(parent, canvas))
      isBlankBefore = false
      continue
    }
    const style = getComputedStyle(piece.element)
    const keepsBlanks = style.whiteSpaceCollapse === 'preserve' || style.whiteSpaceCollapse === 'break-spaces'
    const look = lookOf(piece.element, canvas)
    let text = ''
    const range = document.createRange()
    const value = piece.node.data
    for (let i = 0; i < value.length; i++) {
      const character = value[i] ?? ''
      if (!keepsBlanks && /[ \t\n\r\f]/.test(character)) {
        if (!isBlankBefore) text += ' '
        isBlankBefore = true
        continue
      }
      if (keepsLines && !/[\uDC00-\uDFFF]/.test(character)) {
        range.setStart(piece.node, i)
        range.setEnd(piece.node, i + 1)
        const rect = range.getClientRects()[0]
        if (rect && rect.width > 0) {
          if (rect.top > bottom - rect.height * 0.3 && bottom > -Infinity) {
            if (text) add(transformed(text, style.textTransform), look)
            trimEnd()
            if (runs.length > 0) add('\n', look)
            text = ''
            bottom = -Infinity
          }
          bottom = Math.max(bottom, rect.bottom)
        }
      }
      isBlankBefore = false
      text += character
    }
    if (text) add(transformed(text, style.textTransform), look)
  }
  trimEnd()
  while (runs.at(-1)?.text === '\n') runs.pop()
  return runs
}

/** How many lines some nodes take, and the width of the widest. */
export function linesOf(nodes: readonly Node[], canvas: Canvas): { count: number, width: number, left: number, right: number } {
  const rects = piecesIn(nodes).flatMap((piece) => {
    if (piece === 'br' || piece instanceof Element) return []
    const range = document.createRange()
    range.selectNodeContents(piece.node)
    return [...range.getClientRects()].filter(({ width }) => width > 0)
  }).map(rect => canvas.boxOf(rect))
  const rows: { top: number, bottom: number, left: number, right: number }[] = []
  for (const { x, y, width, height } of rects) {
    const row = rows.find(({ top, bottom }) => y + height / 2 > top && y + height / 2 < bottom)
    if (!row) rows.push({ top: y, bottom: y + height, left: x, right: x + width })
    else {
      row.left = Math.min(row.left, x)
      row.right = Math.max(row.right, x + width)
    }
  }
  const left = Math.min(...rows.map(row => row.left))
  const right = Math.max(...rows.map(row => row.right))
  return { count: rows.length, width: Math.max(0, ...rows.map(row => row.right - row.left)), left, right }
}

const ALIGNS: Readonly<Record<string, Align>> = { 'center': 'center', '-webkit-center': 'center', 'right': 'right', 'end': 'right', '-webkit-right': 'right', 'justify': 'justify' }

const alignOf = ({ textAlign }: CSSStyleDeclaration): Align => ALIGNS[textAlign] ?? 'left'

/** Height of a block's lines, as a part of what its font asks for. */
function leadingOf(style: CSSStyleDeclaration): number {
  const natural = naturalLeading(style)
  return style.lineHeight === 'normal' ? 1 : px(style.lineHeight) / px(style.fontSize) / natural
}

/** One paragraph of text with its breaks. @param style of the block that it stands in. */
export function paragraphOf(nodes: readonly Node[], style: CSSStyleDeclaration, canvas: Canvas, keepsLines = false): Paragraph | undefined {
  const runs = runsOf(nodes, canvas, keepsLines)
  if (runs.every(({ text }) => !text.trim())) return undefined
  const leading = leadingOf(style)
  return { runs, align: alignOf(style), leading, lineHeight: leading * naturalLeading(style) * px(style.fontSize), before: 0, level: 0, indent: 0, hanging: 0 }
}

const NUMBERING: Readonly<Record<string, string>> = {
  'decimal': 'arabicPeriod', 'lower-alpha': 'alphaLcPeriod', 'lower-latin': 'alphaLcPeriod', 'upper-alpha': 'alphaUcPeriod', 'upper-latin': 'alphaUcPeriod',
  'lower-roman': 'romanLcPeriod', 'upper-roman': 'romanUcPeriod', 'simp-chinese-informal': 'ea1ChsPeriod', 'cjk-decimal': 'ea1JpnChsDbPeriod', 'trad-chinese-informal': 'ea1ChtPeriod',
}
const BULLETS: Readonly<Record<string, string>> = { disc: '•', circle: '◦', square: '▪' }

/** The mark of an item of a list, where it has one. */
export function bulletOf(item: Element): Bullet | undefined {
  const { display, listStyleType, listStyleImage } = getComputedStyle(item)
  if (display !== 'list-item' || listStyleType === 'none' && listStyleImage === 'none') return undefined
  const color = colorOf(getComputedStyle(item, '::marker').color, opacityOf(item))
  const numbering = NUMBERING[listStyleType]
  if (numbering) {
    const list = item.closest<HTMLOListElement>('ol')
    const items = [...list?.children ?? []].filter(each => each.tagName === 'LI')
    const explicit = item.getAttribute('value')
    const start = explicit ? Number(explicit) : (list?.start ?? 1) + Math.max(0, items.indexOf(item))
    return { numbering, start, ...color && { color } }
  }
  return { character: BULLETS[listStyleType] ?? (/^["'](.*)["']$/.exec(listStyleType)?.[1]?.trim() || '•'), ...color && { color } }
}
