import { absolutize, normalize, parsePath } from 'path-data-parser'
import type { Box, DiagramEdge, DiagramItem, DiagramNode, DiagramPart, Label, Outline, Paragraph, Point, Run, Segment } from '../model.ts'
import { around } from '../boxes.ts'
import { type Canvas, colorOf, isShown, opacityOf, strokeOf } from './canvas.ts'
import { lookOf, naturalLeading } from './text.ts'

/** A drawn diagram's parts, by the first class of their groups (src/page/ of slidev-addon-diagrams). */
const PARTS = 'g:is(.node, .group, .edge, .note, .pill, .event)'

const isVisible = (element: Element) => getComputedStyle(element).visibility === 'visible' && isShown(element) && (element.parentElement === null || opacityOf(element) > 0)

/** A shape's outline on the slide, with the box it fills; undefined for an element that has none. */
export function outlineOf(element: SVGGraphicsElement, canvas: Canvas): { outline: Outline, box: Box } | undefined {
  const place = canvas.placeOf(element)
  const { x, y, width, height } = element.getBBox()
  const corners = [{ x, y }, { x: x + width, y }, { x: x + width, y: y + height }, { x, y: y + height }].map(place)
  const box = around(corners.map(corner => ({ ...corner, width: 0, height: 0 })))
  const scale = canvas.scaleOf(element)
  const isUpright = Math.abs((corners[0]?.y ?? 0) - (corners[1]?.y ?? 0)) < 0.5
  if (element instanceof SVGRectElement && isUpright) return { outline: { kind: 'box', radius: (element.rx.baseVal.value || element.ry.baseVal.value) * scale }, box }
  if ((element instanceof SVGCircleElement || element instanceof SVGEllipseElement) && isUpright) return { outline: { kind: 'ellipse' }, box }
  const segments = segmentsOf(element, place)
  if (segments.length === 0) return undefined
  return { outline: isDiamond(segments, box) ? { kind: 'diamond' } : { kind: 'path', segments }, box: element instanceof SVGPathElement ? around(pointsIn(segments).map(point => ({ ...point, width: 0, height: 0 }))) : box }
}

/** Points that a path goes through or is drawn to. */
const pointsIn = (segments: readonly Segment[]): Point[] => segments.flatMap(segment => segment === 'close' ? [] : [segment.out ?? segment.to, segment.into ?? segment.to, segment.to])

/** Where an SVG shape's outline goes on the slide. */
export function segmentsOf(element: SVGGraphicsElement, place: (point: Point) => Point): Segment[] {
  const line = (points: readonly Point[], isClosed: boolean): Segment[] => [...points.map((point, i) => ({ to: place(point), ...i === 0 && { isMove: true } })), ...isClosed ? ['close' as const] : []]
  if (element instanceof SVGPolygonElement || element instanceof SVGPolylineElement) return line([...element.points], element instanceof SVGPolygonElement)
  if (element instanceof SVGLineElement) return line([{ x: element.x1.baseVal.value, y: element.y1.baseVal.value }, { x: element.x2.baseVal.value, y: element.y2.baseVal.value }], false)
  if (element instanceof SVGRectElement) {
    const { x, y, width, height } = element.getBBox()
    return line([{ x, y }, { x: x + width, y }, { x: x + width, y: y + height }, { x, y: y + height }], true)
  }
  if (!(element instanceof SVGPathElement)) return []
  return normalize(absolutize(parsePath(element.getAttribute('d') ?? ''))).map(({ key, data }): Segment => {
    const at = (i: number) => place({ x: data[i] ?? 0, y: data[i + 1] ?? 0 })
    if (key === 'M') return { to: at(0), isMove: true }
    if (key === 'L') return { to: at(0) }
    return key === 'C' ? { out: at(0), into: at(2), to: at(4) } : 'close'
  })
}

function isDiamond(segments: readonly Segment[], { x, y, width, height }: Box): boolean {
  const points = segments.flatMap(segment => segment === 'close' || segment.out ? [] : [segment.to])
  if (segments.at(-1) !== 'close' || points.length !== 4) return false
  const middles = [{ x: x + width / 2, y }, { x: x + width, y: y + height / 2 }, { x: x + width / 2, y: y + height }, { x, y: y + height / 2 }]
  return middles.every(middle => points.some(point => Math.hypot(point.x - middle.x, point.y - middle.y) < 1))
}

const fillOf = (element: SVGGraphicsElement) => {
  const { fill, fillOpacity } = getComputedStyle(element)
  return colorOf(fill, opacityOf(element) * Number(fillOpacity))
}

function partOf(element: SVGGraphicsElement, canvas: Canvas): DiagramPart | undefined {
  const found = outlineOf(element, canvas)
  if (!found) return undefined
  const fill = fillOf(element)
  const stroke = strokeOf(element, canvas)
  return { ...found, ...fill && { fill }, ...stroke && { stroke } }
}

/** The shapes of an SVG that is no diagram; undefined where it holds what has no native form. */
export function shapesOf(svg: SVGSVGElement, canvas: Canvas): DiagramPart[] | undefined {
  const parts: DiagramPart[] = []
  for (const element of svg.querySelectorAll<SVGElement>('*')) {
    if (element.closest('defs, title, desc, metadata') || element instanceof SVGGElement) continue
    if (!(element instanceof SVGGeometryElement)) return undefined
    const { filter, clipPath, mask, fill, stroke } = getComputedStyle(element)
    if ([filter, clipPath, mask].some(each => each !== 'none' && each !== '') || [fill, stroke].some(paint => paint.startsWith('url('))) return undefined
    if (!isVisible(element)) continue
    const part = partOf(element, canvas)
    if (part && (part.fill || part.stroke)) parts.push(part)
  }
  return parts.length <= MOST_SHAPES ? parts : undefined
}

/** A drawing of more shapes is better moved as one picture. */
const MOST_SHAPES = 60

/** Whether an SVG is a diagram as slidev-addon-diagrams draws it. */
export const isDrawn = (svg: SVGSVGElement) => svg.parentElement?.matches('.diagram') === true && svg.querySelector(PARTS) !== null

/** A drawn diagram: what of it shows at this click. */
export function diagramOf(svg: SVGSVGElement, canvas: Canvas): DiagramItem {
  const holder = svg.parentElement
  const elements: DiagramItem['elements'] = []
  for (const child of svg.children) {
    if (!(child instanceof SVGGraphicsElement) || !isVisible(child)) continue
    const element = child.matches('g.edge') ? edgeOf(child, canvas) : nodeOf(child, canvas)
    if (element) elements.push(element)
  }
  return {
    kind: 'diagram',
    title: holder?.getAttribute('aria-label') ?? '',
    description: document.getElementById(holder?.getAttribute('aria-describedby') ?? '')?.textContent?.trim() ?? '',
    box: canvas.boxOf(svg),
    elements,
    isState: holder?.closest('.moving') !== null,
  }
}

function nodeOf(group: SVGGraphicsElement, canvas: Canvas): DiagramNode | undefined {
  const shapes = (group instanceof SVGGeometryElement ? [group] : [...group.children]).filter(child => child instanceof SVGGeometryElement)
  const main = shapes.find(shape => shape.matches('.shape')) ?? shapes[0]
  const found = main && partOf(main, canvas)
  const text = group instanceof SVGTextElement ? group : group.querySelector('text')
  const drawn = text ? labelOf(text, canvas) : undefined
  const label = drawn && found ? fittedTo(found, drawn) : drawn
  const box = found?.box ?? label?.box
  if (!box) return undefined
  const parts = shapes.filter(shape => shape !== main).flatMap(shape => partOf(shape, canvas) ?? [])
  return { kind: 'node', id: group.dataset['node'] ?? group.dataset['of'] ?? '', ...found, box, parts, ...label && { label } }
}

/** How much wider than the deck's own a face may be that stands in for it: DejaVu Sans, LibreOffice's, sets Latin letters so much wider. Chinese is as wide in any. */
const STAND_IN = 1.25
/** px that a label then still has at each side. */
const SIDE = 1

/** A label as large as it may be to stay within its shape in a wider face as well: in few shapes it is drawn larger. */
function fittedTo({ outline, box }: Pick<DiagramPart, 'outline' | 'box'>, label: Label): Label {
  const width = label.box.width
  const own = Math.max(...label.paragraphs.map(({ runs }) => runs.reduce((sum, { text, size }) => sum + size * [...text].filter(character => WIDE.test(character)).length, 0)))
  const wider = Math.min(own, width) + Math.max(0, width - own) * STAND_IN
  const centre = label.box.x + width / 2
  const across = 2 * Math.min(centre - box.x, box.x + box.width - centre)
  const room = (outline.kind === 'ellipse' ? Math.sqrt(Math.max(0, across ** 2 - label.box.height ** 2)) : across) - 2 * SIDE
  const part = room / wider
  if (part >= 1) return label
  return { ...label, paragraphs: label.paragraphs.map(paragraph => ({ ...paragraph, runs: paragraph.runs.map(run => ({ ...run, size: run.size * part })) })) }
}

const WIDE = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u

function edgeOf(group: SVGGraphicsElement, canvas: Canvas): DiagramEdge | undefined {
  const line = group.querySelector<SVGPathElement>('path.line')
  const stroke = line && strokeOf(line, canvas)
  if (!line || !stroke) return undefined
  const heads = [...group.querySelectorAll<SVGPolygonElement>('polygon.head')].flatMap((head) => {
    const [tip, left, right] = [...head.points].map(canvas.placeOf(head))
    if (!tip || !left || !right) return []
    return [{ tip, width: Math.hypot(left.x - right.x, left.y - right.y), length: Math.hypot(tip.x - (left.x + right.x) / 2, tip.y - (left.y + right.y) / 2) }]
  })
  const text = group.querySelector('text')
  const label = text ? labelOf(text, canvas) : undefined
  const plate = group.querySelector<SVGGraphicsElement>('.ground')
  const ground = plate ? fillOf(plate) : undefined
  return {
    kind: 'edge', from: group.dataset['from'] ?? '', to: group.dataset['to'] ?? '',
    segments: segmentsOf(line, canvas.placeOf(line)), stroke, heads,
    ...label && { label: { ...label, ...ground && { ground } } },
  }
}

/** A text in a drawing: what stands on one height is a row, each row a paragraph. */
function labelOf(text: SVGTextElement, canvas: Canvas): Label | undefined {
  const rows: { y: number, natural: number, runs: Run[] }[] = []
  const leaves = text.children.length > 0 ? [...text.querySelectorAll<SVGTSpanElement>('tspan')].filter(span => span.children.length === 0) : [text]
  for (const leaf of leaves) {
    const content = (leaf.textContent ?? '').trim()
    if (!content) continue
    const look = lookOf(leaf, canvas)
    const at = leaf.getStartPositionOfChar(0)
    const { y } = canvas.placeOf(text)({ x: at.x, y: at.y })
    const row = rows.find(each => Math.abs(each.y - y) < 1)
    if (row) row.runs.push({ ...look, text: ` ${content}` })
    else rows.push({ y, natural: naturalLeading(getComputedStyle(leaf)), runs: [{ ...look, text: content }] })
  }
  if (rows.length === 0) return undefined
  const paragraphs = rows.map(({ y, natural, runs }, i): Paragraph => {
    const size = Math.max(...runs.map(run => run.size))
    const pitch = i > 0 ? y - (rows[i - 1]?.y ?? y) : (rows[1]?.y ?? 0) - y
    return { runs, align: 'center', ...rows.length > 1 ? { leading: pitch / size / natural, lineHeight: pitch } : { leading: 1 }, before: 0, level: 0, indent: 0, hanging: 0 }
  })
  const { x, y, width, height } = text.getBBox()
  const [from, to] = [{ x, y }, { x: x + width, y: y + height }].map(canvas.placeOf(text))
  if (!from || !to) return undefined
  return { box: { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y }, paragraphs }
}
