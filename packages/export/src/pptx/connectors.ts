import type { Box, Point, Segment } from './model.ts'

/** Where a connector may be attached to a shape. */
export interface Site extends Point {
  /** Its number on the shape. */
  index: number
}

/** A connector as PowerPoint has it: one of its own forms between two points. */
export interface Route {
  preset: string
  /** The box of the connector before it is turned, and how it is turned. */
  box: Box
  /** In degrees, clockwise. */
  turn: 0 | 90
  flipsX: boolean
  flipsY: boolean
  /** Where it bends, as parts of its width and height in turn. */
  adjustments: readonly number[]
}

/** How far, in px, a line may stray from a straight one and still be drawn as one. */
const STRAIGHT = 2.5
/** A curve that stays in so small a box, in px, is a rounded corner of a line with bends. */
const CORNER = 22
/** Points that stand for a curve, and as few as tell one curve from another. */
const [SAMPLES, FEW_SAMPLES] = [16, 5]

/** Points along a path. @param samples how many stand for a curve. */
export function pointsOf(segments: readonly Segment[], samples = SAMPLES): Point[] {
  const points: Point[] = []
  for (const segment of segments) {
    if (segment === 'close') continue
    const from = points.at(-1)
    const { to, out, into } = segment
    if (!from || !out || !into) {
      points.push(to)
      continue
    }
    for (let i = 1; i <= samples; i++) {
      const t = i / samples
      const at = (axis: 'x' | 'y') => (1 - t) ** 3 * from[axis] + 3 * (1 - t) ** 2 * t * out[axis] + 3 * (1 - t) * t ** 2 * into[axis] + t ** 3 * to[axis]
      points.push({ x: at('x'), y: at('y') })
    }
  }
  return points
}

/** How far two points are apart. */
export const gap = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)

/** The place on a line between two points that is nearest to a third. */
export function nearestOnLine(a: Point, b: Point, { x, y }: Point): Point {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const t = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)))
  return { x: a.x + dx * t, y: a.y + dy * t }
}

/** How far a point is from the line through two others. */
function distance({ x, y }: Point, a: Point, b: Point): number {
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  return length === 0 ? gap({ x, y }, a) : Math.abs((b.x - a.x) * (a.y - y) - (a.x - x) * (b.y - a.y)) / length
}

/** Whether a path is a straight line. */
export function isStraight(segments: readonly Segment[]): boolean {
  const points = pointsOf(segments)
  const [first, last] = [points[0], points.at(-1)]
  return !first || !last || points.every(point => distance(point, first, last) <= STRAIGHT)
}

/** Whether a path runs along the axes, with rounded corners at most. */
function isBent(segments: readonly Segment[]): boolean {
  let from: Point | undefined
  return segments.every((segment) => {
    if (segment === 'close') return true
    const before = from
    from = segment.to
    if (!before || segment.isMove) return true
    const [width, height] = [Math.abs(segment.to.x - before.x), Math.abs(segment.to.y - before.y)]
    return segment.out ? Math.max(width, height) <= CORNER : Math.min(width, height) < 1.5
  })
}

/** The direction, along an axis, in which a path sets out. */
function heading(points: readonly Point[]): Point {
  const [from] = points
  // A bow's first bit says little of where it is bound for.
  const to = points.find(point => from && gap(point, from) > 6) ?? points.at(-1)
  if (!from || !to) return { x: 1, y: 0 }
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  return Math.abs(dx) >= Math.abs(dy) ? { x: Math.sign(dx) || 1, y: 0 } : { x: 0, y: Math.sign(dy) }
}

/**
 * The connector that looks most like a path.
 * @param start where it is attached, end likewise: the path's own ends lie beside them.
 */
export function routeOf(segments: readonly Segment[], start: Point, end: Point): Route {
  const across = { x: end.x - start.x, y: end.y - start.y }
  const frame = { x: Math.min(start.x, end.x), y: Math.min(start.y, end.y), width: Math.abs(across.x), height: Math.abs(across.y) }
  if (isStraight(segments)) return { preset: 'straightConnector1', box: frame, turn: 0, flipsX: across.x < 0, flipsY: across.y < 0, adjustments: [] }

  const points = pointsOf(segments)
  const [out, into] = [heading(points), heading(points.toReversed())]
  const isTurned = out.y !== 0
  const isParallel = (into.y !== 0) === isTurned
  if (!isBent(segments)) return curveLike(pointsOf(segments, FEW_SAMPLES), start, end, isTurned, isParallel)
  const { base, along, corner } = seenFrom(points, start, end, isTurned)
  return isParallel ? { ...base, preset: 'bentConnector3', adjustments: [crossingOf(along, corner) / corner.x] } : { ...base, preset: 'bentConnector2', adjustments: [] }
}

/** A path as seen from a connector between two points that sets out along its own x axis. @param isTurned whether that points downwards. */
function seenFrom(points: readonly Point[], start: Point, end: Point, isTurned: boolean) {
  const own = (point: Point): Point => isTurned ? { x: point.y - start.y, y: -(point.x - start.x) } : { x: point.x - start.x, y: point.y - start.y }
  const span = own(end)
  const [width, height] = [Math.max(Math.abs(span.x), 1), Math.max(Math.abs(span.y), 1)]
  const centre = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }
  return {
    base: {
      box: { x: centre.x - width / 2, y: centre.y - height / 2, width, height },
      turn: isTurned ? 90 as const : 0 as const,
      flipsX: span.x < 0,
      flipsY: span.y < 0,
    },
    along: points.map(own),
    /** Where it ends, the connector being a px wide and high at least. */
    corner: { x: span.x < 0 ? -width : width, y: span.y < 0 ? -height : height },
  }
}

/**
 * The curve between two points that strays least from a path, or the first that hardly does.
 * @param isTurned whether the path sets out upwards or downwards.
 * @param isParallel whether it ends in a direction like that.
 */
function curveLike(points: readonly Point[], start: Point, end: Point, isTurned: boolean, isParallel: boolean): Route {
  const presets = isParallel ? ['curvedConnector3', 'curvedConnector4'] as const : ['curvedConnector4', 'curvedConnector3'] as const
  const found: { route: Route, stray: number }[] = []
  for (const { base, along, corner } of [isTurned, !isTurned].map(each => seenFrom(points, start, end, each))) {
    for (const preset of presets) {
      const { numbers, least } = fitted(preset === 'curvedConnector3' ? [crossingOf(along, corner) / corner.x] : ROUND_CORNER, adjustments => strayOf(along, pointsOf(CURVES[preset](corner, adjustments), FEW_SAMPLES)))
      const route = { ...base, preset, adjustments: numbers }
      if (least <= CLOSE) return route
      found.push({ route, stray: least })
    }
  }
  return found.reduce((best, each) => each.stray < best.stray ? each : best).route
}

/** PowerPoint's curves from the origin to the opposite corner of their box, by their adjustments: presetShapeDefinitions.xml of ECMA-376. */
const CURVES = {
  curvedConnector3({ x, y }: Point, [bend = 0.5]: readonly number[]): Segment[] {
    const middle = x * bend
    return [
      { to: { x: 0, y: 0 }, isMove: true },
      { out: { x: middle / 2, y: 0 }, into: { x: middle, y: y / 4 }, to: { x: middle, y: y / 2 } },
      { out: { x: middle, y: y * 3 / 4 }, into: { x: (x + middle) / 2, y }, to: { x, y } },
    ]
  },
  curvedConnector4({ x, y }: Point, [bend = 0.5, level = 0.5]: readonly number[]): Segment[] {
    const [first, second] = [x * bend, y * level]
    const last = (x + first) / 2
    return [
      { to: { x: 0, y: 0 }, isMove: true },
      { out: { x: first / 2, y: 0 }, into: { x: first, y: second / 4 }, to: { x: first, y: second / 2 } },
      { out: { x: first, y: second * 3 / 4 }, into: { x: (first + last) / 2, y: second }, to: { x: last, y: second } },
      { out: { x: (last + x) / 2, y: second }, into: { x, y: (y + second) / 2 }, to: { x, y } },
    ]
  },
}
/** A curve around a corner as drawings have it, from which its fit is looked for. */
const ROUND_CORNER = [0.7, 0.25]

/** So small a stray is not seen, in square px: see `strayOf`. */
const CLOSE = 20

/** The mean square of how far two lines of points are from one another. */
function strayOf(one: readonly Point[], other: readonly Point[]): number {
  // `Math.hypot` and lists of distances would take ten times as long.
  const square = (a: Point, b: Point) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2
  const from = (points: readonly Point[], line: readonly Point[]) => points.reduce((sum, point) => {
    let least = Infinity
    line.forEach((end, i) => least = Math.min(least, square(nearestOnLine(line[i - 1] ?? end, end, point), point)))
    return sum + least
  }, 0) / points.length
  return from(one, other) + from(other, one)
}

/** Steps of a search, each half of the one before. */
const FITTING_STEPS = 7

/** The numbers near some others of which something comes out least, and how little: one after the other, in smaller and smaller steps. */
function fitted(start: readonly number[], measure: (numbers: readonly number[]) => number): { numbers: readonly number[], least: number } {
  let best = { numbers: start, least: measure(start) }
  for (let step = 0.32, halvings = 0; halvings < FITTING_STEPS;) {
    const tried = best.numbers.flatMap((_, i) => [-step, step].map(by => best.numbers.map((each, k) => k === i ? each + by : each))).map(numbers => ({ numbers, least: measure(numbers) }))
    const found = tried.reduce((one, other) => other.least < one.least ? other : one)
    if (found.least < best.least) best = found
    else {
      step /= 2
      halvings++
    }
  }
  return best
}

/** How far along its first direction a path has come when it is half across. */
function crossingOf(points: readonly Point[], span: Point): number {
  const half = span.y / 2
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]]
    if (!a || !b || (a.y - half) * (b.y - half) > 0 || a.y === b.y) continue
    return a.x + (b.x - a.x) * (half - a.y) / (b.y - a.y)
  }
  const xs = points.map(({ x }) => x)
  const [least, most] = [Math.min(...xs), Math.max(...xs)]
  return Math.abs(least) > Math.abs(most) ? least : most
}

/** How far an arrow's head reaches as PowerPoint counts it: two, three or five times as wide or long as its line. */
export function headSize(length: number, width: number): 'sm' | 'med' | 'lg' {
  const times = length / width
  return times < 2.5 ? 'sm' : times < 4 ? 'med' : 'lg'
}
