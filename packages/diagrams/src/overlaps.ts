import { type Box, boxAround, grown, holds, overlap, type Point, pointsOn } from './page/block/geometry.ts'

/** A label of a block diagram's drawing that lies on something. */
export interface Overlap {
  label: string
  on: 'a line' | 'a node' | 'a label' | 'the edge of the picture'
}

/** Letters other than Chinese ones, as a part of their size: a rough width is enough to see what lies on what. */
const LETTER = 0.46
/** px that labels may come nearer than they are drawn, since their widths are rough. */
const SLACK = 2

const GROUP = /<g class="(group|edge|node|pill)\b([^"]*)"[^>]*>(.*?)<\/g>/g
const attribute = (tag: string, name: string) => Number(new RegExp(` ${name}="([-\\d.]+)(?:px)?"`).exec(tag)?.[1] ?? 0)

/** Finds labels outside nodes (of edges, frames and pills, and words without a shape) that lie on a line, a node or one another. */
export function overlapsIn(svg: string): Overlap[] {
  const groups = [...svg.matchAll(GROUP)].map(([, type = '', classes = '', content = '']) => ({ type, classes, content }))
  const picture: Box = { left: 0, top: 0, right: attribute(svg, 'width'), bottom: attribute(svg, 'height') }
  const nodes = groups.filter(({ type }) => type === 'node').flatMap(({ content }) => shapesIn(content))
  const lines = groups.filter(({ type }) => type === 'edge').flatMap(({ content }) => linesIn(content))
  const labels = groups.flatMap(({ type, classes, content }) => {
    if (type === 'node' && !/\blabel\b/.test(classes)) return []
    const label = [...content.matchAll(/<tspan[^>]*>([^<]*)/g)].map(([, text = '']) => text).join(' ')
    const [box] = type === 'pill' ? shapesIn(content) : [textBox(content)]
    // A pill has a ground of its own: it may lie on what it names.
    return box ? [{ label, box: grown(box, -SLACK), isPill: type === 'pill' }] : []
  })
  return labels.flatMap(({ label, box, isPill }, i): Overlap[] => [
    ...!isPill && lines.some(point => holds(box, point)) ? [{ label, on: 'a line' as const }] : [],
    ...!isPill && nodes.some(node => overlap(node, box) > 0) ? [{ label, on: 'a node' as const }] : [],
    ...labels.some((other, k) => k > i && overlap(other.box, box) > 0) ? [{ label, on: 'a label' as const }] : [],
    ...overlap(grown(box, -1), picture) < overlap(grown(box, -1), grown(box, -1)) ? [{ label, on: 'the edge of the picture' as const }] : [],
  ])
}

function shapesIn(content: string): Box[] {
  const rects = [...content.matchAll(/<rect [^>]*>/g)].map(([tag]): Box => {
    const [left, top] = [attribute(tag, 'x'), attribute(tag, 'y')]
    return { left, top, right: left + attribute(tag, 'width'), bottom: top + attribute(tag, 'height') }
  })
  const circles = [...content.matchAll(/<circle [^>]*>/g)].map(([tag]) => boxAround({ x: attribute(tag, 'cx'), y: attribute(tag, 'cy') }, attribute(tag, 'r') * 2, attribute(tag, 'r') * 2))
  return [...rects, ...circles]
}

/** The box of a label's letters. */
function textBox(content: string): Box | undefined {
  const rows = [...content.matchAll(/(<tspan[^>]*>)([^<]*)/g)].map(([, tag = '', text = '']): Box => {
    const size = attribute(tag, 'font-size')
    const width = [...text].reduce((sum, character) => sum + (/[\p{Script=Han}，。、：；？！]/u.test(character) ? 1 : LETTER), 0) * size
    return boxAround({ x: attribute(tag, 'x'), y: attribute(tag, 'y') - size * 0.36 }, width, size * 0.9)
  })
  const [first] = rows
  return first && rows.reduce((all, row) => ({ left: Math.min(all.left, row.left), top: Math.min(all.top, row.top), right: Math.max(all.right, row.right), bottom: Math.max(all.bottom, row.bottom) }), first)
}

/** Points of an edge's line. */
function linesIn(content: string): Point[] {
  const d = / d="([^"]*)"/.exec(content)?.[1] ?? ''
  const [first, ...others] = [...d.matchAll(/([MLC])([-\d.,]+)/g)].map(([, , numbers = '']) => numbers.split(',').map(Number))
  const point = (numbers: readonly number[], i: number): Point => ({ x: numbers[i] ?? 0, y: numbers[i + 1] ?? 0 })
  return pointsOn({ from: point(first ?? [], 0), pieces: others.map(numbers => numbers.length > 2 ? { out: point(numbers, 0), into: point(numbers, 2), to: point(numbers, 4) } : { to: point(numbers, 0) }) })
}
