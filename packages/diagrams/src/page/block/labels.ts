import { along, type Box, boxAround, centreOf, crossesBorder, direction, endOf, grown, heightOf, holds, overlap, type Point, pointsOn, widthOf } from './geometry.ts'
import type { Route } from './routes.ts'
import { TITLE_INSET } from './tracks.ts'

/** px between a label and its line: those of a group are tried at one place of the line before the next place is. */
const GAPS = [[7, 17], [29]]
/** A direction that is level, as its part across. */
const LEVEL = 0.98
/** px that a label keeps from lines, beside half their width, and from heads. */
const CLEAR_OF_LINE = 2
const CLEAR_OF_HEAD = 4
/** Parts of a line at which a label is tried: about its middle, then towards its upper end, then towards its lower one. */
const PARTS = [0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.34, 0.3, 0.26, 0.22, 0.62, 0.66, 0.7, 0.18, 0.74, 0.78, 0.82]
/** Parts of a frame's width between which its title may stand. */
const BETWEEN = 12
/** What it costs a label to lie on something: each is worse than all before it together. */
const COST = { frame: 1, words: 20, node: 20, outside: 40, line: 60 }

/** What labels keep off; grows with each that is placed. */
export interface Obstacles {
  picture: Box
  nodes: Box[]
  frames: Box[]
  words: Box[]
  routes: readonly Route[]
}

/** How much a box lies on what is there; 0 where it is free. */
export function costOf(box: Box, { picture, nodes, frames, words, routes }: Obstacles): number {
  const near = grown(box, 2)
  const area = widthOf(box) * heightOf(box)
  const shared = (others: readonly Box[]) => others.reduce((sum, other) => sum + overlap(near, other), 0) / area
  const inside = overlap(box, picture) / area
  const onLines = routes.reduce((sum, { points, headPoints, half }) => {
    const [wide, close] = [grown(box, half + CLEAR_OF_LINE), grown(box, CLEAR_OF_HEAD)]
    return sum + points.filter(point => holds(wide, point)).length + headPoints.filter(point => holds(close, point)).length
  }, 0)
  return shared(nodes) * COST.node + shared(words) * COST.words + (1 - inside) * COST.outside
    + frames.filter(frame => crossesBorder(box, frame)).length * COST.frame + onLines * COST.line
}

/** The first free box of several, else the least bad. @param harm what else it costs. */
function best(candidates: readonly Box[], obstacles: Obstacles, harm: (box: Box) => number = () => 0): { box: Box, cost: number } {
  let found: { box: Box, cost: number } | undefined
  for (const box of candidates) {
    const cost = Math.round((costOf(box, obstacles) + harm(box)) * 1000) / 1000
    if (cost === 0) return { box, cost }
    if (!found || cost < found.cost) found = { box, cost }
  }
  if (!found) throw new Error('There is no place to try.')
  return found
}

/** Boxes of a size beside a line: on its outer side first, over a level one above first; from its middle outwards, the upper end first. */
function beside({ path, half }: Route, width: number, height: number, picture: Box): Box[] {
  const points = pointsOn(path)
  const middle = centreOf(picture)
  const end = endOf(path)
  const runsUp = end.y < path.from.y || end.y === path.from.y && end.x < path.from.x
  const at = (part: number): { point: Point, across: Point } => {
    const i = Math.min(points.length - 2, Math.max(1, Math.round((runsUp ? 1 - part : part) * (points.length - 1))))
    const point = points[i] ?? path.from
    const way = direction(points[i - 1] ?? path.from, points[i + 1] ?? point)
    const across = { x: -way.y, y: way.x }
    const isOuter = Math.abs(way.x) > LEVEL ? across.y < 0 : across.x * (point.x - middle.x || 1) > 0
    return { point, across: isOuter ? across : { x: -across.x, y: -across.y } }
  }
  return [1, -1].flatMap(side => GAPS.flatMap(gaps => PARTS.flatMap(part => gaps.map((gap) => {
    const { point, across } = at(part)
    const reach = Math.abs(across.x) * width / 2 + Math.abs(across.y) * height / 2 + half + gap
    return boxAround(along(point, across, side * reach), width, height)
  }))))
}

/** A box moved as little as it takes to lie in another. */
function movedInto(box: Box, { left, top, right, bottom }: Box): Box {
  const { x, y } = centreOf(box)
  const [across, down] = [widthOf(box) / 2, heightOf(box) / 2]
  return boxAround({ x: Math.max(left + across, Math.min(right - across, x)), y: Math.max(top + down, Math.min(bottom - down, y)) }, 2 * across, 2 * down)
}

/** The place of an edge's label, in the first of several sizes in which it lies free. */
export function placeLabel(route: Route, sizes: readonly { width: number, height: number }[], obstacles: Obstacles): { box: Box, index: number } {
  const places = sizes.map(({ width, height }, index) => ({ ...best(beside(route, width, height, obstacles.picture), obstacles), index }))
  return places.reduce((chosen, place) => place.cost < chosen.cost ? place : chosen)
}

/**
 * The place of the pill that edges have together: on the line that runs below a row; else amid them, between two of them, beside one, or,
 * where there is no room, on one.
 * @param harm how little room would be left for what is placed after it; 0 for enough.
 */
export function placePill(routes: readonly Route[], width: number, height: number, obstacles: Obstacles, harm: (pill: Box) => number): Box {
  const ring = routes.find(({ link }) => link.marks.route === 'under')
  if (ring) {
    const points = pointsOn(ring.path)
    return boxAround({ x: middleOf(points).x, y: Math.max(...points.map(({ y }) => y)) }, width, height)
  }
  const middles = routes.map(({ path }) => middleOf(pointsOn(path)))
  const sorted = middles.toSorted((a, b) => a.x - b.x)
  const amid = { x: sorted.reduce((sum, { x }) => sum + x, 0) / sorted.length, y: sorted.reduce((sum, { y }) => sum + y, 0) / sorted.length }
  const between = sorted.slice(1).map(({ x, y }, i) => {
    const before = sorted[i] ?? { x, y }
    return { x: (x + before.x) / 2, y: (y + before.y) / 2 }
  })
  const candidates = routes.length > 1 ? [amid, ...between].map(point => boxAround(point, width, height)) : []
  // A pill has a ground of its own: borders of frames may run below it, and so may its line.
  const clear = { ...obstacles, frames: [] }
  const around = best([...candidates, ...routes.flatMap(route => beside(route, width, height, obstacles.picture))], clear, harm)
  if (around.cost === 0) return around.box
  const on = routes.flatMap(({ path }) => PARTS.map(part => pointsOn(path).at(Math.round(part * (pointsOn(path).length - 1))) ?? path.from))
  const upon = best(on.map(point => movedInto(boxAround(point, width, height), obstacles.picture)), { ...clear, routes: obstacles.routes.filter(route => !routes.includes(route)) }, harm)
  return upon.cost < around.cost ? upon.box : around.box
}

const middleOf = (points: readonly Point[]): Point => points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 }

/** Where a frame's title may stand. */
export interface TitleFrame {
  frame: Box
  /** Whether it stands above the frame's rows, in a strip of this height in px. */
  strip: number | undefined
  /** Whether the frame holds nothing. */
  isEmpty: boolean
}

/**
 * The place of a frame's title, in the first of several sizes in which it lies free: at the left, in the middle, at the right, or between
 * these; in a frame that holds nothing in the middle.
 */
export function placeTitle({ frame, strip, isEmpty }: TitleFrame, sizes: readonly { width: number, height: number }[], obstacles: Obstacles): { box: Box, cost: number, index: number } {
  const y = strip === undefined ? (frame.top + frame.bottom) / 2 : frame.top + strip / 2
  const places = sizes.map(({ width, height }, index) => {
    const [left, middle, right] = [frame.left + TITLE_INSET + width / 2, (frame.left + frame.right) / 2, frame.right - TITLE_INSET - width / 2]
    const between = Array.from({ length: BETWEEN - 1 }, (_, i) => left + (right - left) * (i + 1) / BETWEEN)
    const xs = [...isEmpty ? [middle, left, right] : [left, middle, right], ...right > left ? between : []]
    return { ...best(xs.map(x => boxAround({ x, y }, width, height)), obstacles), index }
  })
  return places.reduce((chosen, place) => place.cost < chosen.cost ? place : chosen)
}
