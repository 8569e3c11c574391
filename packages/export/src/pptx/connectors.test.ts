import { describe, expect, it } from 'vitest'
import { gap, headSize, isStraight, nearestOnLine, pointsOf, routeOf, type Route } from './connectors.ts'
import type { Point, Segment } from './model.ts'

const line = (...points: [number, number][]): Segment[] => points.map(([x, y], i) => ({ to: { x, y }, ...i === 0 && { isMove: true } }))

/** Points of a curved connector as PowerPoint paints it: guides and paths as presetShapeDefinitions.xml of ECMA-376 has them. */
function painted({ preset, box, turn, flipsX, flipsY, adjustments: [adj1 = 0.5, adj2 = 0.5] }: Route): Point[] {
  const { width: w, height: h } = box
  const at = (x: number, y: number): Point => {
    const [dx, dy] = [(flipsX ? w - x : x) - w / 2, (flipsY ? h - y : y) - h / 2]
    return { x: box.x + w / 2 + (turn ? -dy : dx), y: box.y + h / 2 + (turn ? dx : dy) }
  }
  const x2 = w * adj1
  const x3 = (w + x2) / 2
  const y4 = h * adj2
  const curves: Record<string, Segment[]> = {
    curvedConnector3: [
      { to: at(0, 0), isMove: true }, { out: at(x2 / 2, 0), into: at(x2, h / 4), to: at(x2, h / 2) }, { out: at(x2, h * 3 / 4), into: at(x3, h), to: at(w, h) },
    ],
    curvedConnector4: [
      { to: at(0, 0), isMove: true }, { out: at(x2 / 2, 0), into: at(x2, y4 / 4), to: at(x2, y4 / 2) },
      { out: at(x2, y4 * 3 / 4), into: at((x2 + x3) / 2, y4), to: at(x3, y4) }, { out: at((x3 + w) / 2, y4), into: at(w, (h + y4) / 2), to: at(w, h) },
    ],
  }
  return pointsOf(curves[preset] ?? [])
}

describe('the connector that looks like a path', () => {
  it('is straight where the path is, whichever way it runs', () => {
    expect(routeOf(line([100, 80], [40, 20]), { x: 100, y: 80 }, { x: 40, y: 20 })).toEqual({ preset: 'straightConnector1', box: { x: 40, y: 20, width: 60, height: 60 }, turn: 0, flipsX: true, flipsY: true, adjustments: [] })
    expect(isStraight([{ to: { x: 0, y: 0 }, isMove: true }, { out: { x: 20, y: 1 }, into: { x: 60, y: -1 }, to: { x: 100, y: 0 } }])).toBe(true)
    expect(isStraight(line([0, 0], [50, 10], [100, 0]))).toBe(false)
  })

  it('bends once between a side and a top', () => {
    expect(routeOf(line([0, 0], [100, 0], [100, 50]), { x: 0, y: 0 }, { x: 100, y: 50 })).toEqual({ preset: 'bentConnector2', box: { x: 0, y: 0, width: 100, height: 50 }, turn: 0, flipsX: false, flipsY: false, adjustments: [] })
  })

  it('is turned where it sets out upwards or downwards', () => {
    // Up, then to the right: the box before it is turned by a quarter has its sides exchanged.
    expect(routeOf(line([0, 100], [0, 0], [40, 0]), { x: 0, y: 100 }, { x: 40, y: 0 })).toEqual({ preset: 'bentConnector2', box: { x: -30, y: 30, width: 100, height: 40 }, turn: 90, flipsX: true, flipsY: true, adjustments: [] })
  })

  it('bends where the path crosses', () => {
    expect(routeOf(line([0, 0], [30, 0], [30, 50], [100, 50]), { x: 0, y: 0 }, { x: 100, y: 50 })).toMatchObject({ preset: 'bentConnector3', adjustments: [0.3] })
  })

  it('goes around below two shapes in a row', () => {
    const { preset, box, turn, adjustments } = routeOf(line([300, 0], [300, 40], [0, 40], [0, 0]), { x: 300, y: 0 }, { x: 0, y: 0 })
    expect({ preset, turn, adjustments }).toEqual({ preset: 'bentConnector3', turn: 90, adjustments: [40] })
    expect(box).toEqual({ x: 149.5, y: -150, width: 1, height: 300 })
  })

  const [arc, bow, oblique, drop] = [
    [{ to: { x: 392, y: 174 }, isMove: true }, { out: { x: 225, y: 176 }, into: { x: 141, y: 205 }, to: { x: 139, y: 303 } }],
    // It comes back to the side it set out from.
    [{ to: { x: 0, y: 0 }, isMove: true }, { out: { x: -80, y: 0 }, into: { x: -80, y: 100 }, to: { x: 0, y: 100 } }],
    [{ to: { x: 446, y: 199 }, isMove: true }, { out: { x: 360, y: 260 }, into: { x: 340, y: 400 }, to: { x: 475, y: 346 } }],
    [{ to: { x: 200, y: 335 }, isMove: true }, { out: { x: 203, y: 260 }, into: { x: 230, y: 260 }, to: { x: 340, y: 258 } }],
  ] as const satisfies Segment[][]
  it.each([
    ['around a corner', arc, 'curvedConnector4'], ['a bow', bow, 'curvedConnector3'], ['aslant', oblique, 'curvedConnector4'], ['upwards, then aside', drop, 'curvedConnector4'],
  ])('is curved where the path is, and close to it: %s', (_, path, preset) => {
    const points = pointsOf(path)
    const [start, end] = [points[0], points.at(-1)]
    if (!start || !end) throw new Error('The path has no points.')
    const route = routeOf(path, start, end)
    expect(route.preset).toBe(preset)
    const made = painted(route)
    const apart = (one: readonly Point[], other: readonly Point[]) => Math.max(...one.map(point => Math.min(...other.slice(1).map((to, i) => gap(nearestOnLine(other[i] ?? to, to, point), point)))))
    expect(apart([start, end], made)).toBeLessThan(1)
    // A fiftieth of a slide's width.
    expect(Math.max(apart(points, made), apart(made, points))).toBeLessThan(980 / 50)
  })

  it('is not bent where only its corners are curved', () => {
    const rounded: Segment[] = [...line([0, 0], [86, 0]), { out: { x: 94, y: 0 }, into: { x: 100, y: 6 }, to: { x: 100, y: 14 } }, { to: { x: 100, y: 60 } }]
    expect(routeOf(rounded, { x: 0, y: 0 }, { x: 100, y: 60 }).preset).toBe('bentConnector2')
  })
})

it('heads are as long as PowerPoint can have them', () => {
  expect([4, 12, 24].map(length => headSize(length, 4))).toEqual(['sm', 'med', 'lg'])
})
