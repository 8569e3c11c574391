/** How one drawing becomes another: what moves, fades or grows, and what of it is to be seen when. Plain numbers, no DOM. */

/** Where a shape stands, in px of the drawing that it glides in; `rx` rounds its corners. */
export interface Box { x: number, y: number, width: number, height: number, rx: number }

export interface Point { x: number, y: number }

/** Layers of a drawing, the lowest first. */
export const layers = ['group', 'edge', 'node', 'pill'] as const
export type Layer = typeof layers[number]

/** Something that a drawing shows as one, with its place in the coordinates of the later drawing. */
export interface Part {
  /** What has the same key in two drawings is the same thing. */
  key: string
  layer: Layer
  /** How it is painted: its classes. */
  look: string
  /** All that it shows, to tell whether two parts show the same. */
  content: string
  /** Its shape's place; absent where it has no single shape, and so cannot glide. */
  box?: Box
  /** Its label, its lines joined; '' without one. */
  label: string
  /** The middle of its label. */
  middle: Point
  /** The size of its label's type, in px. */
  size: number
  /** An edge's route, as numbers in their order. */
  route?: readonly number[]
}

/** What becomes of a part; `from` and `to` are the parts in the earlier and the later drawing. */
export type Move<P extends Part = Part> =
  | { kind: 'stays', to: P }
  /** Goes from its old place and size to the new ones. `isRepainted`: it looks or reads otherwise afterwards. */
  | { kind: 'glides', from: P, to: P, fromBox: Box, toBox: Box, isRepainted: boolean }
  /** Looks otherwise in the same place. */
  | { kind: 'changes', from: P, to: P }
  | { kind: 'goes', from: P }
  | { kind: 'comes', to: P }
  /** Is drawn from its tail to its head. */
  | { kind: 'grows', to: P }

/** From when to when something happens, in milliseconds. */
type Span = readonly [start: number, end: number]

/** What ends first, what glides, what grows, and what is written last. */
export const spans = { end: [0, 120], glide: [120, 570], grow: [570, 870], write: [750, 900] } as const satisfies Record<string, Span>

/** How long all of it takes, in milliseconds. */
export const DURATION = 900

/** Places nearer than this, in px, are the same. */
const SAME = 0.5

const isNear = (a: number, b: number) => Math.abs(a - b) <= SAME
const isSameBox = (a: Box, b: Box) => (Object.keys(a) as (keyof Box)[]).every(side => isNear(a[side], b[side]))
const isSameRoute = (a: readonly number[] = [], b: readonly number[] = []) => a.length === b.length && a.every((value, i) => isNear(value, b[i] ?? Infinity))
const reads = (part: Part) => `${part.look}\n${part.label}`

/** What becomes of every part of the earlier drawing, and where every part of the later one comes from. */
export function planGlide<P extends Part>(from: readonly P[], to: readonly P[]): Move<P>[] {
  const earlier = new Map(from.map(part => [part.key, part]))
  const later = new Map(to.map(part => [part.key, part]))
  const gone = from.filter(part => !stayed(part, later.get(part.key))).map((part): Move<P> => ({ kind: 'goes', from: part }))
  return [...gone, ...to.map((part): Move<P> => {
    const was = earlier.get(part.key)
    return was && stayed(was, part) ? moveOf(was, part) : part.layer === 'edge' ? { kind: 'grows', to: part } : { kind: 'comes', to: part }
  })]
}

/** Whether a part goes on as another one: edges that run elsewhere end, and grow anew. */
function stayed(was: Part, part: Part | undefined): part is Part {
  return part !== undefined && was.layer === part.layer && (part.layer !== 'edge' || isSameRoute(was.route, part.route))
}

function moveOf<P extends Part>(from: P, to: P): Move<P> {
  const isRepainted = reads(from) !== reads(to)
  if (from.box && to.box) {
    const isMoved = !isSameBox(from.box, to.box) || !isNear(from.middle.x, to.middle.x) || !isNear(from.middle.y, to.middle.y) || !isNear(from.size, to.size)
    return isMoved || isRepainted ? { kind: 'glides', from, to, fromBox: from.box, toBox: to.box, isRepainted } : { kind: 'stays', to }
  }
  return isRepainted || (to.layer !== 'edge' && from.content !== to.content) ? { kind: 'changes', from, to } : { kind: 'stays', to }
}

/** How far something is at a time: 0 before its span, 1 after it. */
export function progress(time: number, [start, end]: Span): number {
  return Math.min(1, Math.max(0, (time - start) / (end - start)))
}

/** Slow at both ends. */
export const ease = (progress: number) => progress < 0.5 ? 4 * progress ** 3 : 1 - (2 - 2 * progress) ** 3 / 2

const between = (from: number, to: number, progress: number) => from + (to - from) * progress

/** Where a gliding part stands at a time. */
export function placeAt({ from, to, fromBox, toBox }: Extract<Move, { kind: 'glides' }>, time: number): { box: Box, middle: Point, size: number } {
  const on = ease(progress(time, spans.glide))
  const side = (name: keyof Box) => between(fromBox[name], toBox[name], on)
  return {
    box: { x: side('x'), y: side('y'), width: side('width'), height: side('height'), rx: side('rx') },
    middle: { x: between(from.middle.x, to.middle.x, on), y: between(from.middle.y, to.middle.y, on) },
    size: between(from.size, to.size, on),
  }
}

/**
 * How much is to be seen, from 0 to 1, of the old look and the new look of something that changes: the new one comes up under
 * the old one, then the old one goes, so that what is behind never shows through.
 */
export function looksAt(time: number): { old: number, new: number } {
  const on = progress(time, spans.glide)
  return { old: Math.min(1, 2 - 2 * on), new: Math.min(1, 2 * on) }
}

/** How much is to be seen, from 0 to 1, of something that goes: edges and pills first, all else while the others glide. */
export function leavingAt({ layer }: Part, time: number): number {
  return 1 - progress(time, layer === 'edge' || layer === 'pill' ? spans.end : spans.glide)
}

/** How much is to be seen, from 0 to 1, of something that comes: pills last, all else while the others glide. */
export function comingAt({ layer }: Part, time: number): number {
  return progress(time, layer === 'pill' ? spans.write : spans.glide)
}

/** How much of a growing edge is drawn, from 0 to 1, and how much of its heads and its label is to be seen. */
export function growthAt(time: number): { drawn: number, head: number, label: number } {
  const drawn = ease(progress(time, spans.grow))
  return { drawn, head: drawn === 1 ? 1 : 0, label: progress(time, spans.write) }
}

/** The first stretch of a route given as points, as an SVG path: `drawn` from 0 to 1 of its points. */
export function stretch(points: readonly Point[], drawn: number): string {
  const at = drawn * (points.length - 1)
  const whole = points.slice(0, Math.floor(at) + 1)
  const [last, next] = [whole.at(-1), points[whole.length]]
  const tip = last && next ? [{ x: between(last.x, next.x, at % 1), y: between(last.y, next.y, at % 1) }] : []
  return [...whole, ...tip].map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('')
}
