import { marksOf, type Fence, type Marks } from 'slidev-addon-deck/fences'
import { FenceFault } from './block/structure.ts'
import { edge, group, type Pen } from './pen.ts'

/** What Mermaid's renderer of flowcharts, state diagrams and mindmaps knows of a diagram. */
export interface GraphData {
  nodes: { id: string, domId?: string, cssClasses?: string, isGroup?: boolean, shape?: string }[]
  edges: { id: string, start?: string, end?: string, arrowTypeEnd?: string, arrowTypeStart?: string, pattern?: string, thickness?: string }[]
}

/**
 * Flowcharts, state diagrams and mindmaps: groups first, then edges, then the nodes over them.
 * @throws FenceFault for a class of what is not there: with a step, its click would show nothing.
 */
export function drawGraph(pen: Pen, svg: SVGSVGElement, kind: string, { nodes, edges: all }: GraphData, { marks, classLines }: Pick<Fence, 'marks' | 'classLines'>): string {
  const isMindmap = kind === 'mindmap'
  const named = new Set([...nodes, ...all].map(({ id }) => id))
  for (const { line, ids } of classLines) {
    const missing = ids.find(id => !named.has(id))
    if (missing !== undefined) throw new FenceFault(`There is nothing called "${missing}" in this diagram for this class: correct the name.`, line)
  }
  // They only hold nodes together.
  const edges = all.filter(({ thickness }) => thickness !== 'invisible')
  const nodeMarks = new Map(nodes.map(({ id, cssClasses = '' }) => [id, { ...marksOf(cssClasses.split(/[\s,]+/)), ...marks[id] }]))

  const groups = nodes.filter(({ isGroup, shape }) => isGroup && shape !== 'noteGroup').map(({ id, domId }) => {
    const el = [...svg.querySelectorAll('.clusters > g')].find(each => each.id.endsWith(`-${domId}`) || each.id.endsWith(`-${id}`))
    const rect = el?.querySelector<SVGGraphicsElement>('rect:not(.background)')
    if (!el || !rect) throw new Error(`Mermaid drew no group for "${id}".`)
    return group('group', nodeMarks.get(id), [pen.shape(rect), pen.labels(el)])
  })

  const lines = edges.map(({ id, start, end, arrowTypeStart, arrowTypeEnd, pattern, thickness }) => {
    const path = svg.querySelector<SVGPathElement>(`.edgePaths path[data-id="${CSS.escape(id)}"]`)
    if (!path) throw new Error(`Mermaid drew no line for the edge "${id}".`)
    const label = svg.querySelector(`.edgeLabels .label[data-id="${CSS.escape(id)}"]`)
    const tip = kind.startsWith('state') ? 0 : 4
    const own = marksOfEdge(marks[id], nodeMarks.get(start ?? ''), nodeMarks.get(end ?? ''))
    return edge(pattern === 'dotted' || pattern === 'dashed' ? 'dotted' : thickness === 'thick' ? 'thick' : undefined, own, [
      pen.line(path),
      !isMindmap && hasHead(arrowTypeEnd) ? pen.head(path, tip) : '',
      !isMindmap && hasHead(arrowTypeStart) ? pen.head(path, tip, true) : '',
      label ? pen.ground(label) + pen.labels(label) : '',
    ], isMindmap ? {} : { 'data-from': start, 'data-to': end })
  })

  const shapes = nodes.filter(({ isGroup }) => !isGroup).map(({ id, domId, cssClasses, shape = '' }) => {
    const el = [...svg.querySelectorAll('.nodes .node')].find(each => each.id.endsWith(`-${domId}`))
    const drawn = el?.querySelector<SVGGraphicsElement>('.label-container, .node-bkg, .state-start, :scope > g:not(.label)')
    const own = drawn && outlineOf(drawn)
    const data = isMindmap ? {} : { 'data-node': id }
    if (el && drawn && shape === 'stateEnd') return group('node', nodeMarks.get(id), [pen.ring(drawn)], data)
    if (!el || !own) throw new Error(`There is no shape "${shape}" for "${id}", only [ ], ( ), ([ ]), (( )), { } and [( )].`)
    const isFilled = ['stateStart', 'fork', 'join'].includes(shape)
    const type = isFilled ? 'node start' : cssClasses?.includes('section-root') ? 'node root' : 'node'
    return group(type, nodeMarks.get(id), [pen.shape(own, shape === 'note' ? 'box' : ['stadium', 'fork', 'join'].includes(shape) ? 'pill' : undefined), pen.labels(el, pen.middle(own))], data)
  })
  return [...groups, ...lines, ...shapes].join('')
}

/** The one outline of a shape, which Mermaid may draw twice over, filled and stroked; nothing where it has several. */
function outlineOf(shape: SVGGraphicsElement): SVGGraphicsElement | undefined {
  if (shape.tagName !== 'g') return shape
  const [filled, stroked, ...others] = [...shape.children]
  return filled instanceof SVGPathElement && stroked instanceof SVGPathElement && others.length === 0 ? filled : undefined
}

/** An edge appears with the later of its ends, and is of the side that both are of, unless it has classes of its own. */
export function marksOfEdge({ side, step }: Marks = {}, from: Marks = {}, to: Marks = {}): Marks {
  const shared = side ?? (from.side === to.side ? from.side : undefined)
  return { ...shared && { side: shared }, step: step ?? Math.max(from.step ?? 0, to.step ?? 0) }
}

/** @throws for a head that is not drawn. */
function hasHead(arrowType: string | undefined): boolean {
  if (arrowType === 'arrow_circle' || arrowType === 'arrow_cross') throw new Error('Lines end in an arrow or in nothing, not in a circle or a cross.')
  return Boolean(arrowType) && arrowType !== 'none' && arrowType !== 'arrow_open'
}
