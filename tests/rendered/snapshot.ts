/** A rectangle in px of the slide's own canvas (980 wide), from its upper left corner. */
export interface Box { x: number, y: number, width: number, height: number }

/** How a colour stands out from what is behind it (WCAG 2.2); `problem` says why it could not be told. */
export interface Contrast { ratio: number, colour: string, behind: string, problem?: string }

/** A visible text node, or the text a `::before` or `::after` shows. */
export interface TextItem {
  text: string
  path: string
  /** Number of the block it stands in: texts of one block belong together. */
  block: number
  /** The block's border box; absent in a diagram. */
  blockBox?: Box
  /** Where its glyphs are inked, line by line; empty for a pseudo-element. */
  lines: Box[]
  /** Font size as painted. */
  size: number
  bold: boolean
  /** Names of the marks (see `Marks`) it stands in. */
  marks: string[]
  inSvg: boolean
  inFooter: boolean
  contrast: Contrast
  /** An ancestor that cuts it off. */
  cutBy?: string
  /** What is painted over it. */
  coveredBy?: string
}

/** A block of HTML text in its lines. */
export interface Block { path: string, tag: string, text: string, lines: string[], marks: string[] }

/** An element that paints a border or a background. */
export interface PaintedBox { path: string, box: Box, coversSlide: boolean, isDecoration: boolean, isFooter: boolean, containsFooter: boolean, cutBy?: string }

/** A visible shape of an SVG. */
export interface PaintedShape {
  path: string
  box: Box
  /** Number of the group (`<g>`) it belongs to. */
  group: number
  kind: 'shape' | 'line' | 'other'
  /** Class of its group: node, edge, event, group, note. */
  part: string
  /** Points along a line. */
  points: { x: number, y: number }[]
  hasPaint: boolean
  isDecoration: boolean
  cutBy?: string
}

/** A visible text of a diagram. */
export interface Label {
  text: string
  box: Box
  group: number
  part: string
  /** Whether it lies within the shape of its own group; absent where the group has none. */
  isInside?: boolean
}

/** Something drawn on the old or the new side. */
export interface SideItem { path: string, side: 'old' | 'new', isDashed: boolean, contrast: Contrast }

export interface DiagramItem {
  role: string
  name: string
  description: string
  paintedShapes: number
  labels: string[]
  /** Sides of the nodes that bear their id. */
  nodes: { id: string, side: string }[]
}

/** Everything that a slide paints in one state. */
export interface Snapshot {
  /** The slide that is shown, 0 where none or more than one is. */
  no: number
  headline: string
  /** Text of Slidev's error or loading page, '' where there is none. */
  placeholder: string
  width: number
  height: number
  texts: TextItem[]
  blocks: Block[]
  boxes: PaintedBox[]
  shapes: PaintedShape[]
  labels: Label[]
  sides: SideItem[]
  diagrams: DiagramItem[]
}

/** Selectors by name: texts in them are told apart by the rules. */
export type Marks = Readonly<Record<string, string>>

/** Reads the state that the page shows. Runs in the page, so it uses nothing from outside. */
export function takeSnapshot({ marks, decoration }: { marks: Marks, decoration: string }): Snapshot {
  interface Rgba { r: number, g: number, b: number, a: number }
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true })
  if (!canvas) throw new Error('The page has no canvas.')
  const isVisible = (el: Element) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const slides = [...document.querySelectorAll<HTMLElement>('#slideshow > [data-slidev-no]')].filter(el => el.checkVisibility())
  const slide = slides[0]
  if (!slide || slides.length !== 1) {
    return { no: 0, headline: '', placeholder: document.body.innerText.slice(0, 200), width: 0, height: 0, texts: [], blocks: [], boxes: [], shapes: [], labels: [], sides: [], diagrams: [] }
  }
  const origin = slide.getBoundingClientRect()
  const scale = origin.width / slide.offsetWidth

  const round = (n: number) => Math.round(n * 10) / 10
  const toBox = (left: number, top: number, right: number, bottom: number): Box =>
    ({ x: round((left - origin.left) / scale), y: round((top - origin.top) / scale), width: round((right - left) / scale), height: round((bottom - top) / scale) })
  const boxOf = (r: DOMRect) => toBox(r.left, r.top, r.right, r.bottom)

  /** From an element's own coordinates to the window's: WebKit's getScreenCTM knows nothing of transforms around a drawing. */
  const matrixOf = (el: SVGGraphicsElement) => {
    const drawing = el.ownerSVGElement ?? el
    const place = drawing.getBoundingClientRect()
    const zoom = place.width / drawing.clientWidth
    const own = el.getCTM()
    return own ? new DOMMatrix([zoom, 0, 0, zoom, place.x, place.y]).multiply(own) : null
  }

  const pathOf = (el: Element) => {
    const parts: string[] = []
    for (let at: Element | null = el; at && at !== slide && parts.length < 3; at = at.parentElement) {
      const names = [...at.classList].filter(name => !/^(?:slidev-vclick|slidev-layout)/.test(name)).join('.')
      parts.unshift(`${at.tagName.toLowerCase()}${names && `.${names}`}`)
    }
    return parts.join(' > ')
  }

  const numbers = new Map<Element, number>()
  const numberOf = (el: Element) => numbers.get(el) ?? (numbers.set(el, numbers.size + 1), numbers.size)

  const colours = new Map<string, Rgba>()
  const rgba = (css: string): Rgba => {
    const known = colours.get(css)
    if (known) return known
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = 'rgba(0,0,0,0)'
    canvas.fillStyle = css
    canvas.fillRect(0, 0, 1, 1)
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data
    const colour = css === 'none' ? { r: 0, g: 0, b: 0, a: 0 } : { r, g, b, a: a / 255 }
    colours.set(css, colour)
    return colour
  }
  const over = (top: Rgba, below: Rgba): Rgba => {
    const mix = (t: number, u: number) => t * top.a + u * (1 - top.a)
    return { r: mix(top.r, below.r), g: mix(top.g, below.g), b: mix(top.b, below.b), a: top.a + below.a * (1 - top.a) }
  }
  const luminance = ({ r, g, b }: Rgba) => {
    const linear = (c: number) => c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  }
  const hex = ({ r, g, b }: Rgba) => `#${[r, g, b].map(c => Math.round(c).toString(16).padStart(2, '0')).join('')}`
  const opacityOf = (el: Element) => {
    let opacity = 1
    for (let at: Element | null = el; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity)
    return opacity
  }
  const faded = (colour: Rgba, factor: number): Rgba => ({ ...colour, a: colour.a * factor })

  /** What an element paints at a point of the window: nothing, a colour, or a picture that no colour stands for. */
  const paintAt = (el: Element, x: number, y: number): Rgba | 'picture' | undefined => {
    const style = getComputedStyle(el)
    const opacity = opacityOf(el)
    if (el instanceof SVGGeometryElement) {
      const matrix = matrixOf(el)
      if (!matrix) return undefined
      const point = new DOMPoint(x, y).matrixTransform(matrix.inverse())
      if (style.stroke !== 'none' && el.isPointInStroke(point)) return faded(rgba(style.stroke), opacity * Number(style.strokeOpacity))
      if (style.fill !== 'none' && el.isPointInFill(point)) return style.fill.startsWith('url') ? 'picture' : faded(rgba(style.fill), opacity * Number(style.fillOpacity))
      return undefined
    }
    if (/^(?:img|image|canvas|video|iframe)$/i.test(el.tagName)) return 'picture'
    if (el instanceof SVGElement && !(el instanceof SVGSVGElement)) return undefined
    if (style.backgroundImage !== 'none') return 'picture'
    const colour = rgba(style.backgroundColor)
    return colour.a > 0 ? faded(colour, opacity) : undefined
  }

  const inSlide = (el: Element) => slide.contains(el) || el.contains(slide)
  const stackAt = (x: number, y: number) => document.elementsFromPoint(x, y).filter(el => inSlide(el) && isVisible(el))
  const backdrop = (stack: Element[], x: number, y: number): Rgba | 'picture' => {
    const layers: Rgba[] = []
    for (const el of stack) {
      const paint = paintAt(el, x, y)
      if (paint === 'picture') return 'picture'
      if (paint) layers.push(paint)
      if (paint && paint.a >= 0.999) break
    }
    return layers.reduceRight((below, layer) => over(layer, below), { r: 255, g: 255, b: 255, a: 1 })
  }
  const contrastOf = (colour: Rgba, behind: Rgba | 'picture'): Contrast => {
    if (behind === 'picture') return { ratio: 0, colour: hex(colour), behind: '', problem: 'a picture or gradient is behind it' }
    const seen = over(colour, behind)
    const [a, b] = [luminance(seen), luminance(behind)]
    return { ratio: Math.round((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) * 100) / 100, colour: hex(seen), behind: hex(behind) }
  }
  const worst = (all: Contrast[]) => all.reduce((low, each) => each.ratio < low.ratio ? each : low)

  /** The nearest element, from one upwards within the slide, that cuts off part of a box. */
  const cutBy = (first: Element | null, box: Box): string | undefined => {
    for (let at = first; at && slide.contains(at); at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at)
      if (overflowX === 'visible' && overflowY === 'visible') continue
      const outer = boxOf(at.getBoundingClientRect())
      const outsideX = box.x < outer.x - 1 || box.x + box.width > outer.x + outer.width + 1
      const outsideY = box.y < outer.y - 1 || box.y + box.height > outer.y + outer.height + 1
      if ((overflowX !== 'visible' && outsideX) || (overflowY !== 'visible' && outsideY)) return pathOf(at)
    }
    return undefined
  }
  const union = (boxes: Box[]): Box => {
    const [x, y] = [Math.min(...boxes.map(b => b.x)), Math.min(...boxes.map(b => b.y))]
    return { x, y, width: Math.max(...boxes.map(b => b.x + b.width)) - x, height: Math.max(...boxes.map(b => b.y + b.height)) - y }
  }

  const blockOf = (el: Element): Element => {
    const svgText = el.closest('text')
    if (svgText) return svgText
    let at = el
    while (at !== slide && at.parentElement && /^(?:inline|inline-block|contents)$/.test(getComputedStyle(at).display)) at = at.parentElement
    return at
  }
  const marksOf = (el: Element) => Object.entries(marks).filter(([, selector]) => el.closest(selector)).map(([name]) => name)

  /** Where the glyphs of a text node are inked. */
  const inkOf = (node: Text, style: CSSStyleDeclaration): Box[] => {
    canvas.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const measured = canvas.measureText(node.data.trim())
    const fontHeight = measured.fontBoundingBoxAscent + measured.fontBoundingBoxDescent
    const range = document.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()].filter(r => r.width > 0.5 && r.height > 0.5).map((r) => {
      const factor = r.height / fontHeight
      return toBox(r.left, r.top + (measured.fontBoundingBoxAscent - measured.actualBoundingBoxAscent) * factor, r.right, r.top + (measured.fontBoundingBoxAscent + measured.actualBoundingBoxDescent) * factor)
    })
  }

  const texts: TextItem[] = []
  const blockTexts = new Map<Element, Text[]>()
  const paintOfText = (style: CSSStyleDeclaration, el: Element) => {
    const isSvg = el instanceof SVGElement
    return faded(rgba(isSvg ? style.fill : style.color), opacityOf(el) * (isSvg ? Number(style.fillOpacity) : 1))
  }
  /** How much larger or smaller than the slide an element is drawn. */
  const zoomOf = (el: Element, block: Element) => {
    if (el instanceof SVGGraphicsElement) return (matrixOf(el)?.a ?? scale) / scale
    if (!(block instanceof HTMLElement) || block.offsetWidth < 20) return 1
    const zoom = block.getBoundingClientRect().width / block.offsetWidth / scale
    return Math.abs(zoom - 1) > 0.03 ? zoom : 1
  }
  const contrastAt = (el: Element, colour: Rgba, points: { x: number, y: number }[]) => {
    let coveredBy: string | undefined
    const contrasts = points.map(({ x, y }) => {
      const stack = stackAt(x, y)
      const own = stack.findIndex(each => each === el || each.contains(el) || el.contains(each))
      for (const above of stack.slice(0, Math.max(0, own))) {
        const paint = paintAt(above, x, y)
        if (paint && (paint === 'picture' || paint.a > 0.1)) coveredBy = pathOf(above)
      }
      return contrastOf(colour, backdrop(own < 0 ? stack : stack.slice(own), x, y))
    })
    return { contrast: worst(contrasts), coveredBy }
  }

  const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const el = node.parentElement
    if (!el || !node.data.trim() || el.closest('style, script, title, desc') || !isVisible(el)) continue
    const style = getComputedStyle(el)
    const lines = inkOf(node, style)
    if (lines.length === 0) continue
    const block = blockOf(el)
    const inSvg = el instanceof SVGElement
    if (!inSvg) blockTexts.set(block, [...blockTexts.get(block) ?? [], node])
    const points = lines.flatMap(({ x, y, width, height }) => [0.15, 0.5, 0.85].map(part =>
      ({ x: origin.left + (x + width * part) * scale, y: origin.top + (y + height / 2) * scale })))
    const { contrast, coveredBy } = contrastAt(el, paintOfText(style, el), points)
    const cut = cutBy(el, union(lines))
    texts.push({
      text: node.data.trim().replace(/\s+/g, ' '),
      path: pathOf(el),
      block: numberOf(block),
      ...!inSvg && { blockBox: boxOf(block.getBoundingClientRect()) },
      lines,
      size: round(Number.parseFloat(style.fontSize) * zoomOf(el, block)),
      bold: Number(style.fontWeight) >= 700,
      marks: marksOf(el),
      inSvg,
      inFooter: el.closest('footer') !== null,
      contrast,
      ...cut && { cutBy: cut },
      ...coveredBy && { coveredBy },
    })
  }

  const elements = [...slide.querySelectorAll('*')].filter(isVisible)
  for (const el of elements) {
    for (const pseudo of ['::before', '::after']) {
      const style = getComputedStyle(el, pseudo)
      if (style.display === 'none' || /^(?:none|normal|""|''|)$/.test(style.content) || el instanceof SVGElement) continue
      const rect = el.getBoundingClientRect()
      const { contrast } = contrastAt(el, faded(rgba(style.color), opacityOf(el) * Number(style.opacity)), [{ x: rect.left + 4, y: rect.top + rect.height / 2 }])
      texts.push({ text: style.content, path: pathOf(el) + pseudo, block: numberOf(el), lines: [], size: round(Number.parseFloat(style.fontSize)), bold: Number(style.fontWeight) >= 700, marks: marksOf(el), inSvg: false, inFooter: el.closest('footer') !== null, contrast })
    }
  }

  const blocks: Block[] = [...blockTexts].map(([block, nodes]) => {
    const lines: { y: number, height: number, text: string }[] = []
    const range = document.createRange()
    for (const node of nodes) {
      for (let i = 0; i < node.length; i++) {
        range.setStart(node, i)
        range.setEnd(node, i + 1)
        const rect = [...range.getClientRects()].find(r => r.width > 0 && r.height > 0)
        if (!rect) continue
        const [y, last] = [rect.top + rect.height / 2, lines.at(-1)]
        const char = node.data[i] ?? ''
        if (last && Math.abs(last.y - y) < Math.min(last.height, rect.height) / 2) last.text += char
        else lines.push({ y, height: rect.height, text: char })
      }
    }
    return { path: pathOf(block), tag: block.tagName.toLowerCase(), text: nodes.map(node => node.data).join(''), lines: lines.map(line => line.text.trim()).filter(Boolean), marks: marksOf(block) }
  })

  const footer = slide.querySelector('footer')
  const boxes: PaintedBox[] = []
  const sides: SideItem[] = []
  const sideOf = (el: Element) => el.classList.contains('old') ? 'old' as const : el.classList.contains('new') ? 'new' as const : undefined
  const columnSide = (el: Element) => el.matches('.comparison td:nth-child(2)') ? 'old' as const : el.matches('.comparison td:nth-child(3)') ? 'new' as const : undefined
  for (const el of elements) {
    if (!(el instanceof HTMLElement)) continue
    const style = getComputedStyle(el)
    const borders = (['Top', 'Right', 'Bottom', 'Left'] as const).map(edge =>
      ({ width: Number.parseFloat(style[`border${edge}Width`]), style: style[`border${edge}Style`], colour: style[`border${edge}Color`] }))
      .filter(border => border.width > 0 && border.style !== 'none' && rgba(border.colour).a > 0)
    const rect = el.getBoundingClientRect()
    const side = sideOf(el) ?? columnSide(el)
    if (side) {
      const at = { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 }
      const behind = backdrop(stackAt(at.x, at.y).filter(each => each !== el && each.contains(el)), at.x, at.y)
      const edge = borders[0]
      sides.push({
        path: pathOf(el),
        side,
        isDashed: borders.length > 0 && borders.every(border => border.style === 'dashed'),
        contrast: edge ? contrastOf(faded(rgba(edge.colour), opacityOf(el)), behind) : { ratio: 1, colour: '', behind: '', problem: 'it has no border' },
      })
    }
    if (borders.length === 0 && rgba(style.backgroundColor).a === 0 && style.backgroundImage === 'none' && !/^(?:img|video|canvas|iframe)$/i.test(el.tagName)) continue
    const box = boxOf(rect)
    const cut = cutBy(el.parentElement, box)
    boxes.push({
      path: pathOf(el),
      box,
      coversSlide: box.x <= 0.5 && box.y <= 0.5 && box.width >= slide.offsetWidth - 1 && box.height >= slide.offsetHeight - 1 && box.width <= slide.offsetWidth + 1 && box.height <= slide.offsetHeight + 1,
      isDecoration: el.closest(decoration) !== null,
      isFooter: footer?.contains(el) === true,
      containsFooter: footer !== null && el.contains(footer),
      ...cut && { cutBy: cut },
    })
  }

  const partOf = (group: Element | null) => ['node', 'edge', 'event', 'group', 'note', 'pill'].find(name => group?.classList.contains(name)) ?? ''
  const shapes: PaintedShape[] = []
  for (const el of elements) {
    if (!(el instanceof SVGGeometryElement) || el.closest('defs, clipPath, mask, marker')) continue
    const style = getComputedStyle(el)
    const matrix = matrixOf(el)
    const zoom = matrix?.a ?? scale
    const strokeWidth = style.stroke === 'none' || rgba(style.stroke).a === 0 ? 0 : Number.parseFloat(style.strokeWidth) * zoom
    // Its geometry's own box: only some browsers count its stroke to its rectangle.
    const own = el.getBBox()
    const corners = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([dx = 0, dy = 0]) => new DOMPoint(own.x + own.width * dx, own.y + own.height * dy).matrixTransform(matrix ?? undefined))
    const [across, down] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
    const box = toBox(Math.min(...across) - strokeWidth / 2, Math.min(...down) - strokeWidth / 2, Math.max(...across) + strokeWidth / 2, Math.max(...down) + strokeWidth / 2)
    const isLine = el.matches('.line, .lifeline')
    const at = (share: number) => {
      const point = el.getPointAtLength(el.getTotalLength() * share)
      return matrix ? new DOMPoint(point.x, point.y).matrixTransform(matrix) : point
    }
    const cut = cutBy(el.parentElement, box)
    const group = el.parentElement
    // What is solid is told apart by its fill.
    const side = group && el.matches('.shape, .line, .lifeline') && !group.matches('.pill, .hero:not(.edge)') ? sideOf(group) : undefined
    if (side) {
      const contrastAt = (share: number) => {
        const spot = at(share)
        // What the element is drawn on: its ancestors and what was drawn before it.
        const below = stackAt(spot.x, spot.y).filter(each => each !== el && !group?.contains(each) && (each.contains(el) || (each.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0))
        return contrastOf(faded(rgba(style.stroke), opacityOf(el) * Number(style.strokeOpacity)), backdrop(below, spot.x, spot.y))
      }
      // A line may cross another in one place. A shape is looked at where lines hardly ever end: they come to the middle of its side.
      const spots = isLine ? [0.35, 0.5, 0.65] : [el instanceof SVGCircleElement ? 0.25 : 0.1]
      sides.push({
        path: pathOf(el),
        side,
        isDashed: style.strokeDasharray !== 'none',
        contrast: (strokeWidth > 0 ? spots.map(contrastAt).toSorted((a, b) => a.ratio - b.ratio)[Math.floor(spots.length / 2)] : undefined) ?? { ratio: 1, colour: '', behind: '', problem: 'it has no stroke' },
      })
    }
    shapes.push({
      path: pathOf(el),
      box,
      group: group ? numberOf(group) : 0,
      kind: el.matches('.shape') ? 'shape' : isLine ? 'line' : 'other',
      part: partOf(group),
      points: isLine ? Array.from({ length: 81 }, (_, i) => at(i / 80)).map(({ x, y }) => ({ x: round((x - origin.left) / scale), y: round((y - origin.top) / scale) })) : [],
      hasPaint: strokeWidth > 0 || (style.fill !== 'none' && rgba(style.fill).a > 0),
      isDecoration: el.closest(decoration) !== null,
      ...cut && { cutBy: cut },
    })
  }

  const labels: Label[] = []
  const labelText = (el: Element) => (el.textContent ?? '').replace(/\s+/g, '')
  for (const el of elements) {
    if (!(el instanceof SVGTextElement) || !labelText(el)) continue
    const lines = texts.filter(item => item.block === numberOf(el)).flatMap(item => item.lines)
    if (lines.length === 0) continue
    const group = el.parentElement
    const own = group?.querySelector<SVGGeometryElement>(':scope > .shape')
    const box = union(lines)
    const inverse = own && matrixOf(own)?.inverse()
    const corners = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([dx = 0, dy = 0]) =>
      new DOMPoint(origin.left + (box.x + 1 + (box.width - 2) * dx) * scale, origin.top + (box.y + 1 + (box.height - 2) * dy) * scale))
    labels.push({
      text: labelText(el),
      box,
      group: group ? numberOf(group) : 0,
      part: partOf(group),
      ...own && inverse && { isInside: corners.every(corner => own.isPointInFill(corner.matrixTransform(inverse))) },
    })
  }

  const diagrams = [...slide.querySelectorAll('.diagram')].filter(isVisible).map((el): DiagramItem => ({
    role: el.getAttribute('role') ?? '',
    name: el.getAttribute('aria-label')?.trim() ?? '',
    description: (el.getAttribute('aria-describedby') ?? '').split(/\s+/).map(id => id && document.getElementById(id)?.textContent).join(' ').trim(),
    paintedShapes: elements.filter(each => el.contains(each) && each instanceof SVGGeometryElement && each.matches('.shape') && each.getBoundingClientRect().width > 1).length,
    labels: elements.filter(each => el.contains(each) && each instanceof SVGTextElement).map(labelText).filter(Boolean),
    nodes: [...el.querySelectorAll('[data-node]')].map(node => ({ id: node.getAttribute('data-node') ?? '', side: sideOf(node) ?? '' })),
  }))

  return {
    no: Number(slide.dataset['slidevNo']),
    headline: slide.querySelector('h1')?.textContent?.trim() ?? '',
    placeholder: slide.querySelector<HTMLElement>('.slidev-slide-loading, .slidev-layout.error')?.innerText ?? '',
    width: slide.offsetWidth,
    height: slide.offsetHeight,
    texts, blocks, boxes, shapes, labels, sides, diagrams,
  }
}
