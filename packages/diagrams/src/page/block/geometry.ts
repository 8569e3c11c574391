/** A place in the picture, in px. */
export interface Point {
  x: number
  y: number
}

/** A rectangle in the picture, in px. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export const widthOf = ({ left, right }: Box) => right - left
export const heightOf = ({ top, bottom }: Box) => bottom - top
export const centreOf = ({ left, top, right, bottom }: Box): Point => ({ x: (left + right) / 2, y: (top + bottom) / 2 })
export const boxAround = ({ x, y }: Point, width: number, height: number): Box => ({ left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 })
export const grown = ({ left, top, right, bottom }: Box, by: number): Box => ({ left: left - by, top: top - by, right: right + by, bottom: bottom + by })
export const holds = ({ left, top, right, bottom }: Box, { x, y }: Point) => x > left && x < right && y > top && y < bottom

/** The area, in square px, that two boxes share. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return width > 0 && height > 0 ? width * height : 0
}

/** Whether a box reaches over one of another's four sides. */
export function crossesBorder(a: Box, frame: Box): boolean {
  const isInside = a.left >= frame.left && a.right <= frame.right && a.top >= frame.top && a.bottom <= frame.bottom
  return !isInside && overlap(a, frame) > 0
}

/** A piece of a line: straight, or a cubic curve. */
export type Piece = { to: Point } | { to: Point, out: Point, into: Point }

/** A line through the picture. */
export interface Line {
  from: Point
  pieces: Piece[]
}

export const endOf = ({ from, pieces }: Line): Point => pieces.at(-1)?.to ?? from

/** Points of a line, some 4 px apart. */
export function pointsOn({ from, pieces }: Line): Point[] {
  const points = [from]
  let at = from
  for (const piece of pieces) {
    const { x, y } = at
    const steps = Math.max(2, Math.ceil((Math.hypot(piece.to.x - x, piece.to.y - y) + ('out' in piece ? 60 : 0)) / 4))
    for (let i = 1; i <= steps; i++) {
      const t = i / steps
      points.push('out' in piece
        ? { x: cubic(t, x, piece.out.x, piece.into.x, piece.to.x), y: cubic(t, y, piece.out.y, piece.into.y, piece.to.y) }
        : { x: x + (piece.to.x - x) * t, y: y + (piece.to.y - y) * t })
    }
    at = piece.to
  }
  return points
}

const cubic = (t: number, a: number, b: number, c: number, d: number) => (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d

/** The unit vector from one point to another; to the right where they are the same. */
export function direction(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  return length > 0 ? { x: (to.x - from.x) / length, y: (to.y - from.y) / length } : { x: 1, y: 0 }
}

/** A point so many px further in a direction. */
export const along = ({ x, y }: Point, { x: dx, y: dy }: Point, by: number): Point => ({ x: x + dx * by, y: y + dy * by })
