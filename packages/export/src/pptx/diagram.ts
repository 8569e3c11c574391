import type { Box, DiagramEdge, DiagramItem, DiagramNode, DiagramPart, Outline, Point, Segment } from './model.ts'
import { gap, nearestOnLine, pointsOf, routeOf, type Route, type Site } from './connectors.ts'

/** How far, in px, an edge may end from a site that its shape has anyway, before it gets one of its own. */
const NEAR = 7
/** How far, in px, from a shape an edge may end that does not say what it joins. */
const REACH = 16
/** Width of what stands in for a place where lines meet and nothing is painted. */
const JUNCTION = 2

/** A shape that connectors are attached to. */
export interface Anchor {
  box: Box
  outline: Outline
  /** Sites that edges need beside those that every such shape has. */
  sites: Point[]
}

/** An edge with what it is attached to. */
export interface Attached {
  edge: DiagramEdge
  route: Route
  start?: { anchor: Anchor, index: number }
  end?: { anchor: Anchor, index: number }
}

/** A diagram's shapes with their sites, and its edges joined to them. */
export interface Joined {
  /** By what is painted: a node's shape, or the part of it that edges end at. */
  anchors: ReadonlyMap<DiagramNode | DiagramPart, Anchor>
  /** Places where lines meet, by the id that edges have for them. */
  junctions: ReadonlyMap<string, Anchor>
  edges: ReadonlyMap<DiagramEdge, Attached>
}

const SIDES = [{ x: 0.5, y: 0 }, { x: 0, y: 0.5 }, { x: 0.5, y: 1 }, { x: 1, y: 0.5 }]
const DIAGONAL = Math.SQRT1_2 / 2
/** In the order that PowerPoint counts them in. */
const ROUND = [{ x: 0.5, y: 0 }, { x: 0.5 - DIAGONAL, y: 0.5 - DIAGONAL }, { x: 0, y: 0.5 }, { x: 0.5 - DIAGONAL, y: 0.5 + DIAGONAL }, { x: 0.5, y: 1 }, { x: 0.5 + DIAGONAL, y: 0.5 + DIAGONAL }, { x: 1, y: 0.5 }, { x: 0.5 + DIAGONAL, y: 0.5 - DIAGONAL }]

/** The sites that a shape has by itself; of one with an outline of its own they are those of its box. */
export function ownSites({ box, outline }: Pick<Anchor, 'box' | 'outline'>): Site[] {
  return (outline.kind === 'ellipse' ? ROUND : SIDES).map(({ x, y }, index) => ({ index, x: box.x + box.width * x, y: box.y + box.height * y }))
}

/** The place on a shape's outline that is nearest to a point. */
export function nearestOn({ box, outline }: Pick<Anchor, 'box' | 'outline'>, { x, y }: Point): Point {
  const { x: left, y: top, width, height } = box
  const centre = { x: left + width / 2, y: top + height / 2 }
  if (outline.kind === 'ellipse') {
    const angle = Math.atan2((y - centre.y) / (height || 1), (x - centre.x) / (width || 1))
    return { x: centre.x + Math.cos(angle) * width / 2, y: centre.y + Math.sin(angle) * height / 2 }
  }
  if (outline.kind === 'diamond' || outline.kind === 'path') {
    const corners = outline.kind === 'path' ? pointsOf(outline.segments) : [{ x: centre.x, y: top }, { x: left + width, y: centre.y }, { x: centre.x, y: top + height }, { x: left, y: centre.y }, { x: centre.x, y: top }]
    const on = corners.slice(1).map((corner, i) => nearestOnLine(corners[i] ?? corner, corner, { x, y }))
    return on.toSorted((a, b) => gap(a, { x, y }) - gap(b, { x, y }))[0] ?? centre
  }
  const inside = { x: Math.min(Math.max(x, left), left + width), y: Math.min(Math.max(y, top), top + height) }
  const gaps: [number, Point][] = [
    [inside.x - left, { x: left, y: inside.y }], [left + width - inside.x, { x: left + width, y: inside.y }],
    [inside.y - top, { x: inside.x, y: top }], [top + height - inside.y, { x: inside.x, y: top + height }],
  ]
  return gaps.toSorted(([a], [b]) => a - b)[0]?.[1] ?? inside
}

/** Which ends of an edge have heads. */
export function headsOf(edge: DiagramEdge): { start?: DiagramEdge['heads'][number], end?: DiagramEdge['heads'][number] } {
  const points = pointsOf(edge.segments)
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return {}
  const start = edge.heads.find(({ tip }) => gap(tip, first) < gap(tip, last))
  const end = edge.heads.find(({ tip }) => gap(tip, first) >= gap(tip, last))
  return { ...start && { start }, ...end && { end } }
}

/** Where an edge ends: the tip of its head where it has one there. */
function endsOf(edge: DiagramEdge): [Point, Point] {
  const points = pointsOf(edge.segments)
  const { start, end } = headsOf(edge)
  return [start?.tip ?? points[0] ?? { x: 0, y: 0 }, end?.tip ?? points.at(-1) ?? { x: 0, y: 0 }]
}

/** Joins a diagram's edges to its shapes, at the sites nearest to where they end. */
export function join({ elements }: Pick<DiagramItem, 'elements'>): Joined {
  const nodes = elements.filter(element => element.kind === 'node')
  const edges = elements.filter(element => element.kind === 'edge')
  const anchors = new Map<DiagramNode | DiagramPart, Anchor>()
  const targets = new Map<string, Anchor[]>()
  for (const node of nodes) {
    for (const part of [node, ...node.parts]) {
      // Words without a shape are met at the box they fill.
      const anchor: Anchor = { box: part.box, outline: part.outline ?? { kind: 'box', radius: 0 }, sites: [] }
      anchors.set(part, anchor)
      if (node.id) targets.set(node.id, [...targets.get(node.id) ?? [], anchor])
    }
  }
  const junctions = new Map<string, Anchor>()
  const find = (id: string, at: Point): Anchor | undefined => {
    const known = targets.get(id)
    if (known) return known.toSorted((a, b) => gap(nearestOn(a, at), at) - gap(nearestOn(b, at), at))[0]
    if (id) {
      const junction = junctions.get(id) ?? { box: { x: at.x - JUNCTION / 2, y: at.y - JUNCTION / 2, width: JUNCTION, height: JUNCTION }, outline: { kind: 'ellipse' }, sites: [] }
      junctions.set(id, junction)
      return junction
    }
    const [nearest] = [...anchors.values()].map(anchor => [gap(nearestOn(anchor, at), at), anchor] as const).toSorted(([a], [b]) => a - b)
    return nearest && nearest[0] <= REACH ? nearest[1] : undefined
  }
  /** A site of the shape at a point. */
  const siteAt = (anchor: Anchor, at: Point): Site => {
    const on = nearestOn(anchor, at)
    const own = ownSites(anchor)
    const [site] = own.toSorted((a, b) => gap(a, on) - gap(b, on))
    if (site && gap(site, on) <= NEAR) return site
    const known = anchor.sites.findIndex(point => gap(point, on) < 1)
    if (known >= 0) return { ...on, index: own.length + known }
    return { ...on, index: own.length + anchor.sites.push(on) - 1 }
  }
  const attached = edges.map((edge): [DiagramEdge, Attached] => {
    const [from, to] = endsOf(edge)
    const [start, end] = [find(edge.from, from), find(edge.to, to)]
    const a = start && siteAt(start, from)
    let b = end && siteAt(end, to)
    let route = routeOf(edge.segments, a ?? from, b ?? to)
    if (end && b && goesAround(route)) {
      const inside = { x: b.x + (route.turn ? 0 : Math.sign(end.box.x + end.box.width / 2 - b.x)), y: b.y + (route.turn ? Math.sign(end.box.y + end.box.height / 2 - b.y) : 0) }
      b = { ...inside, index: ownSites(end).length + end.sites.push(inside) - 1 }
      route = routeOf(edge.segments, a ?? from, b)
    }
    return [edge, { edge, route, ...start && a && { start: { anchor: start, index: a.index } }, ...end && b && { end: { anchor: end, index: b.index } } }]
  })
  return { anchors, junctions, edges: new Map(attached) }
}

/**
 * Whether a connector's ends lie level and it bends beside them. PowerPoint says where in parts of how far they lie apart, and LibreOffice
 * makes a straight line of it where that is nothing: one end has to lie a px inside of its shape.
 */
const goesAround = ({ preset, box }: Route) => preset.endsWith('Connector3') && box.width <= 1

/** An outline with sites of its own, as a path: what it looks like stays the same. */
export function pathWithSites({ box, outline, sites }: Anchor): { segments: Segment[], sites: Point[] } {
  return { segments: segmentsOf(box, outline), sites: [...ownSites({ box, outline }), ...sites] }
}

/** How far the handles of a cubic curve stand off for a quarter of a circle. */
const QUARTER = 0.5523

function segmentsOf({ x, y, width, height }: Box, outline: Outline): Segment[] {
  if (outline.kind === 'path') return outline.segments
  const [right, bottom] = [x + width, y + height]
  if (outline.kind === 'diamond') return [{ to: { x: x + width / 2, y }, isMove: true }, { to: { x: right, y: y + height / 2 } }, { to: { x: x + width / 2, y: bottom } }, { to: { x, y: y + height / 2 } }, 'close']
  const [rx, ry] = outline.kind === 'ellipse' ? [width / 2, height / 2] : [outline.radius, outline.radius]
  if (rx === 0) return [{ to: { x, y }, isMove: true }, { to: { x: right, y } }, { to: { x: right, y: bottom } }, { to: { x, y: bottom } }, 'close']
  const [hx, hy] = [rx * (1 - QUARTER), ry * (1 - QUARTER)]
  return [
    { to: { x: x + rx, y }, isMove: true },
    { to: { x: right - rx, y } }, { out: { x: right - hx, y }, into: { x: right, y: y + hy }, to: { x: right, y: y + ry } },
    { to: { x: right, y: bottom - ry } }, { out: { x: right, y: bottom - hy }, into: { x: right - hx, y: bottom }, to: { x: right - rx, y: bottom } },
    { to: { x: x + rx, y: bottom } }, { out: { x: x + hx, y: bottom }, into: { x, y: bottom - hy }, to: { x, y: bottom - ry } },
    { to: { x, y: y + ry } }, { out: { x, y: y + hy }, into: { x: x + hx, y }, to: { x: x + rx, y } }, 'close',
  ]
}
