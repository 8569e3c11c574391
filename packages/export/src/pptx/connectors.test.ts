import { describe, expect, it } from 'vitest'
import type { Segment } from './model.ts'
import { headSize, isStraight, routeOf } from './connectors.ts'

const line = (...points: [number, number][]): Segment[] => points.map(([x, y], i) => ({ to: { x, y }, ...i === 0 && { isMove: true } }))

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

  it('is curved where the path is', () => {
    const arc: Segment[] = [{ to: { x: 0, y: 0 }, isMove: true }, { out: { x: 60, y: 0 }, into: { x: 100, y: 40 }, to: { x: 100, y: 100 } }]
    expect(routeOf(arc, { x: 0, y: 0 }, { x: 100, y: 100 }).preset).toBe('curvedConnector2')
    // A bow that comes back to the side it set out from.
    const bow: Segment[] = [{ to: { x: 0, y: 0 }, isMove: true }, { out: { x: -80, y: 0 }, into: { x: -80, y: 100 }, to: { x: 0, y: 100 } }]
    const { preset, adjustments: [furthest = 0] } = routeOf(bow, { x: 0, y: 0 }, { x: 0, y: 100 })
    expect(preset).toBe('curvedConnector3')
    expect(furthest).toBeCloseTo(-60, 0)
  })

  it('is not bent where only its corners are curved', () => {
    const rounded: Segment[] = [...line([0, 0], [86, 0]), { out: { x: 94, y: 0 }, into: { x: 100, y: 6 }, to: { x: 100, y: 14 } }, { to: { x: 100, y: 60 } }]
    expect(routeOf(rounded, { x: 0, y: 0 }, { x: 100, y: 60 }).preset).toBe('bentConnector2')
  })
})

it('heads are as long as PowerPoint can have them', () => {
  expect([4, 12, 24].map(length => headSize(length, 4))).toEqual(['sm', 'med', 'lg'])
})
