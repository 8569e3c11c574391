import { describe, expect, it } from 'vitest'
import type { DiagramEdge, DiagramNode } from './model.ts'
import { join, nearestOn, ownSites } from './diagram.ts'

const stroke = { color: { rgb: '000000', alpha: 1 }, width: 2, dash: [] }
const node = (id: string, x: number, y: number, width = 100, height = 40): DiagramNode => ({ kind: 'node', id, box: { x, y, width, height }, outline: { kind: 'box', radius: 4 }, stroke, parts: [] })
const edge = (from: string, to: string, ...points: [number, number][]): DiagramEdge => ({ kind: 'edge', from, to, segments: points.map(([x, y], i) => ({ to: { x, y }, ...i === 0 && { isMove: true } })), stroke, heads: [] })
const joined = (...elements: (DiagramNode | DiagramEdge)[]) => join({ elements })

describe('an edge is attached', () => {
  it('to the middle of a side that it ends at', () => {
    const [a, b, line] = [node('a', 0, 0), node('b', 200, 0), edge('a', 'b', [100, 20], [195, 20])]
    const found = joined(a, b, line).edges.get(line)
    expect([found?.start?.index, found?.end?.index]).toEqual([3, 1])
    expect(found?.route.box).toEqual({ x: 100, y: 20, width: 100, height: 0 })
  })

  it('to a place of its own where it ends elsewhere; two that end there share it', () => {
    const [wide, b, c] = [node('wide', 0, 100, 400), node('b', 20, 0, 60), node('c', 20, 200, 60)]
    const [up, down] = [edge('wide', 'b', [50, 100], [50, 45]), edge('c', 'wide', [50, 200], [50, 140])]
    const { anchors, edges } = joined(wide, b, c, up, down)
    expect(anchors.get(wide)?.sites).toEqual([{ x: 50, y: 100 }, { x: 50, y: 140 }])
    expect([edges.get(up)?.start?.index, edges.get(down)?.end?.index]).toEqual([4, 5])
  })

  it('where nothing is painted, to what stands in for it', () => {
    const [a, one, two] = [node('a', 0, 0), edge('a', 'j', [100, 20], [200, 20]), edge('j', 'a', [200, 20], [200, 80])]
    const { junctions, edges } = joined(a, one, two)
    expect([...junctions.keys()]).toEqual(['j'])
    expect(edges.get(one)?.end?.anchor).toBe(edges.get(two)?.start?.anchor)
  })

  it('to what it ends at where it does not say', () => {
    const [a, b, line, far] = [node('', 0, 0), node('', 200, 0), edge('', '', [101, 20], [199, 20]), edge('', '', [100, 300], [200, 300])]
    const { anchors, edges } = joined(a, b, line, far)
    expect(edges.get(line)?.start?.anchor).toBe(anchors.get(a))
    expect(edges.get(line)?.end?.anchor).toBe(anchors.get(b))
    expect(edges.get(far)?.start).toBeUndefined()
  })

  it('to a lifeline, not to the box above it', () => {
    const lifeline = { box: { x: 50, y: 40, width: 0, height: 300 }, outline: { kind: 'path' as const, segments: [{ to: { x: 50, y: 40 }, isMove: true }, { to: { x: 50, y: 340 } }] }, stroke }
    const [a, b, message] = [{ ...node('a', 0, 0), parts: [lifeline] }, node('b', 200, 0), edge('a', 'b', [50, 120], [200, 20])]
    const { anchors, edges } = joined(a, b, message)
    expect(edges.get(message)?.start?.anchor).toBe(anchors.get(lifeline))
    expect(anchors.get(lifeline)?.sites).toEqual([{ x: 50, y: 120 }])
  })
})

it('knows the places of round shapes as PowerPoint counts them', () => {
  const sites = ownSites({ box: { x: 0, y: 0, width: 100, height: 100 }, outline: { kind: 'ellipse' } })
  expect(sites.map(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual([[50, 0], [15, 15], [0, 50], [15, 85], [50, 100], [85, 85], [100, 50], [85, 15]])
})

it('finds the place on an outline that is nearest', () => {
  const box = { x: 0, y: 0, width: 100, height: 100 }
  expect(nearestOn({ box, outline: { kind: 'ellipse' } }, { x: 200, y: 50 })).toEqual({ x: 100, y: 50 })
  expect(nearestOn({ box, outline: { kind: 'diamond' } }, { x: 100, y: 0 })).toEqual({ x: 75, y: 25 })
  expect(nearestOn({ box, outline: { kind: 'box', radius: 0 } }, { x: 30, y: -9 })).toEqual({ x: 30, y: 0 })
})

it('a line that goes around below two shapes ends a px inside of one: LibreOffice would make it straight', () => {
  const [a, b, around] = [node('a', 200, 0), node('b', 0, 0), edge('a', 'b', [250, 40], [250, 80], [50, 80], [50, 40])]
  const { anchors, edges } = joined(a, b, around)
  expect(anchors.get(b)?.sites).toEqual([{ x: 50, y: 39 }])
  expect(edges.get(around)?.route).toMatchObject({ preset: 'bentConnector3', turn: 90, flipsX: true, adjustments: [-40] })
})
