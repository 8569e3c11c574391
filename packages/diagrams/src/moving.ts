import { isMagicMove, isMermaid, magicMoveFences, parseFences, type Fence } from 'slidev-addon-deck/fences'
import { BrokenDiagram } from './mermaid.ts'
import type { Drawing } from './page/index.ts'

/** Something that a drawing names: what it is, and the shape it has. */
const NAMED = /<g class="(node|group)\b[^>]*? data-node="([^"]*)"[^>]*>(?:<(rect|circle|polygon|path) class="shape")?/g
const NAMES = { node: 'a node', group: 'a group' } as const
const SHAPES = { rect: 'a box', circle: 'a circle', polygon: 'a polygon', path: 'an outline' } as const

/**
 * The states of each moving picture of a slide.
 * @throws BrokenDiagram for a magic-move block that mixes diagrams with code.
 */
export function movingPictures(content: string, contentLine: number): Fence[][] {
  const fences = parseFences(content, contentLine)
  for (const fence of fences) if (isMagicMove(fence.info)) statesOf(fence)
  return [...Map.groupBy(fences.filter(({ state }) => state), ({ state }) => state?.block).values()]
}

/**
 * The states that a magic-move block holds; undefined where it shows code, which is Slidev's.
 * @throws BrokenDiagram where it mixes diagrams with code.
 */
export function statesOf(block: Pick<Fence, 'code' | 'line'>): Fence[] | undefined {
  const fences = magicMoveFences(block)
  if (!fences.some(({ info }) => isMermaid(info))) return undefined
  const other = fences.find(({ info }) => !isMermaid(info))
  if (other) throw new BrokenDiagram(`The states of a moving picture are all diagrams: take this fence of ${other.info ? `"${other.info}"` : 'no language'} out of the magic-move block.`, other.line)
  return fences
}

/**
 * Holds the states of a moving picture against each other.
 * @param drawings those of its states that are drawn, in their order.
 * @throws BrokenDiagram where there is one state only, where states are of different kinds, and where something that has
 * the same id in two states is a node in one and a group in the other, or of another shape.
 */
export function assertMoves(states: readonly Fence[], drawings: readonly (Drawing | undefined)[] = []): void {
  const [first, ...others] = states
  if (!first) return
  if (others.length === 0) throw new BrokenDiagram('A moving picture has two states or more: write a single one as a plain ```mermaid fence.', first.line)
  const stranger = others.find(({ kind }) => kind !== first.kind)
  if (stranger) throw new BrokenDiagram(`All states of a moving picture are of one kind: this is "${stranger.kind}", the first one "${first.kind}".`, stranger.line + 1)

  const known = new Map<string, { what: string, line: number }>()
  states.forEach((state, i) => {
    const drawing = drawings[i]
    for (const [, type, id = '', shape] of drawing && 'svg' in drawing ? drawing.svg.matchAll(NAMED) : []) {
      const what = type === 'group' || !shape ? NAMES[type as keyof typeof NAMES] : `${NAMES.node} drawn as ${SHAPES[shape as keyof typeof SHAPES]}`
      const line = lineOf(state, id)
      const before = known.get(id)
      if (before && before.what !== what) throw new BrokenDiagram(`"${id}" is ${what} here, and ${before.what} in line ${before.line}: what has the same id in two states is the same thing, so give one of them another id.`, line)
      known.set(id, { what, line })
    }
  })
}

/** 1-based line, in its file, of the first line of a fence that names an id. */
function lineOf({ code, line }: Fence, id: string): number {
  const isNamed = new RegExp(`(?<![\\p{L}\\p{N}_])${RegExp.escape(id)}(?![\\p{L}\\p{N}_])`, 'u')
  const at = code.split('\n').findIndex(text => isNamed.test(text.replace(/"[^"]*"/g, '""')))
  return line + 1 + Math.max(0, at)
}
