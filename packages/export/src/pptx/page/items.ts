import type { Box, Color, Item, LineItem, Paragraph, PictureItem, ShapeItem, Stroke, TextItem } from '../model.ts'
import { bordersOf, type Canvas, colorOf, isShown, opacityOf, px } from './canvas.ts'
import { around } from '../boxes.ts'
import { diagramOf, isDrawn, shapesOf } from './svg.ts'
import { TABLES, tablesOf } from './tables.ts'
import { bulletOf, linesOf, NO_TEXT, paragraphOf } from './text.ts'

/** What is shown as a picture of itself. */
const PICTURES: readonly (readonly [string, PictureItem['what']])[] = [
  ['pre, .slidev-code-wrapper, .slidev-monaco-container', 'code'],
  ['.katex, math', 'formula'],
  ['iframe, object, embed, video', 'frame'],
  ['img, canvas', 'image'],
  ['.mermaid', 'drawing'],
]
/** Elements whose parts belong together. */
const GROUPS = 'aside, figure, blockquote, details, [role="group"]'
/** How much higher than its lines, in px, a frame is, so that none of a program's rounding takes its text for too long. */
const ROOM = 2
/** How much wider than its text, as a part of it, a frame is that is as wide as its text. */
const SLACK = 0.02
/** How wide a line, as a part of the slide, may run on where a program has a wider font: others break, and are set smaller. */
const NARROW = 0.4

let pictures = 0

/** A text item with the block it was found in: neighbours in one block become one frame. */
const frames = new WeakMap<TextItem, Element>()

/** What stands on a slide, in the order of reading, and the colour of its ground. */
export function itemsOf(canvas: Canvas): { items: Item[], background?: Color } {
  const reader = new Reader(canvas)
  const items = reader.read()
  return { items, ...reader.background && { background: reader.background } }
}

class Reader {
  background: Color | undefined
  private readonly canvas: Canvas
  private readonly title: Element | undefined

  constructor(canvas: Canvas) {
    this.canvas = canvas
    this.title = [...canvas.slide.querySelectorAll('h1')].find(heading => heading.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && heading.textContent?.trim())
      ?? [...canvas.slide.querySelectorAll('h2, h3')].find(heading => heading.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  }

  read(): Item[] {
    return this.element(this.canvas.slide)
  }

  /** What an element paints, with all that is in it. */
  private element(element: Element): Item[] {
    if (!isShown(element) || this.isClipped(element)) return []
    const kind = PICTURES.find(([selector]) => element.matches(selector))?.[1]
    if (kind || element.shadowRoot) return this.picture(element, kind ?? 'drawing')
    const { visibility } = getComputedStyle(element)
    if (element instanceof SVGSVGElement) return visibility === 'visible' ? this.svg(element) : []
    // Cells hold text alone: a table with pictures is its parts.
    if (element.matches(TABLES) && visibility === 'visible' && ![...element.querySelectorAll(NO_TEXT)].some(isShown)) return tablesOf(element, this.canvas)
    const ground = visibility === 'visible' ? this.ground(element) : []
    const inner = this.merged(this.children(element))
    const after = visibility === 'visible' ? this.pseudo(element, '::after') : []
    const before = visibility === 'visible' ? this.pseudo(element, '::before') : []
    const joined = this.withText(element, ground, inner)
    const items = joined ?? [...ground, ...before, ...inner]
    items.push(...after)
    if (!element.matches(GROUPS) || items.length < 2 || items.some(item => item.kind === 'text' && item.role)) return items
    return [{ kind: 'group', name: element.querySelector('.label')?.textContent?.trim() || element.getAttribute('aria-label') || element.tagName.toLowerCase(), alt: element.getAttribute('aria-label') ?? '', items }]
  }

  /** Whether it is there for screen readers alone. */
  private isClipped(element: Element): boolean {
    const { clipPath, clip, position } = getComputedStyle(element)
    return position === 'absolute' && (clip !== 'auto' || clipPath === 'inset(50%)')
  }

  private children(element: Element): Item[] {
    const items: Item[] = []
    let inline: Node[] = []
    const style = getComputedStyle(element)
    const isFlow = !/flex|grid/.test(style.display)
    const flush = () => {
      if (inline.length > 0) items.push(...this.text(element, inline))
      inline = []
    }
    for (const child of element.childNodes) {
      if (child instanceof Text) {
        if (child.data.trim() || inline.length > 0) inline.push(child)
        continue
      }
      if (!(child instanceof Element)) continue
      if (isFlow && this.isInline(child)) {
        if (isShown(child)) inline.push(child)
        continue
      }
      if (child.tagName === 'BR') {
        inline.push(child)
        continue
      }
      flush()
      items.push(...this.element(child))
    }
    flush()
    return items
  }

  /** Whether an element is part of a line of text. */
  private isInline(element: Element): boolean {
    const { display } = getComputedStyle(element)
    if (display === 'contents') return [...element.childNodes].every(child => child instanceof Text || child instanceof Element && this.isInline(child))
    return display.startsWith('inline') || element.tagName === 'BR' || display === 'none' || display === 'ruby'
  }

  /** The text of some nodes that stand in a block in one flow of lines, and what else stands in it. */
  private text(block: Element, nodes: readonly Node[]): Item[] {
    const style = getComputedStyle(block)
    const others = othersAmong(nodes).flatMap(other => this.element(other))
    const isInClauses = nodes.some(node => node instanceof Element && (node.matches('.clause') || node.querySelector('.clause')))
    const paragraph = paragraphOf(nodes, style, this.canvas, block === this.title || style.textWrapStyle === 'balance' || isInClauses)
    if (!paragraph) return others
    const { box, lines, isTight } = this.frameAround(block, nodes, style)
    if (isTight) {
      this.alignTight(paragraph, lines, style)
      // Programs that set Chinese and Latin letters apart need more: at the foot there is room for it.
      if (block.closest('footer')) box.width += px(style.fontSize)
      // The room that is more than its text lies where it grows.
      const part = { left: 0, justify: 0, center: 0.5, right: 1 }[paragraph.align]
      box.x -= (box.width - lines.width) * part
    }
    const isLine = lines.count <= 1 && block !== this.title && (isTight || paragraph.leading < 1)
    // In the middle of its line, however high a program takes its font to be.
    if (isLine) {
      const more = Math.max(0, (paragraph.lineHeight ?? 0) / paragraph.leading - box.height)
      box.y -= more / 2
      box.height += more
      setByItself(paragraph)
    }
    const item: TextItem = { kind: 'text', box, body: { paragraphs: [paragraph], wraps: !(isTight && lines.width < this.canvas.width * NARROW) && style.textWrapMode !== 'nowrap', anchor: isLine ? 'middle' : 'top', insets: { left: 0, top: 0, right: 0, bottom: 0 } } }
    const role = this.roleOf(block, paragraph)
    if (role) item.role = role
    if (role === 'pageNumber') for (const run of paragraph.runs) run.isPageNumber = true
    const list = block.closest('li')
    const isFirst = nodes[0] === [...block.childNodes].find(child => !(child instanceof Text) || child.data.trim())
    const bullet = list && isFirst && (block === list || list.firstElementChild === block) ? bulletOf(list) : undefined
    if (list && getComputedStyle(list).display === 'list-item') this.asItem(item, paragraph, list, bullet, style)
    frames.set(item, this.frameOf(block))
    return [item, ...others]
  }

  /** The frame of some nodes of a block: as wide as the block, or as their one line where nothing else has room there. */
  private frameAround(block: Element, nodes: readonly Node[], { lineHeight }: CSSStyleDeclaration) {
    const lines = linesOf(nodes, this.canvas)
    const range = document.createRange()
    const [first, last] = [nodes[0], nodes.at(-1)]
    if (first) range.setStartBefore(first)
    if (last) range.setEndAfter(last)
    const found = this.canvas.boxOf(range)
    const height = (px(lineHeight) || found.height / Math.max(1, lines.count)) * lines.count
    const isAlone = [...block.childNodes].every(child => nodes.includes(child) || child instanceof Comment || child instanceof Text && !child.data.trim())
    const across = isAlone ? this.contentBox(block) : { x: lines.left, width: Math.max(lines.right, this.rightOf(block, nodes) ?? lines.right) - lines.left }
    const isTight = lines.count <= 1 && across.width < lines.width * (1 + SLACK) + 2
    const box: Box = { ...isTight ? { x: lines.left, width: lines.width * (1 + SLACK) } : { x: across.x, width: across.width }, y: found.y + found.height / 2 - height / 2, height: height + ROOM }
    return { box, lines, isTight }
  }

  /** To where an anonymous stretch of text may run: its block's content edge, where nothing stands after it. */
  private rightOf(block: Element, nodes: readonly Node[]): number | undefined {
    const last = nodes.at(-1)
    const later = [...block.childNodes].slice([...block.childNodes].findIndex(child => child === last) + 1)
    if (later.some(child => child instanceof Element && isShown(child) && !/^(?:UL|OL|P|DIV)$/.test(child.tagName))) return undefined
    const { x, width } = this.contentBox(block)
    return x + width
  }

  /** A text in a frame as narrow as itself grows away from the margin that it stands at. */
  private alignTight(paragraph: Paragraph, { left, right }: { left: number, right: number }, { position }: CSSStyleDeclaration): void {
    const isAtRight = (left + right) / 2 > this.canvas.width * 0.6 && right > this.canvas.width * 0.8
    if (paragraph.align === 'left' && position !== 'absolute' && isAtRight) paragraph.align = 'right'
  }

  /** Makes a text an item of its list: with its mark, its level, and its frame as wide as the list. */
  private asItem(item: TextItem, paragraph: Paragraph, list: HTMLElement, bullet: Paragraph['bullet'], style: CSSStyleDeclaration): void {
    let level = 0
    for (let at: Element | null = list.parentElement; at && at !== this.canvas.slide; at = at.parentElement) if (at.matches('ul, ol')) level++
    paragraph.level = Math.max(0, level - 1)
    const outer = this.outermostList(list)
    const { x } = this.contentBox(outer)
    const edge = this.canvas.boxOf(outer).x
    // A bullet hangs to the left of its text: about an em and a half.
    const hanging = Math.min(px(style.fontSize) * 1.5, Math.max(item.box.x - edge, px(style.fontSize)))
    const start = Math.min(x, edge, item.box.x - hanging)
    if (bullet) paragraph.bullet = bullet
    paragraph.hanging = bullet ? hanging : 0
    paragraph.indent = item.box.x - start
    item.box = { ...item.box, x: start, width: item.box.width + item.box.x - start }
  }

  private outermostList(item: Element): Element {
    let outer: Element = item.parentElement ?? item
    for (let at = outer.parentElement; at && at !== this.canvas.slide; at = at.parentElement) if (at.matches('ul, ol')) outer = at
    return outer
  }

  /** The block whose texts are read as one: the list that an item is part of, else what a paragraph stands in. */
  private frameOf(block: Element): Element {
    const list = block.closest('li')
    if (list && getComputedStyle(list).display === 'list-item') return this.outermostList(list).parentElement ?? block
    return block.parentElement ?? block
  }

  private roleOf(block: Element, { runs }: Paragraph): TextItem['role'] {
    if (block === this.title) return 'title'
    if (!block.closest('footer')) return undefined
    return runs.map(({ text }) => text).join('') === String(this.canvas.no) ? 'pageNumber' : 'foot'
  }

  /** Makes one frame of texts that stand below each other in one block. */
  private merged(items: readonly Item[]): Item[] {
    const result: Item[] = []
    for (const item of items) {
      const last = result.at(-1)
      if (item.kind === 'text' && last?.kind === 'text' && this.continues(last, item)) this.append(last, item)
      else result.push(item)
    }
    return result
  }

  private continues(before: TextItem, item: TextItem): boolean {
    if (before.role || item.role || !before.body.wraps || !item.body.wraps || before.body.anchor !== 'top' || item.body.anchor !== 'top' || frames.get(before) !== frames.get(item)) return false
    const gap = gapBetween(before, item)
    return gap > -2 && gap < 60 && Math.abs(item.box.x - before.box.x) < 60 && Math.abs(item.box.x + item.box.width - before.box.x - before.box.width) < 40
  }

  private append(before: TextItem, item: TextItem): void {
    const gap = Math.max(0, gapBetween(before, item))
    const box = around([before.box, item.box])
    for (const [each, shift] of [[before, before.box.x - box.x], [item, item.box.x - box.x]] as const) for (const paragraph of each.body.paragraphs) paragraph.indent += shift
    const [first, ...rest] = item.body.paragraphs
    if (first) before.body.paragraphs.push({ ...first, before: gap }, ...rest)
    before.box = box
  }

  /** A shape with its text in it, where an element paints one and holds one text; undefined where it doesn't. */
  private withText(element: Element, ground: readonly Item[], inner: readonly Item[]): Item[] | undefined {
    const [shape] = ground
    const [text] = inner
    if (ground.length !== 1 || inner.length !== 1 || shape?.kind !== 'shape' || text?.kind !== 'text' || text.role) return undefined
    const { box, body } = text
    const [top, bottom] = [box.y - shape.box.y, shape.box.y + shape.box.height - box.y - box.height]
    const isMiddle = Math.abs(top - bottom) < 3
    const [line] = body.paragraphs
    if (isMiddle && line && body.paragraphs.length === 1 && box.height < (line.lineHeight ?? 0) * 1.5) setByItself(line)
    const isCentred = body.paragraphs.every(({ align }) => align === 'center') || Math.abs(box.x - shape.box.x - (shape.box.x + shape.box.width - box.x - box.width)) < 3 && !body.wraps
    if (isCentred) for (const paragraph of body.paragraphs) paragraph.align = 'center'
    return [{
      ...shape,
      name: element.textContent?.trim().slice(0, 40) || shape.name,
      body: {
        ...body,
        anchor: isMiddle ? 'middle' : 'top',
        insets: { left: isCentred ? 0 : Math.max(0, box.x - shape.box.x), top: isMiddle ? 0 : Math.max(0, top), right: isCentred ? 0 : Math.max(0, shape.box.x + shape.box.width - box.x - box.width), bottom: 0 },
      },
    }]
  }

  private contentBox(element: Element): Box {
    const { x, y, width, height } = this.canvas.boxOf(element)
    const style = getComputedStyle(element)
    const side = (name: 'Left' | 'Top' | 'Right' | 'Bottom') => px(style[`padding${name}`]) + px(style[`border${name}Width`])
    return { x: x + side('Left'), y: y + side('Top'), width: width - side('Left') - side('Right'), height: height - side('Top') - side('Bottom') }
  }

  /** An element's background and borders. */
  private ground(element: Element): Item[] {
    const style = getComputedStyle(element)
    const box = this.canvas.boxOf(element)
    if (box.width < 0.5 || box.height < 0.5 || style.display.startsWith('inline') && style.display === 'inline' || style.display === 'contents') return []
    const opacity = opacityOf(element)
    const fill = colorOf(style.backgroundColor, opacity)
    if (style.backgroundImage !== 'none' || style.maskImage !== 'none') return this.picture(element, 'drawing', true)
    if (fill && this.canvas.isWhole(box)) {
      this.background = fill
      return []
    }
    const borders = bordersOf(element)
    const sides = ['top', 'right', 'bottom', 'left'] as const
    const [top] = sides.map(side => borders[side])
    const isFramed = top && sides.every(side => JSON.stringify(borders[side]) === JSON.stringify(top))
    const outline = outlineOf(style, box)
    const items: Item[] = []
    if (fill || isFramed) {
      // Borders are painted inside of an element, outlines of shapes on their edge.
      const inset = isFramed ? top.width / 2 : 0
      const inner = { x: box.x + inset, y: box.y + inset, width: box.width - 2 * inset, height: box.height - 2 * inset }
      const shape: ShapeItem = { kind: 'shape', name: 'box', box: inner, outline, ...fill && { fill }, ...isFramed && { stroke: top } }
      items.push(shape)
    }
    if (!isFramed) {
      const { x, y, width, height } = box
      const lines: Partial<Record<typeof sides[number], (stroke: Stroke) => LineItem>> = {
        top: stroke => ({ kind: 'line', from: { x, y: y + stroke.width / 2 }, to: { x: x + width, y: y + stroke.width / 2 }, stroke }),
        bottom: stroke => ({ kind: 'line', from: { x, y: y + height - stroke.width / 2 }, to: { x: x + width, y: y + height - stroke.width / 2 }, stroke }),
        left: stroke => ({ kind: 'line', from: { x: x + stroke.width / 2, y }, to: { x: x + stroke.width / 2, y: y + height }, stroke }),
        right: stroke => ({ kind: 'line', from: { x: x + width - stroke.width / 2, y }, to: { x: x + width - stroke.width / 2, y: y + height }, stroke }),
      }
      for (const side of sides) {
        const stroke = borders[side]
        const line = stroke && lines[side]?.(stroke)
        if (line) items.push(line)
      }
    }
    return items
  }

  /** What styles add before or after an element, where it has a place of its own and no text. */
  private pseudo(element: Element, which: '::before' | '::after'): Item[] {
    const style = getComputedStyle(element, which)
    if (style.content === 'none' || style.content === 'normal' || style.position !== 'absolute' || style.display === 'none') return []
    const fill = colorOf(style.backgroundColor, opacityOf(element) * Number(style.opacity))
    if (!fill) return []
    const holder = getComputedStyle(element).position === 'static' ? (element as HTMLElement).offsetParent ?? this.canvas.slide : element
    const { x, y } = this.canvas.boxOf(holder)
    const { borderLeftWidth, borderTopWidth } = getComputedStyle(holder)
    const box: Box = { x: x + px(borderLeftWidth) + px(style.left), y: y + px(borderTopWidth) + px(style.top), width: px(style.width), height: px(style.height) }
    if (box.width === 0 || box.height === 0) return []
    return [{ kind: 'shape', name: 'mark', box, outline: outlineOf(style, box), fill }]
  }

  private svg(svg: SVGSVGElement): Item[] {
    const box = this.canvas.boxOf(svg)
    if (box.width < 1 || box.height < 1) return []
    if (isDrawn(svg)) return [diagramOf(svg, this.canvas)]
    const parts = shapesOf(svg, this.canvas)
    if (!parts) return this.picture(svg, 'drawing')
    const ground = this.ground(svg)
    const alt = svg.getAttribute('aria-label') ?? svg.querySelector('title')?.textContent ?? ''
    const shapes = parts.map((part): ShapeItem => ({ kind: 'shape', name: 'drawing', ...part }))
    if (shapes.length + ground.length < 2) return [...ground, ...shapes.map(shape => ({ ...shape, ...alt && { alt } }))]
    return [{ kind: 'group', name: alt || 'drawing', alt, items: [...ground, ...shapes] }]
  }

  /** @param isGround whether only what it paints itself is meant, without what is in it. */
  private picture(element: Element, what: PictureItem['what'], isGround = false): Item[] {
    const box = this.canvas.boxOf(element)
    if (box.width < 1 || box.height < 1 || getComputedStyle(element).visibility !== 'visible') return []
    const id = String(++pictures)
    element.setAttribute(isGround ? 'data-ground-picture' : 'data-picture', id)
    const alt = isGround ? '' : element.getAttribute('alt') ?? element.getAttribute('aria-label') ?? element.getAttribute('title') ?? element.textContent?.trim() ?? ''
    return [{ kind: 'picture', box, alt, what, id }]
  }
}

/** What is no text among some nodes, without what is in it. */
function othersAmong(nodes: readonly Node[]): Element[] {
  const all = nodes.flatMap(node => node instanceof Element ? [...node.matches(NO_TEXT) ? [node] : [], ...node.querySelectorAll(NO_TEXT)] : [])
  return all.filter(each => !all.some(other => other !== each && other.contains(each)))
}

/** Gives a paragraph's one line the height that its font asks for. */
function setByItself(paragraph: Paragraph): void {
  paragraph.leading = 1
  delete paragraph.lineHeight
}

/** From the last line of a text to the first of another. */
const gapBetween = (before: TextItem, item: TextItem) => item.box.y - before.box.y - before.box.height + ROOM

/** The outline of what an element paints: as it is clipped, else a box with its corners. */
function outlineOf(style: CSSStyleDeclaration, box: Box): ShapeItem['outline'] {
  const polygon = /^polygon\((?:\w+,)?(.*)\)$/.exec(style.clipPath)?.[1]
  if (polygon) {
    const length = (css: string, whole: number) => css.endsWith('%') ? px(css) / 100 * whole : px(css)
    const points = polygon.split(',').map((pair) => {
      const [x = '0', y = '0'] = pair.trim().split(/\s+/)
      return { x: box.x + length(x, box.width), y: box.y + length(y, box.height) }
    })
    return { kind: 'path', segments: [...points.map((to, i) => ({ to, ...i === 0 && { isMove: true } })), 'close'] }
  }
  const corner = style.borderTopLeftRadius
  const radius = corner.endsWith('%') ? px(corner) / 100 * Math.min(box.width, box.height) : px(corner)
  const half = Math.min(box.width, box.height) / 2
  if (radius >= half - 0.5 && Math.abs(box.width - box.height) < 1) return { kind: 'ellipse' }
  return { kind: 'box', radius: Math.min(radius, half) }
}
