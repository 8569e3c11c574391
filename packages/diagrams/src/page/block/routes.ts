import { along, type Box, boxAround, centreOf, direction, endOf, heightOf, holds, type Line, overlap, type Piece, type Point, pointsOn, widthOf } from './geometry.ts'
import type { Link } from './structure.ts'
import type { Style } from './style.ts'

/** px between the tip of a head and the border it points at. */
const AIR = 5
const AIR_OF_SMALL = 3
/** Radius, in px, of the corners of a line that runs below a row. */
const CORNER = 14
/** How far an arc runs along its first direction, as a part of the way. */
const BEND = 0.72
/** How much of a border's width its slanted lines leave free at each end. */
const FAN_MARGIN = 0.06
/** px that an arc's upright end keeps from the side of what lies over it. */
const CLEAR = 24

/** An edge as it is drawn. */
export interface Route {
  link: Link
  /** From border to the back of the head. */
  line: Line
  heads: Head[]
  /** Half the line's width, in px. */
  half: number
  /** Points of the line, and of the outlines of its heads. */
  points: Point[]
  headPoints: Point[]
}

/** An arrow head. */
export interface Head {
  tip: Point
  corners: [Point, Point]
}

/** What an edge meets at its ends. */
export interface End {
  box: Box
  isRound: boolean
}

/** What the routes of a picture go by. */
export interface Ground {
  ends: ReadonlyMap<string, End>
  /** Boxes of nodes, by id: arcs and lines below a row keep off them. */
  nodes: ReadonlyMap<string, Box>
  style: Style
}

/** Draws every edge, in order. */
export function routesOf(links: readonly Link[], ground: Ground): Route[] {
  const fans = fansOf(links, ground)
  const uprights = uprightsOf(links, ground)
  return links.map((link, i) => {
    const path = link.marks.route === 'arc' ? arc(link, links, uprights[i], ground) : link.marks.route === 'under' ? under(link, ground) : straight(link, fans[i], ground)
    return withHeads(link, path, ground.style)
  })
}

/** A line from border to border; heads are cut off its ends afterwards. */
type Path = Line

function endsOf({ from, to }: Link, { ends }: Ground): [End, End] {
  const [a, b] = [ends.get(from), ends.get(to)]
  if (!a || !b) throw new Error(`The edge from "${from}" to "${to}" has no end.`)
  return [a, b]
}

const sizeOf = (link: Link): keyof Style['head'] => link.marks.looks?.includes('hero') ? 'hero' : link.marks.side && !link.marks.looks?.includes('quiet') ? 'side' : 'plain'
/** Width of an edge's line, in px; styles/diagram.css paints it so. */
const strokeOf = (link: Link) => ({ hero: 8, side: 6, plain: 2 })[sizeOf(link)]

/** Puts heads at the ends of a path, smaller where it is short, and ends its line at their backs. */
function withHeads(link: Link, path: Path, { head: heads }: Style): Route {
  const half = strokeOf(link) / 2
  const points = pointsOn(path)
  const size = heads[sizeOf(link)]
  const lengthAll = points.reduce((sum, point, i) => sum + (i > 0 ? Math.hypot(point.x - points[i - 1]!.x, point.y - points[i - 1]!.y) : 0), 0)
  const count = Number(link.headAtStart) + Number(link.headAtEnd)
  const air = sizeOf(link) === 'plain' ? AIR_OF_SMALL : AIR
  const scale = Math.min(1, Math.max(0.3, (lengthAll - air * count) * 0.7 / (count || 1) / size.length))
  const [length, width] = [size.length * scale, size.width * Math.sqrt(scale)]
  const drawn: Head[] = []
  let line = path
  if (link.headAtEnd) line = cut(line)
  if (link.headAtStart) line = turned(cut(turned(line)))
  return { link, line, heads: drawn, half, points: pointsOn(line), headPoints: drawn.flatMap(({ tip, corners: [a, b] }) => [a, b].flatMap(corner => pointsOn({ from: tip, pieces: [{ to: corner }] }))) }

  /** Cuts the end of a line by a head, which it draws. */
  function cut(whole: Line): Line {
    const all = pointsOn(whole)
    const end = endOf(whole)
    const way = direction(all.at(-2) ?? whole.from, end)
    const tip = along(end, way, -air)
    const back = along(tip, way, -length)
    const across = { x: -way.y, y: way.x }
    drawn.push({ tip, corners: [along(back, across, width / 2), along(back, across, -width / 2)] })
    const last = whole.pieces.at(-1)
    // The line reaches a little into the head.
    const to = along(back, way, 1)
    const shorter: Piece = last && 'out' in last ? { to, out: last.out, into: along(last.into, way, -(air + length - 1)) } : { to }
    return { from: whole.from, pieces: [...whole.pieces.slice(0, -1), shorter] }
  }
}

/** A line from its end to its beginning. */
function turned({ from, pieces }: Line): Line {
  const starts = [from, ...pieces.map(({ to }) => to)]
  return {
    from: starts.at(-1) ?? from,
    pieces: pieces.map((piece, i): Piece => 'out' in piece ? { to: starts[i] ?? from, out: piece.into, into: piece.out } : { to: starts[i] ?? from }).toReversed(),
  }
}

// Straight lines.

/** Where the two ends of a slanted edge meet their borders, across; one for each edge, nothing where it is not slanted. */
type Fan = { from: number, to: number } | undefined

/** Above which border of its end an edge leaves or arrives. */
const isAbove = (a: Box, b: Box) => a.bottom <= b.top + 1

/** Where an edge between things one above the other can stand upright: the middle of the narrower one. */
function uprightAt(a: Box, b: Box): number | undefined {
  const [narrow, wide] = widthOf(a) <= widthOf(b) ? [a, b] : [b, a]
  const { x } = centreOf(narrow)
  return x >= wide.left && x <= wide.right ? x : undefined
}

/** Spreads the slanted edges that meet at one border over it, in the order of their other ends. */
function fansOf(links: readonly Link[], ground: Ground): Fan[] {
  const fans: Fan[] = links.map((link) => {
    if (link.marks.route) return undefined
    const [{ box: a }, { box: b }] = endsOf(link, ground)
    const isStacked = isAbove(a, b) || isAbove(b, a)
    return isStacked && uprightAt(a, b) === undefined ? { from: centreOf(a).x, to: centreOf(b).x } : undefined
  })
  for (const end of ['from', 'to'] as const) {
    const borders = Map.groupBy(links.keys().filter(i => fans[i]), (i) => {
      const link = links[i]!
      const [{ box: a }, { box: b }] = endsOf(link, ground)
      return `${link[end]} ${isAbove(a, b) === (end === 'from') ? 'bottom' : 'top'}`
    })
    for (const indices of borders.values()) {
      if (indices.length < 2) continue
      const other = end === 'from' ? 1 : 0
      const { box } = endsOf(links[indices[0]!]!, ground)[1 - other]!
      const sorted = indices.toSorted((i, k) => centreOf(endsOf(links[i]!, ground)[other]!.box).x - centreOf(endsOf(links[k]!, ground)[other]!.box).x)
      sorted.forEach((i, k) => {
        const part = FAN_MARGIN + (1 - 2 * FAN_MARGIN) * k / (sorted.length - 1)
        fans[i]![end] = box.left + widthOf(box) * part
      })
    }
  }
  return fans
}

function straight(link: Link, fan: Fan, ground: Ground): Path {
  const [a, b] = endsOf(link, ground)
  if (isAbove(a.box, b.box) || isAbove(b.box, a.box)) {
    const down = isAbove(a.box, b.box)
    const x = uprightAt(a.box, b.box)
    const from = { x: x ?? fan?.from ?? centreOf(a.box).x, y: down ? a.box.bottom : a.box.top }
    const to = { x: x ?? fan?.to ?? centreOf(b.box).x, y: down ? b.box.top : b.box.bottom }
    return fromBorders(from, to, a, b)
  }
  const [low, high] = heightOf(a.box) <= heightOf(b.box) ? [a.box, b.box] : [b.box, a.box]
  const y = centreOf(low).y
  const isLevel = y >= high.top && y <= high.bottom
  const right = a.box.right <= b.box.left + 1
  return fromBorders(
    { x: right ? a.box.right : a.box.left, y: isLevel ? y : centreOf(a.box).y },
    { x: right ? b.box.left : b.box.right, y: isLevel ? y : centreOf(b.box).y }, a, b)
}

/** A straight line, which meets a circle where it points at its middle. */
function fromBorders(from: Point, to: Point, a: End, b: End): Path {
  const start = a.isRound ? along(centreOf(a.box), direction(centreOf(a.box), to), widthOf(a.box) / 2) : from
  const end = b.isRound ? along(centreOf(b.box), direction(centreOf(b.box), start), widthOf(b.box) / 2) : to
  return { from: start, pieces: [{ to: end }] }
}

// Arcs.

/** Where an arc's upright end stands, and whether it bends to the left, going up. */
interface Upright {
  x: number
  toLeft: boolean
}

/** The upright ends of arcs, those at one border spread so that they don't cross; nothing for edges that are none, or bows. */
function uprightsOf(links: readonly Link[], ground: Ground): (Upright | undefined)[] {
  const uprights = links.map((link): Upright | undefined => {
    if (link.marks.route !== 'arc') return undefined
    const [{ box: a }, { box: b }] = endsOf(link, ground)
    if (!isAbove(a, b) && !isAbove(b, a)) return undefined
    const [upper, lower] = isAbove(a, b) ? [a, b] : [b, a]
    const candidates = [centreOf(lower).x]
    const free = [{ from: lower.left, to: upper.left - CLEAR }, { from: upper.right + CLEAR, to: lower.right }].filter(({ from, to }) => to > from)
    candidates.push(...free.map(({ from, to }) => (from + to) / 2))
    const possible = candidates.filter(x => x < upper.left - CLEAR / 2 || x > upper.right + CLEAR / 2)
    const blocked = (x: number) => collisions(quarter(upper, lower, x), link, ground)
    const best = possible.toSorted((x, y) => blocked(x) - blocked(y))[0]
    return best === undefined ? undefined : { x: best, toLeft: best > centreOf(upper).x }
  })
  const borders = Map.groupBy(links.keys().filter(i => uprights[i]), i => lowerOf(links[i]!, ground))
  for (const [id, indices] of borders) {
    if (indices.length < 2) continue
    const box = ground.ends.get(id)?.box ?? boxAround({ x: 0, y: 0 }, 0, 0)
    const reach = (i: number) => Math.abs(centreOf(endsOf(links[i]!, ground)[0].box).y - centreOf(endsOf(links[i]!, ground)[1].box).y)
    // From left to right: those that bend to the left, the nearest first, then those that bend to the right, the nearest last.
    const sorted = indices.toSorted((i, k) => {
      const [p, q] = [uprights[i]!, uprights[k]!]
      if (p.toLeft !== q.toLeft) return p.toLeft ? -1 : 1
      return p.toLeft ? reach(i) - reach(k) : reach(k) - reach(i)
    })
    sorted.forEach((i, k) => {
      uprights[i]!.x = box.left + widthOf(box) * (k + 1) / (sorted.length + 1)
    })
  }
  return uprights
}

function lowerOf(link: Link, ground: Ground): string {
  const [{ box: a }, { box: b }] = endsOf(link, ground)
  return isAbove(a, b) ? link.to : link.from
}

/** From the side of the upper box, bending down into the lower one. */
function quarter(upper: Box, lower: Box, x: number): Path {
  const from = { x: x < centreOf(upper).x ? upper.left : upper.right, y: centreOf(upper).y }
  const to = { x, y: lower.top }
  return { from, pieces: [{ to, out: { x: from.x + (to.x - from.x) * BEND, y: from.y }, into: { x: to.x, y: to.y - (to.y - from.y) * BEND } }] }
}

function arc(link: Link, links: readonly Link[], upright: Upright | undefined, ground: Ground): Path {
  const [a, b] = endsOf(link, ground)
  const runsDown = isAbove(a.box, b.box)
  if (!runsDown && !isAbove(b.box, a.box)) return archOver(a.box, b.box, link, ground)
  const [upper, lower] = runsDown ? [a, b] : [b, a]
  if (upright) {
    const path = quarter(upper.box, lower.box, upright.x)
    return runsDown ? path : turned(path)
  }
  const twins = links.filter(each => each.marks.route === 'arc' && [each.from, each.to].every(id => id === link.from || id === link.to))
  const bows = [-1, 1].map(side => bow(upper, lower, side))
  const [left, right] = bows as [Path, Path]
  const path = twins.length > 1 ? bows[twins.indexOf(link) % 2] ?? left : collisions(right, link, ground) < collisions(left, link, ground) ? right : left
  return runsDown ? path : turned(path)
}

/** From the lower border of one box out to a side and back, down to the other's side, or to its upper border where it is wide. */
function bow(upper: End, lower: End, side: number): Path {
  const [top, bottom] = [centreOf(upper.box), centreOf(lower.box)]
  const fall = bottom.y - upper.box.bottom
  const offset = Math.min(widthOf(upper.box) / 4, 44)
  const isNarrow = widthOf(lower.box) < offset * 2
  const from = { x: top.x + side * offset, y: upper.box.bottom }
  const to = isNarrow
    ? { x: side < 0 ? lower.box.left : lower.box.right, y: bottom.y }
    : { x: bottom.x + side * offset, y: lower.box.top }
  const out = side * Math.max(70, fall * 0.8)
  return { from, pieces: [{ to, out: { x: from.x + out * 0.9, y: from.y + fall * 0.3 }, into: { x: to.x + out, y: isNarrow ? to.y : to.y - fall * 0.3 } }] }
}

/** Over what lies between two boxes of one row; below it where there is no room above. */
function archOver(a: Box, b: Box, link: Link, ground: Ground): Path {
  const [from, to] = [centreOf(a).x, centreOf(b).x]
  const rise = Math.min(70, Math.max(30, Math.abs(to - from) * 0.25))
  const [above, below] = [-1, 1].map((side): Path => {
    const y = side < 0 ? Math.min(a.top, b.top) - rise : Math.max(a.bottom, b.bottom) + rise
    return { from: { x: from, y: side < 0 ? a.top : a.bottom }, pieces: [{ to: { x: to, y: side < 0 ? b.top : b.bottom }, out: { x: from, y }, into: { x: to, y } }] }
  }) as [Path, Path]
  return collisions(below, link, ground) < collisions(above, link, ground) ? below : above
}

/** How many points of a path lie in nodes that it does not join, or outside the picture. */
function collisions(path: Path, link: Link, { nodes, style: { width, height } }: Ground): number {
  const others = [...nodes].filter(([id]) => id !== link.from && id !== link.to).map(([, box]) => box)
  const picture: Box = { left: 0, top: 0, right: width, bottom: height }
  return pointsOn(path).filter(point => !holds(picture, point) || others.some(box => holds(box, point))).length
}

// Lines below a row.

function under(link: Link, ground: Ground): Path {
  const [{ box: a }, { box: b }] = endsOf(link, ground)
  const [from, to] = [{ x: centreOf(a).x, y: a.bottom }, { x: centreOf(b).x, y: b.bottom }]
  const lowest = Math.max(a.bottom, b.bottom)
  const between: Box = { left: Math.min(from.x, to.x), right: Math.max(from.x, to.x), top: lowest, bottom: ground.style.height }
  const tops = [...ground.ends.values()].map(({ box }) => box).filter(box => box.top >= lowest && overlap(box, between) > 0).map(({ top }) => top)
  const bottoms = [...ground.ends.values()].map(({ box }) => box).filter(box => box.bottom > lowest && box.top < lowest && box.left <= between.left && box.right >= between.right).map(({ bottom }) => bottom)
  const y = (lowest + Math.min(ground.style.height, ...tops, ...bottoms)) / 2
  const way = Math.sign(to.x - from.x) || 1
  // The head stands on the upright piece.
  const r = Math.max(4, Math.min(CORNER, y - lowest - AIR - ground.style.head[sizeOf(link)].length, Math.abs(to.x - from.x) / 2))
  const turn = (out: Point, corner: Point, into: Point): Piece => ({
    to: into,
    out: { x: out.x + (corner.x - out.x) * 0.55, y: out.y + (corner.y - out.y) * 0.55 },
    into: { x: into.x + (corner.x - into.x) * 0.55, y: into.y + (corner.y - into.y) * 0.55 },
  })
  const [down, up] = [{ x: from.x, y: y - r }, { x: to.x, y: y - r }]
  const [first, second] = [{ x: from.x + way * r, y }, { x: to.x - way * r, y }]
  return { from, pieces: [{ to: down }, turn(down, { x: from.x, y }, first), { to: second }, turn(second, { x: to.x, y }, up), { to }] }
}
