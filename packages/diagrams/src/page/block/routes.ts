import { along, type Box, centreOf, direction, endOf, holds, type Line, overlap, type Piece, type Point, pointsOn, widthOf } from './geometry.ts'
import type { Link } from './structure.ts'
import { type Style, WIDE } from './style.ts'

/** px between the tip of a head and the border it points at. */
const AIR = 5
const AIR_OF_SMALL = 3
/** How far a slanted line counts as slanted: part of its way that leads to the border. */
const STEEPEST = 0.3
/** Radius, in px, of the corners of a line that runs below a row. */
const CORNER = 14
/** How far an arc runs along its first direction, as a part of the way. */
const BEND = 0.72
/** How much of a border's width its slanted lines leave free at each end. */
const FAN_MARGIN = 0.1
/** px of straight line at the ends of an arc, for its heads; at most so much of the way. */
const TAIL = 32
const TAIL_PART = 0.45
/** Where arcs at one border stand, as a part of it from each end. */
const ARC_MARGIN = 0.12
/** How far, in px, a bow goes out to its side, in the wide form. */
const BOW = 70
/** px that an arc's upright end keeps from the side of what lies over it. */
const CLEAR = 24

/** An edge as it is drawn. */
export interface Route {
  link: Link
  /** From border to border. */
  path: Line
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
  /** Its row, its column in it, and so on in each block that it stands in, from the outermost. */
  place: readonly number[]
}

/** What the routes of a picture go by. */
export interface Ground {
  ends: ReadonlyMap<string, End>
  /** Boxes of nodes, by id: arcs and lines below a row keep off them. */
  nodes: ReadonlyMap<string, Box>
  style: Style
}

/** An edge on its way to be drawn. */
interface Plan {
  link: Link
  from: End
  to: End
  /** Of a slanted line: where its ends meet their borders, along them. */
  fan?: { from: number, to: number }
  /** Of an arc from a side: where its upright end stands. */
  upright?: Upright
}

/** Draws every edge, in order. @throws where an end has no place. */
export function routesOf(links: readonly Link[], ground: Ground): Route[] {
  const plans = links.map((link): Plan => {
    const [from, to] = [ground.ends.get(link.from), ground.ends.get(link.to)]
    if (!from || !to) throw new Error(`The edge from "${link.from}" to "${link.to}" has no end.`)
    return { link, from, to }
  })
  spreadFans(plans)
  standArcs(plans, ground)
  return plans.map((plan) => {
    const { route } = plan.link.marks
    const path = route === 'arc' ? arc(plan, plans, ground) : route === 'under' ? under(plan, ground) : straight(plan)
    return withHeads(plan, path, ground.style)
  })
}

const sizeOf = ({ marks: { side, looks } }: Link): keyof Style['head'] => looks?.includes('hero') ? 'hero' : side && !looks?.includes('quiet') && !looks?.includes('ghost') ? 'side' : 'plain'
/** Width of an edge's line, in px; styles/diagram.css paints it so. */
const strokeOf = (link: Link) => ({ hero: 8, side: 6, plain: 2 })[sizeOf(link)]

/** Puts heads at the ends of a path, smaller where it is short, and ends its line at their backs. */
function withHeads(plan: Plan, path: Line, { head: heads }: Style): Route {
  const { link } = plan
  const half = strokeOf(link) / 2
  const points = pointsOn(path)
  const size = heads[sizeOf(link)]
  const lengthAll = points.reduce((sum, { x, y }, i) => {
    const before = points[i - 1] ?? { x, y }
    return sum + Math.hypot(x - before.x, y - before.y)
  }, 0)
  const count = Number(link.headAtStart) + Number(link.headAtEnd)
  const air = sizeOf(link) === 'plain' ? AIR_OF_SMALL : AIR
  const scale = Math.min(1, Math.max(0.3, (lengthAll - air * count) * 0.7 / (count || 1) / size.length))
  const [length, width] = [size.length * scale, size.width * Math.sqrt(scale)]
  const drawn: Head[] = []
  let line = path
  if (link.headAtEnd) line = cut(line, plan.to)
  if (link.headAtStart) line = turned(cut(turned(line), plan.from))
  return { link, path, line, heads: drawn, half, points: pointsOn(line), headPoints: drawn.flatMap(({ tip, corners: [a, b] }) => [a, b].flatMap(corner => pointsOn({ from: tip, pieces: [{ to: corner }] }))) }

  /** Cuts the end of a line by a head, which it draws. */
  function cut(whole: Line, at: End): Line {
    const all = pointsOn(whole)
    const end = endOf(whole)
    const way = direction(all.at(-2) ?? whole.from, end)
    // A slanted line comes as near to its border as an upright one.
    const lean = plan.fan && !at.isRound ? Math.max(STEEPEST, Math.abs(isStacked(plan) ? way.y : way.x)) : 1
    const tip = along(end, way, -air / lean)
    const back = along(tip, way, -length)
    const across = { x: -way.y, y: way.x }
    drawn.push({ tip, corners: [along(back, across, width / 2), along(back, across, -width / 2)] })
    const last = whole.pieces.at(-1)
    // The line reaches a little into the head.
    const to = along(back, way, 1)
    const shorter: Piece = last && 'out' in last ? { to, out: last.out, into: along(last.into, way, -(air / lean + length - 1)) } : { to }
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

/** Whether a box lies above another one, or to the left of it. */
const isAbove = (a: Box, b: Box) => a.bottom <= b.top + 1
const isLeftOf = (a: Box, b: Box) => a.right <= b.left + 1
const isApart = ({ from, to }: Pick<Plan, 'from' | 'to'>) => isAbove(from.box, to.box) || isAbove(to.box, from.box)

/** Whether a straight line runs from upper to lower border, as between two rows; else from side to side, as within one. */
function isStacked({ from: { place: a }, to: { place: b } }: Pick<Plan, 'from' | 'to'>): boolean {
  const parts = a.findIndex((index, i) => index !== b[i])
  return parts % 2 === 0
}

/** Where an edge between two things one above the other can stand upright, or between two side by side lie level: the middle of the narrower one. */
function sharedMiddle(plan: Plan): number | undefined {
  const spans = [plan.from, plan.to].map(({ box }) => isStacked(plan) ? { low: box.left, high: box.right } : { low: box.top, high: box.bottom })
    .toSorted((a, b) => (a.high - a.low) - (b.high - b.low))
  const [narrow = { low: 0, high: 0 }, wide = narrow] = spans
  const middle = (narrow.low + narrow.high) / 2
  return middle >= wide.low && middle <= wide.high ? middle : undefined
}

/** Spreads the slanted edges that meet at one border over it, in the order of their other ends. */
function spreadFans(plans: readonly Plan[]): void {
  const middleAlong = (plan: Plan, end: 'from' | 'to') => centreOf(plan[end].box)[isStacked(plan) ? 'x' : 'y']
  const slanted = plans.filter(plan => !plan.link.marks.route && sharedMiddle(plan) === undefined)
  const fans = slanted.map(plan => ({ plan, fan: plan.fan = { from: middleAlong(plan, 'from'), to: middleAlong(plan, 'to') } }))
  for (const [end, other] of [['from', 'to'], ['to', 'from']] as const) {
    const borders = Map.groupBy(fans, ({ plan }) => {
      const [here, there] = [plan[end].box, plan[other].box]
      return `${plan.link[end]} ${isStacked(plan) ? isAbove(here, there) ? 'bottom' : 'top' : isLeftOf(here, there) ? 'right' : 'left'}`
    })
    for (const border of borders.values()) {
      if (border.length < 2) continue
      border.toSorted((a, b) => middleAlong(a.plan, other) - middleAlong(b.plan, other)).forEach(({ plan, fan }, k) => {
        const { left, top, right, bottom } = plan[end].box
        const [low, high] = isStacked(plan) ? [left, right] : [top, bottom]
        fan[end] = low + (high - low) * (FAN_MARGIN + (1 - 2 * FAN_MARGIN) * k / (border.length - 1))
      })
    }
  }
}

function straight(plan: Plan): Line {
  const { from: a, to: b, fan } = plan
  const [start, end] = [sharedMiddle(plan) ?? fan?.from ?? 0, sharedMiddle(plan) ?? fan?.to ?? 0]
  if (isStacked(plan)) {
    const down = isAbove(a.box, b.box)
    return fromBorders({ x: start, y: down ? a.box.bottom : a.box.top }, { x: end, y: down ? b.box.top : b.box.bottom }, a, b)
  }
  const right = isLeftOf(a.box, b.box)
  return fromBorders({ x: right ? a.box.right : a.box.left, y: start }, { x: right ? b.box.left : b.box.right, y: end }, a, b)
}

/** A straight line, which meets a circle where it points at its middle. */
function fromBorders(from: Point, to: Point, a: End, b: End): Line {
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

/** Finds the upright ends of arcs, those at one border spread so that they don't cross. Arcs that bow have none. */
function standArcs(plans: readonly Plan[], ground: Ground): void {
  const arcs = plans.filter(plan => plan.link.marks.route === 'arc' && isApart(plan)).flatMap((plan) => {
    const [upper, lower] = isAbove(plan.from.box, plan.to.box) ? [plan.from.box, plan.to.box] : [plan.to.box, plan.from.box]
    const middle = centreOf(lower).x
    // Its middle, where it is not below the other; else the middle of what reaches out at a side.
    const free = [{ low: lower.left, high: upper.left - CLEAR }, { low: upper.right + CLEAR, high: lower.right }].filter(({ low, high }) => high > low)
    const possible = [middle, ...free.map(({ low, high }) => (low + high) / 2)].filter(x => x < upper.left - CLEAR / 2 || x > upper.right + CLEAR / 2)
    const blocked = (x: number) => collisions(quarter(upper, lower, x), plan.link, ground)
    const x = possible.toSorted((p, q) => blocked(p) - blocked(q))[0]
    if (x === undefined) return []
    const upright = plan.upright = { x, toLeft: x > centreOf(upper).x }
    return [{ plan, upright, lower, rise: lower.top - centreOf(upper).y }]
  })
  const borders = Map.groupBy(arcs, ({ plan: { link, from, to } }) => isAbove(from.box, to.box) ? link.to : link.from)
  for (const border of borders.values()) {
    if (border.length < 2) continue
    // From left to right: those that bend to the left, the nearest first, then those that bend to the right, the nearest last.
    border.toSorted((a, b) => {
      if (a.upright.toLeft !== b.upright.toLeft) return a.upright.toLeft ? -1 : 1
      return a.upright.toLeft ? a.rise - b.rise : b.rise - a.rise
    }).forEach(({ upright, lower }, k) => {
      upright.x = lower.left + widthOf(lower) * (ARC_MARGIN + (1 - 2 * ARC_MARGIN) * k / (border.length - 1))
    })
  }
}

/** From the side of the upper box, bending down into the lower one. */
function quarter(upper: Box, lower: Box, x: number): Line {
  const from = { x: x < centreOf(upper).x ? upper.left : upper.right, y: centreOf(upper).y }
  const end = { x, y: lower.top }
  const [across, down] = [end.x - from.x, end.y - from.y]
  const start = { x: from.x + Math.sign(across) * Math.min(TAIL, Math.abs(across) * TAIL_PART), y: from.y }
  const to = { x, y: end.y - Math.min(TAIL, down * TAIL_PART) }
  return { from, pieces: [{ to: start }, { to, out: { x: start.x + (to.x - start.x) * BEND, y: start.y }, into: { x, y: to.y - (to.y - start.y) * BEND } }, { to: end }] }
}

function arc(plan: Plan, plans: readonly Plan[], ground: Ground): Line {
  const { link, from, to, upright } = plan
  if (!isApart(plan)) return archOver(from.box, to.box, link, ground)
  const runsDown = isAbove(from.box, to.box)
  const [upper, lower] = runsDown ? [from, to] : [to, from]
  if (upright) {
    const path = quarter(upper.box, lower.box, upright.x)
    return runsDown ? path : turned(path)
  }
  const twins = plans.filter(each => each.link.marks.route === 'arc' && [each.link.from, each.link.to].every(id => id === link.from || id === link.to))
  const width = BOW * ground.style.width / WIDE
  const [left, right] = [bow(upper, lower, -width), bow(upper, lower, width)]
  const isLeft = twins.length > 1 ? twins.indexOf(plan) % 2 === 0 : collisions(left, link, ground) <= collisions(right, link, ground)
  const path = isLeft ? left : right
  return runsDown ? path : turned(path)
}

/**
 * From the lower border of one box out to a side and back: down to the other's upper border, or, where that is small, from
 * below to its side. @param width px that it goes out, to the left where it is negative.
 */
function bow(upper: End, lower: End, width: number): Line {
  const side = Math.sign(width)
  const [top, bottom] = [centreOf(upper.box), centreOf(lower.box)]
  const fall = bottom.y - upper.box.bottom
  const offset = Math.min(widthOf(upper.box) / 4, 44)
  const from = { x: top.x + side * offset, y: upper.box.bottom }
  const out = side * Math.max(Math.abs(width), Math.min(Math.abs(width) * 1.5, fall * 0.8))
  const leaving = { x: from.x + out * 0.9, y: from.y + fall * 0.3 }
  if (widthOf(lower.box) >= offset * 2) {
    const to = { x: bottom.x + side * offset, y: lower.box.top }
    return { from, pieces: [{ to, out: leaving, into: { x: to.x + out, y: to.y - fall * 0.3 } }] }
  }
  const reach = widthOf(lower.box) / 2 * Math.SQRT1_2
  const to = { x: bottom.x + side * reach, y: bottom.y + reach }
  return { from, pieces: [{ to, out: leaving, into: { x: to.x + out, y: to.y + fall * 0.45 } }] }
}

/** Over what lies between two boxes of one row; below it where there is no room above. */
function archOver(a: Box, b: Box, link: Link, ground: Ground): Line {
  const [from, to] = [centreOf(a).x, centreOf(b).x]
  const rise = Math.min(70, Math.max(30, Math.abs(to - from) * 0.25))
  const over = (side: -1 | 1): Line => {
    const y = side < 0 ? Math.min(a.top, b.top) - rise : Math.max(a.bottom, b.bottom) + rise
    return { from: { x: from, y: side < 0 ? a.top : a.bottom }, pieces: [{ to: { x: to, y: side < 0 ? b.top : b.bottom }, out: { x: from, y }, into: { x: to, y } }] }
  }
  const [above, below] = [over(-1), over(1)]
  return collisions(below, link, ground) < collisions(above, link, ground) ? below : above
}

/** How many points of a path lie in nodes that it does not join, or outside the picture. */
function collisions(path: Line, link: Link, { nodes, style: { width, height } }: Ground): number {
  const others = [...nodes].filter(([id]) => id !== link.from && id !== link.to).map(([, box]) => box)
  const picture: Box = { left: 0, top: 0, right: width, bottom: height }
  return pointsOn(path).filter(point => !holds(picture, point) || others.some(box => holds(box, point))).length
}

// Lines below a row.

function under({ link, from: { box: a }, to: { box: b } }: Plan, ground: Ground): Line {
  const [from, to] = [{ x: centreOf(a).x, y: a.bottom }, { x: centreOf(b).x, y: b.bottom }]
  const lowest = Math.max(a.bottom, b.bottom)
  const between: Box = { left: Math.min(from.x, to.x), right: Math.max(from.x, to.x), top: lowest, bottom: ground.style.height }
  const tops = [...ground.ends.values()].map(({ box }) => box).filter(box => box.top >= lowest && overlap(box, between) > 0).map(({ top }) => top)
  const bottoms = [...ground.ends.values()].map(({ box }) => box).filter(box => box.bottom > lowest && box.top < lowest && box.left <= between.left && box.right >= between.right).map(({ bottom }) => bottom)
  const room = Math.min(ground.style.height, ...tops, ...bottoms) - lowest
  // In the middle of the room, or lower where the head needs it, as far as a pill on the line has its place.
  const y = lowest + Math.max(room / 2, Math.min(AIR + ground.style.head[sizeOf(link)].length + CORNER, room - ground.style.pill.height / 2))
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
