import { clicksOf } from 'slidev-addon-deck/clicks'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { isDiagram } from 'slidev-addon-deck/markup'
import { parseFences, type Fence } from 'slidev-addon-deck/fences'
import { project } from '../helpers/deck.ts'

/** A label as a fence has it, without spaces and line breaks, and the step it appears with (0: from the start). */
export interface FenceLabel { text: string, step: number }

const plain = (text: string) => text.replace(/<br\s*\/?>|^["'`]+|["'`]+$/g, '').replace(/\s+/g, '')
const NODE = /^\s*([\w-]+)(?:[[({]+\s*"([^"]*)"\s*[\])}]+)?(?::::[\w, ]+)?/
const LINK = /^\s*(?:([\w-]+)@)?(?:<?(?:--|==|-\.)\s*"([^"]*)"\s*(?:--+|==+|\.-)[->]?|<?(?:--+|==+|-\.+-)[->]?)(?:\|"?([^"|]*)"?\|)?/

/** Flowcharts chain statements: nodes with links between them. */
function flowchartLabels({ statements, marks }: Fence): FenceLabel[] {
  const stepOf = (id: string) => marks[id]?.step ?? 0
  const found: FenceLabel[] = []
  for (const { text } of statements) {
    if (/^(?:end|direction\b)/.test(text)) continue
    let rest = text.replace(/^subgraph\s+/, '')
    let from: string | undefined
    let link: { id: string | undefined, label: string | undefined } | undefined
    for (let node = NODE.exec(rest); node?.[1]; node = NODE.exec(rest)) {
      const [whole, id, label] = node
      if (label) found.push({ text: plain(label), step: stepOf(id) })
      if (from && link?.label) found.push({ text: plain(link.label), step: (link.id ? marks[link.id]?.step : undefined) ?? Math.max(stepOf(from), stepOf(id)) })
      rest = rest.slice(whole.length)
      const next = LINK.exec(rest)
      if (!next?.[0]) break
      link = { id: next[1], label: next[2] ?? next[3] }
      from = id
      rest = rest.slice(next[0].length)
    }
  }
  return found
}

function stateLabels({ statements, marks }: Fence): FenceLabel[] {
  const stepOf = (id = '') => marks[id]?.step ?? 0
  return statements.flatMap(({ text }) => {
    const [, label, id] = /^state\s+"([^"]*)"\s+as\s+([\w-]+)/.exec(text) ?? []
    if (label) return [{ text: plain(label), step: stepOf(id) }]
    const [, from, to, said] = /^([\w-]+)\s*-->\s*([\w-]+)\s*:\s*(.+)$/.exec(text) ?? []
    return said ? [{ text: plain(said), step: Math.max(stepOf(from), stepOf(to)) }] : []
  })
}

function sequenceLabels({ statements }: Fence): FenceLabel[] {
  return statements.flatMap(({ text, marks }) => {
    const label = /^participant\s+[\w-]+\s+as\s+(.+)$/.exec(text)?.[1] ?? /^[^:]+:\s*(.+)$/.exec(text)?.[1]
    return label ? [{ text: plain(label), step: marks.step ?? 0 }] : []
  })
}

function timelineLabels({ statements }: Fence): FenceLabel[] {
  return statements.flatMap(({ text, marks }) => text.replace(/^section\s+/, '').split(':').map(plain).filter(Boolean).map(each => ({ text: each, step: marks.step ?? 0 })))
}

/** In a mindmap the classes stand on the line below the node. */
function mindmapLabels({ statements }: Fence): FenceLabel[] {
  return statements.flatMap(({ text }, i) => {
    const label = /"([^"]*)"/.exec(text)?.[1]
    const step = /^:::.*\bstep(\d+)/.exec(statements[i + 1]?.text ?? '')?.[1]
    return label ? [{ text: plain(label), step: Number(step ?? 0) }] : []
  })
}

/** Blocks of any shape with their labels, edges with theirs, pills; words that stand alone have no shape. */
function blockLabels({ statements, marks }: Fence, pillWords: readonly string[]): FenceLabel[] {
  const stepOf = (id = '') => marks[id]?.step ?? 0
  const pill = (no: number, step: number) => ({ text: plain(`${no}${pillWords[no - 1]}`), step })
  const onBlocks = Object.values(marks).flatMap(({ pill: no, step }) => no ? [pill(no, step ?? 0)] : [])
  // Edges of one mark share a pill.
  const edges = statements.flatMap(({ text, marks: own }) => {
    const [, from, to] = /^([\w-]+)\s*<?--.*?([\w-]+)$/.exec(text) ?? []
    return from && own.pill ? [{ no: own.pill, step: own.step ?? Math.max(stepOf(from), stepOf(to)) }] : []
  })
  const onEdges = [...Map.groupBy(edges, ({ no }) => no)].map(([no, marked]) => pill(no, marked[0]?.step ?? 0))
  return [...onBlocks, ...onEdges, ...statements.flatMap(({ text, marks: own }) => {
    const [, from, said, to] = /^([\w-]+)\s*--+\s*"([^"]*)"\s*--+>?\s*([\w-]+)/.exec(text) ?? []
    if (said) return [{ text: plain(said), step: own.step ?? Math.max(stepOf(from), stepOf(to)) }]
    return [...text.replace(/^block:/, '').matchAll(/([\w-]+)[[(]+"([^"]*)"/g)].map(([, id, label = '']) => ({ text: plain(label), step: stepOf(id) })).filter(label => label.text)
  })]
}

const readers: Readonly<Record<string, (fence: Fence, pillWords: readonly string[]) => FenceLabel[]>> = {
  'flowchart': flowchartLabels,
  'stateDiagram-v2': stateLabels,
  'sequenceDiagram': sequenceLabels,
  'timeline': timelineLabels,
  'mindmap': mindmapLabels,
  'block': blockLabels,
}

/**
 * Every label of a fence, in its order: read from the text, not from the drawing, so that one can be held against the other.
 * @param pillWords the edition's `marks`.
 * @throws where the kind is unknown.
 */
export function labelsOf(fence: Fence, pillWords: readonly string[]): FenceLabel[] {
  const read = readers[fence.kind]
  if (!read) throw new Error(`No labels can be read of a "${fence.kind}".`)
  return read(fence, pillWords)
}

/** A diagram of a slide, with the slide's clicks before it: those until the state of a moving picture is there. */
export interface SlideFence {
  fence: Fence
  clicksBefore: number
  /** The click with which the picture's next state takes its place. */
  until: number
}

/** The diagrams of a slide, in order, each state of a moving picture as one. */
export function fencesOf({ content, contentLine }: Pick<DeckSlide, 'content' | 'contentLine'>): SlideFence[] {
  const fences = parseFences(content, contentLine).filter(isDiagram).map((fence) => {
    const before = content.split('\n').slice(0, fence.line - contentLine).join('\n')
    const clicks = clicksOf({ content: before, contentLine }, project.config.clickComponents) ?? 0
    return { fence, clicksBefore: clicks + (isLaterState(fence) ? 1 : 0) }
  })
  return fences.map((each, i) => {
    const next = fences[i + 1]
    return { ...each, until: next && isLaterState(next.fence) ? next.clicksBefore : Infinity }
  })
}

const isLaterState = ({ state }: Fence) => state !== undefined && state.index > 0

/** The diagrams that show at a click. */
export const shownFences = (slide: DeckSlide, click: number): SlideFence[] =>
  fencesOf(slide).filter(({ fence, clicksBefore, until }) => click < until && (click >= clicksBefore || !isLaterState(fence)))

/** The diagrams that are read where nothing moves: of a moving picture its first and its last state. */
export const stillFences = (slide: Pick<DeckSlide, 'content' | 'contentLine'>): Fence[] =>
  fencesOf(slide).map(({ fence }) => fence).filter(({ state }) => !state || state.index === 0 || state.index === state.count - 1)

/** The diagrams that are printed: a comparison's table is printed in place of its picture. */
export const printedFences = (slide: Pick<DeckSlide, 'content' | 'contentLine' | 'frontmatter'>): Fence[] =>
  slide.frontmatter['layout'] === 'comparison' ? [] : stillFences(slide)
