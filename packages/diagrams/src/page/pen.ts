import type { Marks } from 'slidev-addon-deck/fences'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'

/** A number as drawings have it: to a tenth, and never -0. */
export const n = (value: number) => String(Math.round(value * 10) / 10 + 0)

const points = (all: readonly DOMPoint[]) => all.map(({ x, y }) => `${n(x)},${n(y)}`).join(' ')

/** What appears together: a node, an edge, a message, with its side and its step. */
export function group(type: string, { side, step }: Marks = {}, content: readonly string[], data: Readonly<Record<string, string | undefined>> = {}): string {
  return `<g${attributes({ 'class': [type, side].filter(Boolean).join(' '), 'data-step': step || undefined, ...data })}>${content.join('')}</g>`
}

/** A line with its heads and its label. Dots and thickness are for those of no side: a side has a stroke of its own. */
export function edge(stroke: 'dotted' | 'thick' | undefined, marks: Marks | undefined, content: readonly string[], data: Readonly<Record<string, string | undefined>> = {}): string {
  return group(stroke && !marks?.side ? `edge ${stroke}` : 'edge', marks, content, data)
}

/**
 * Writes what Mermaid laid out as plain shapes: no styles, no ids, no markers (they fail when an SVG stands in a page
 * twice), one `<text>` a label. Knows how far all that it has written reaches.
 */
export class Pen {
  private left = Infinity
  private top = Infinity
  private right = -Infinity
  private bottom = -Infinity
  private readonly toDrawing: DOMMatrix
  /** Of the label face, in px. */
  private readonly ascent: number

  /** @param font of labels, as CSS has it. */
  constructor(svg: SVGSVGElement, font: string) {
    this.toDrawing = screenMatrix(svg).inverse()
    // A text whose baseline is known.
    const probe = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'text'))
    probe.textContent = '国'
    probe.setAttribute('style', `font:${font};dominant-baseline:alphabetic`)
    this.ascent = -probe.getExtentOfChar(0).y
    probe.remove()
  }

  /** The whole drawing. @param scale how much larger than laid out it may be shown. */
  picture(body: string, scale: number): string {
    const margin = 2
    const [left, top] = [Math.floor(this.left - margin), Math.floor(this.top - margin)]
    const [width, height] = [Math.ceil(this.right + margin) - left, Math.ceil(this.bottom + margin) - top]
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${n(width * scale)}" height="${n(height * scale)}">${body}</svg>`
  }

  /** Makes room for a point. */
  reach(x: number, y: number): void {
    this.left = Math.min(this.left, x)
    this.right = Math.max(this.right, x)
    this.top = Math.min(this.top, y)
    this.bottom = Math.max(this.bottom, y)
  }

  /** Where a point of an element's own stands in the drawing. */
  at(el: SVGGraphicsElement, x: number, y: number): DOMPoint {
    return new DOMPoint(x, y).matrixTransform(this.matrixOf(el))
  }

  middle(el: SVGGraphicsElement): DOMPoint {
    const { x, y, width, height } = el.getBBox()
    return this.at(el, x + width / 2, y + height / 2)
  }

  /** The rows of a label as one text, where Mermaid put it or centred on a point. */
  label(text: SVGTextElement, centre?: DOMPoint): string {
    const rows = rowsOf(text, (x, y) => this.at(text, x, y))
    const [first, last] = [rows[0], rows.at(-1)]
    if (!first || !last) return ''
    const down = centre ? centre.y - (first.top + last.top + last.height) / 2 : 0
    return `<text>${rows.map((row) => {
      const x = centre?.x ?? row.x
      this.reach(x - row.width / 2, row.top + down)
      this.reach(x + row.width / 2, row.top + row.height + down)
      // Braces in pairs would be Vue's.
      return `<tspan x="${n(x)}" y="${n(row.top + down + this.ascent)}">${escapeHtml(row.content).replaceAll('{{', '{&#123;')}</tspan>`
    }).join('')}</text>`
  }

  labels(el: Element, centre?: DOMPoint): string {
    return [...el.querySelectorAll('text')].map(text => this.label(text, centre)).join('')
  }

  /** A ground for a label that stands on a line. */
  ground(el: Element): string {
    const text = [...el.querySelectorAll('text')].find(each => each.textContent?.trim())
    if (!text) return ''
    const { x, y, width, height } = text.getBBox()
    const corner = this.at(text, x, y)
    return `<rect class="ground" x="${n(corner.x - 5)}" y="${n(corner.y - 1)}" width="${n(width + 10)}" height="${n(height + 2)}"/>`
  }

  /** A shape of Mermaid's with its place, without its paint: as it is, or only the box it fills, with round ends or without. */
  shape(el: SVGGraphicsElement, as?: 'box' | 'pill'): string {
    const matrix = this.matrixOf(el)
    const { x, y, width, height } = el.getBBox()
    const [from, to] = [this.at(el, x, y), this.at(el, x + width, y + height)]
    this.reach(from.x - 1, from.y - 1)
    this.reach(to.x + 1, to.y + 1)
    if (el instanceof SVGRectElement || as) {
      const rx = as === 'pill' ? height / 2 : Math.min(Number(el.getAttribute('rx') ?? 0), height / 2)
      return `<rect class="shape" x="${n(from.x)}" y="${n(from.y)}" width="${n(width)}" height="${n(height)}"${rx ? ` rx="${n(rx)}"` : ''}/>`
    }
    if (el instanceof SVGCircleElement) return `<circle class="shape" cx="${n((from.x + to.x) / 2)}" cy="${n((from.y + to.y) / 2)}" r="${n(width / 2)}"/>`
    if (el instanceof SVGPolygonElement) return `<polygon class="shape" points="${points([...el.points].map(point => point.matrixTransform(matrix)))}"/>`
    const d = (el.getAttribute('d') ?? '').replace(/\s+/g, ' ').replace(/-?\d*\.?\d+(?:e-?\d+)?/g, value => n(Number(value)))
    return `<path class="shape" transform="translate(${n(matrix.e)} ${n(matrix.f)})" d="${d}"/>`
  }

  /** The end of a state diagram, where an element stands: a dot in a ring. */
  ring(el: SVGGraphicsElement): string {
    const { x, y } = this.middle(el)
    const r = el.getBBox().width / 2
    this.reach(x - r - 1, y - r - 1)
    this.reach(x + r + 1, y + r + 1)
    return `<circle class="line" cx="${n(x)}" cy="${n(y)}" r="${n(r)}"/><circle class="dot" cx="${n(x)}" cy="${n(y)}" r="${n(r / 2)}"/>`
  }

  /** A line of Mermaid's with its place, without its paint. */
  line(el: SVGGeometryElement, type = 'line'): string {
    const length = el.getTotalLength()
    for (let i = 0; i <= 20; i++) {
      const on = el.getPointAtLength(length * i / 20)
      const { x, y } = this.at(el, on.x, on.y)
      this.reach(x - 1, y - 1)
      this.reach(x + 1, y + 1)
    }
    if (el instanceof SVGLineElement) {
      const ends = [this.at(el, el.x1.baseVal.value, el.y1.baseVal.value), this.at(el, el.x2.baseVal.value, el.y2.baseVal.value)]
      return `<path class="${type}" d="${ends.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${n(x)},${n(y)}`).join('')}"/>`
    }
    const { e, f } = this.matrixOf(el)
    const d = (el.getAttribute('d') ?? '').replace(/(-?\d*\.?\d+(?:e-?\d+)?)[, ](-?\d*\.?\d+(?:e-?\d+)?)/g, (_, x, y) => `${n(Number(x) + e)},${n(Number(y) + f)}`)
    return `<path class="${type}" d="${d}"/>`
  }

  /** The arrow head at the end of a line, drawn out. @param tip how far beyond the line's end it reaches. */
  head(line: SVGGeometryElement, tip: number, atStart = false): string {
    const length = line.getTotalLength()
    const end = line.getPointAtLength(atStart ? 0 : length)
    const before = line.getPointAtLength(atStart ? Math.min(length, 6) : Math.max(0, length - 6))
    const angle = Math.atan2(end.y - before.y, end.x - before.x)
    const place = (along: number, across: number) =>
      this.at(line, end.x + Math.cos(angle) * along - Math.sin(angle) * across, end.y + Math.sin(angle) * along + Math.cos(angle) * across)
    const corners = [place(tip, 0), place(tip - 13, 6), place(tip - 13, -6)]
    for (const { x, y } of corners) this.reach(x, y)
    return `<polygon class="head" points="${points(corners)}"/>`
  }

  private matrixOf(el: SVGGraphicsElement): DOMMatrix {
    return this.toDrawing.multiply(screenMatrix(el))
  }
}

function screenMatrix(el: SVGGraphicsElement): DOMMatrix {
  const matrix = el.getScreenCTM()
  if (!matrix) throw new Error('The page does not show what is drawn.')
  return matrix
}

/** The rows of a text that hold anything, with the middle of each across, its top and its size. */
function rowsOf(text: SVGTextElement, at: (x: number, y: number) => DOMPoint) {
  const outer = [...text.querySelectorAll('tspan')].filter(row => !row.parentElement?.closest('tspan'))
  let index = 0
  return (outer.length > 0 ? outer : [text]).flatMap((row) => {
    const whole = row.textContent ?? ''
    const content = whole.replace(/\s+/g, ' ').trim()
    const first = index + whole.length - whole.trimStart().length
    index += whole.length
    if (!content) return []
    const [start, end] = [text.getExtentOfChar(first), text.getExtentOfChar(first + content.length - 1)]
    const [from, to] = [at(start.x, start.y), at(end.x + end.width, end.y + end.height)]
    return [{ content, x: (from.x + to.x) / 2, top: from.y, width: to.x - from.x, height: to.y - from.y }]
  })
}
