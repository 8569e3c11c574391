import { describe, expect, it } from 'vitest'
import { comingAt, DURATION, growthAt, leavingAt, looksAt, placeAt, planGlide, spans, stretch, type Box, type Layer, type Move, type Part } from './glide.ts'

const box = (x: number, y: number, width = 100, height = 50): Box => ({ x, y, width, height, rx: 4 })
const part = (key: string, layer: Layer, more: Partial<Part> = {}): Part => ({
  key, layer, look: layer, content: '', label: key, size: 26,
  middle: { x: (more.box?.x ?? 0) + 50, y: (more.box?.y ?? 0) + 25 }, ...more,
})
const node = (key: string, at: Box, more: Partial<Part> = {}) => part(key, 'node', { box: at, ...more })
const edge = (key: string, route: readonly number[], more: Partial<Part> = {}) => part(key, 'edge', { route, ...more })

const plan = (from: Part[], to: Part[]) => planGlide(from, to).map(move => `${'to' in move ? move.to.key : move.from.key} ${move.kind}${move.kind === 'glides' && move.isRepainted ? ' in new paint' : ''}`)
const gliding = (from: Part, to: Part): Extract<Move, { kind: 'glides' }> => {
  const [move] = planGlide([from], [to])
  if (move?.kind !== 'glides') throw new Error(`It ${move?.kind}.`)
  return move
}

describe('what becomes of parts', () => {
  it('what has the same id glides, stays, or is repainted; what is new comes, and what ends goes', () => {
    expect(plan(
      [node('firm', box(0, 0)), node('base', box(0, 300)), node('capital', box(300, 0)), node('tech', box(500, 0))],
      [node('firm', box(200, 200), { look: 'node hero' }), node('base', box(0, 300.3)), node('tech', box(500, 0), { label: 'Heirs' }), node('was', box(0, 0))],
    )).toEqual(['capital goes', 'firm glides in new paint', 'base stays', 'tech glides in new paint', 'was comes'])
  })

  it('edges never glide: with the same route they stay, with another they end and grow anew', () => {
    expect(plan(
      [edge('a→b', [0, 0, 100, 0]), edge('b→c', [0, 9, 100, 9]), edge('c→d', [0, 5, 9, 5]), edge('d→e', [1, 2])],
      [edge('a→b', [0, 0, 100, 0.2]), edge('b→c', [0, 9, 150, 9]), edge('c→d', [0, 5, 9, 5], { look: 'edge new' }), edge('e→f', [3, 4])],
    )).toEqual(['b→c goes', 'd→e goes', 'a→b stays', 'b→c grows', 'c→d changes', 'e→f grows'])
  })

  it('pills glide with what they name; a part without one shape changes in its place', () => {
    expect(plan(
      [part('firm', 'pill', { box: box(0, 0) }), part('note', 'node', { content: 'a' }), part('x', 'node', { content: 'b' })],
      [part('firm', 'pill', { box: box(10, 90) }), part('note', 'node', { content: 'c' }), part('x', 'node', { content: 'b' })],
    )).toEqual(['firm glides', 'note changes', 'x stays'])
  })

  it('the same name in another layer is another thing', () => {
    expect(plan([node('firm', box(0, 0))], [part('firm', 'group', { box: box(0, 0) })])).toEqual(['firm goes', 'firm comes'])
  })
})

describe('what is to be seen when', () => {
  const all = (of: (time: number) => number) => Array.from({ length: DURATION + 1 }, (_, time) => of(time))

  it('a node begins where it was, passes through places between, slow at both ends, and ends exactly where it is to be', () => {
    const move = gliding(node('firm', box(0, 0, 100, 50)), node('firm', box(200, 80, 160, 60)))
    const xs = all(time => placeAt(move, time).box.x)
    expect(placeAt(move, 0)).toEqual({ box: box(0, 0, 100, 50), middle: { x: 50, y: 25 }, size: 26 })
    expect(placeAt(move, DURATION).box).toEqual(box(200, 80, 160, 60))
    expect(placeAt(move, DURATION).middle).toEqual({ x: 250, y: 105 })
    expect(xs.every((x, i) => i === 0 || x >= (xs[i - 1] ?? 0))).toBe(true)
    const [start, end] = spans.glide
    expect([xs[start], xs[end], xs[(start + end) / 2]]).toEqual([0, 200, 100])
    const first = (xs[start + 45] ?? 0) - (xs[start] ?? 0)
    expect(first).toBeLessThan(20)
    // No step of a 60th of a second is a jump.
    expect(Math.max(...xs.map((x, i) => (xs[i + 17] ?? 200) - x))).toBeLessThan(30)
  })

  it('of two looks one always covers what is behind', () => {
    for (const time of all(each => each)) {
      const looks = looksAt(time)
      expect(Math.max(looks.old, looks.new), `at ${time} ms`).toBe(1)
    }
    expect([looksAt(0), looksAt(DURATION)]).toEqual([{ old: 1, new: 0 }, { old: 0, new: 1 }])
  })

  it('edges end before anything glides, edges grow when all stand, and labels are last', () => {
    const old = edge('a→b', [])
    expect(leavingAt(old, spans.glide[0])).toBe(0)
    expect(leavingAt(node('x', box(0, 0)), spans.glide[0])).toBe(1)
    expect(comingAt(node('x', box(0, 0)), spans.glide[0])).toBe(0)
    expect(comingAt(node('x', box(0, 0)), spans.glide[1])).toBe(1)
    expect(growthAt(spans.glide[1])).toEqual({ drawn: 0, head: 0, label: 0 })
    expect(growthAt(spans.grow[1] - 1).head).toBe(0)
    expect(growthAt(spans.grow[1])).toMatchObject({ drawn: 1, head: 1 })
    expect(growthAt(DURATION)).toEqual({ drawn: 1, head: 1, label: 1 })
    expect(comingAt(part('firm', 'pill'), spans.glide[1])).toBe(0)
    expect(comingAt(part('firm', 'pill'), DURATION)).toBe(1)
  })

  it('a line is drawn from its tail on', () => {
    const points = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }]
    expect(stretch(points, 0)).toBe('M0.0,0.0L0.0,0.0')
    expect(stretch(points, 0.75)).toBe('M0.0,0.0L10.0,0.0L10.0,5.0')
    expect(stretch(points, 1)).toBe('M0.0,0.0L10.0,0.0L10.0,10.0')
  })
})
