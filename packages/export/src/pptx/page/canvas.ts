import type { Box, Color, Point, Stroke } from '../model.ts'

/** A slide in the page, and how its elements' places in the window become places on it. */
export class Canvas {
  readonly slide: HTMLElement
  readonly width: number
  readonly height: number
  readonly no: number
  private readonly left: number
  private readonly top: number
  private readonly scale: number

  constructor(slide: HTMLElement) {
    const { left, top, width } = slide.getBoundingClientRect()
    this.slide = slide
    this.width = slide.offsetWidth
    this.height = slide.offsetHeight
    this.no = Number.parseInt(slide.id)
    this.left = left
    this.top = top
    this.scale = width / this.width
  }

  boxOf(of: Element | Range | DOMRect): Box {
    const { left, top, width, height } = of instanceof DOMRect ? of : of.getBoundingClientRect()
    return { x: (left - this.left) / this.scale, y: (top - this.top) / this.scale, width: width / this.scale, height: height / this.scale }
  }

  /** Takes points of an SVG element's own to the slide. */
  placeOf(element: SVGGraphicsElement): (point: Point) => Point {
    const matrix = element.getScreenCTM() ?? new DOMMatrix()
    return ({ x, y }) => {
      const on = new DOMPoint(x, y).matrixTransform(matrix)
      return { x: (on.x - this.left) / this.scale, y: (on.y - this.top) / this.scale }
    }
  }

  /** How much larger an SVG element's lengths are on the slide. */
  scaleOf(element: SVGGraphicsElement): number {
    const matrix = element.getScreenCTM()
    return matrix ? Math.hypot(matrix.a, matrix.b) / this.scale : 1
  }

  /** Whether a box is the whole slide. */
  isWhole({ x, y, width, height }: Box): boolean {
    return x < 2 && y < 2 && x + width > this.width - 2 && y + height > this.height - 2
  }
}

const colors = new Map<string, Color | undefined>()
let painter: CanvasRenderingContext2D | null | undefined

/** A colour as styles have it, in whatever notation; undefined where nothing is painted. @param opacity of what it paints. */
export function colorOf(css: string, opacity = 1): Color | undefined {
  if (!colors.has(css)) colors.set(css, readColor(css))
  const color = colors.get(css)
  return color && opacity > 0 ? { ...color, alpha: color.alpha * opacity } : undefined
}

function readColor(css: string): Color | undefined {
  if (css === 'none' || css === 'transparent') return undefined
  painter ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true })
  if (!painter) throw new Error('The browser paints no canvas.')
  painter.clearRect(0, 0, 1, 1)
  painter.fillStyle = css
  painter.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0, alpha = 0] = painter.getImageData(0, 0, 1, 1).data
  if (alpha === 0) return undefined
  return { rgb: hex([red, green, blue]), alpha: Math.round(alpha / 2.55) / 100 }
}

/**
 * A colour as it looks on what lies behind an element: not every program heeds that a text or a line is see-through.
 * @param opacity of what it paints.
 */
export function solidColorOf(css: string, element: Element, opacity: number): Color | undefined {
  const color = colorOf(css, opacity)
  if (!color || color.alpha >= 1) return color
  let ground: Color | undefined
  for (let at: Element | null = element; at && !ground; at = at.parentElement) {
    const behind = colorOf(getComputedStyle(at).backgroundColor)
    if (behind?.alpha === 1) ground = behind
  }
  const part = (rgb: string, i: number) => Number.parseInt(rgb.slice(2 * i, 2 * i + 2), 16)
  const mixed = [0, 1, 2].map(i => Math.round(part(color.rgb, i) * color.alpha + part(ground?.rgb ?? 'FFFFFF', i) * (1 - color.alpha)))
  return { rgb: hex(mixed), alpha: 1 }
}

const hex = (parts: readonly number[]) => parts.map(part => part.toString(16).padStart(2, '0')).join('').toUpperCase()

const opacities = new WeakMap<Element, number>()

/** How much of an element shows, with all that it stands in. */
export function opacityOf(element: Element): number {
  const known = opacities.get(element)
  if (known !== undefined) return known
  const own = Number(getComputedStyle(element).opacity)
  const all = element.classList.contains('print-slide-container') || !element.parentElement ? own : own * opacityOf(element.parentElement)
  opacities.set(element, all)
  return all
}

/** Whether anything of an element can be seen. What is in it may show though it is `hidden` itself. */
export function isShown(element: Element): boolean {
  const { display, opacity } = getComputedStyle(element)
  return display !== 'none' && Number(opacity) > 0
}

/** The number that a length in px begins with. */
export const px = (css: string) => Number.parseFloat(css) || 0

/** How an SVG element is stroked. */
export function strokeOf(element: SVGGraphicsElement, canvas: Canvas): Stroke | undefined {
  const style = getComputedStyle(element)
  const color = solidColorOf(style.stroke, element, opacityOf(element) * Number(style.strokeOpacity))
  const width = px(style.strokeWidth) * canvas.scaleOf(element)
  if (!color || width === 0) return undefined
  const dash = style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[\s,]+/).map(part => px(part) * canvas.scaleOf(element))
  return { color, width, dash, isRound: style.strokeLinecap === 'round' }
}

/** The strokes of an element's borders, side by side. */
export function bordersOf(element: Element): Partial<Record<'left' | 'top' | 'right' | 'bottom', Stroke>> {
  const style = getComputedStyle(element)
  const strokeOf = (width: string, kind: string, css: string): Stroke | undefined => {
    const color = solidColorOf(css, element, opacityOf(element))
    const size = px(width)
    if (!color || size === 0 || kind === 'none' || kind === 'hidden') return undefined
    return { color, width: size, dash: kind === 'dashed' ? [size * 3, size * 2] : kind === 'dotted' ? [size, size] : [] }
  }
  const all = {
    left: strokeOf(style.borderLeftWidth, style.borderLeftStyle, style.borderLeftColor),
    top: strokeOf(style.borderTopWidth, style.borderTopStyle, style.borderTopColor),
    right: strokeOf(style.borderRightWidth, style.borderRightStyle, style.borderRightColor),
    bottom: strokeOf(style.borderBottomWidth, style.borderBottomStyle, style.borderBottomColor),
  }
  return Object.fromEntries(Object.entries(all).filter(([, stroke]) => stroke)) as ReturnType<typeof bordersOf>
}
