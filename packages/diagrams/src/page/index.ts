import type { Mermaid, MermaidConfig } from 'mermaid'
import type { Fence } from 'slidev-addon-deck/fences'
import { protectLabels } from '../label-text.ts'
import { drawBlocks } from './block/index.ts'
import { FenceFault, type MermaidBlock, type MermaidBlocks, type MermaidLink } from './block/structure.ts'
import type { Form } from './block/style.ts'
import { drawGraph, type GraphData } from './graph.ts'
import { Pen } from './pen.ts'
import { drawSequence } from './sequence.ts'
import { drawTimeline } from './timeline.ts'

/** What the page needs to draw one fence. */
export interface DrawRequest extends Pick<Fence, 'kind' | 'marks' | 'statements' | 'classLines'> {
  /** The diagram as Mermaid reads it. */
  source: string
  config: MermaidConfig
  /** How much the drawing may grow: its own size is its laid-out size times this. */
  maxScale: number
  /** How wide a block diagram is drawn, how high (px), and the words of its pills. */
  form: Form
  height: number
  pillWords: readonly string[]
}

/** What comes of a fence that Mermaid can show: a drawing, or why there is none. */
export type Drawing = { svg: string } | { undrawable: string }

const messageOf = (error: unknown) => error instanceof Error ? error.message : String(error)

/** What is wrong with a fence: what Mermaid says of it, or a fault of which the line in its file is known. */
export type Fault = { broken: string } | { fault: string, line: number }

/**
 * Lets Mermaid lay a diagram out, then writes it anew as few plain shapes with the deck's classes, one `<g>` for all
 * that appears together.
 * @returns what is wrong where Mermaid cannot show it either, or where the fence has to be mended.
 */
export async function drawDiagram(request: DrawRequest): Promise<Drawing | Fault> {
  const { kind, config, maxScale, marks, statements, classLines } = request
  const { source, restore } = protectLabels(request.source, kind)
  const { mermaid } = window as unknown as { mermaid: Mermaid }
  mermaid.initialize(config)
  // Some layouts draw lots; the same fence must give the same picture every time.
  let seed = 7
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647

  if (kind === 'block') {
    const drawn = await drawBlock(mermaid, { ...request, source })
    return 'svg' in drawn ? { svg: restore(drawn.svg) } : drawn
  }

  const holder = document.createElement('div')
  try {
    holder.innerHTML = (await mermaid.render('drawing', source)).svg
  }
  catch (error) {
    return { broken: messageOf(error) }
  }
  document.body.append(holder)
  try {
    const svg = holder.querySelector('svg')
    if (!svg) throw new Error('Mermaid drew nothing.')
    const pen = new Pen(svg, `${config.fontSize}px ${config.fontFamily}`)
    const body = kind === 'sequenceDiagram' ? drawSequence(pen, svg, statements)
      : kind === 'timeline' ? drawTimeline(pen, svg, statements)
        : drawGraph(pen, svg, kind, await graphData(mermaid, source), { marks, classLines })
    return { svg: restore(pen.picture(body, maxScale)) }
  }
  catch (error) {
    return error instanceof FenceFault ? { fault: error.message, line: error.line } : { undrawable: messageOf(error) }
  }
  finally {
    holder.remove()
  }
}

/** Mermaid reads a block diagram, but does not lay it out. */
async function drawBlock(mermaid: Mermaid, request: DrawRequest): Promise<Drawing | Fault> {
  let read: MermaidBlocks
  try {
    read = await blocksOf(mermaid, request.source)
  }
  catch (error) {
    return { broken: messageOf(error) }
  }
  const context = document.createElement('canvas').getContext('2d')
  const measure = (text: string, size: number) => {
    if (!context) return 0
    context.font = `${size}px ${request.config.fontFamily}`
    return context.measureText(text).width
  }
  try {
    return { svg: drawBlocks(read, request, measure) }
  }
  catch (error) {
    return error instanceof FenceFault ? { fault: error.message, line: error.line } : { undrawable: messageOf(error) }
  }
}

/** What Mermaid's parser reads of a block diagram. @throws what it says of one that it can't read. */
export async function blocksOf(mermaid: Pick<Mermaid, 'mermaidAPI'>, source: string): Promise<MermaidBlocks> {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(source)
  const blocks = db as unknown as { getBlocks: () => MermaidBlock[], getColumns: (id: string) => number, getEdges: () => MermaidLink[] }
  return { blocks: blocks.getBlocks(), columns: blocks.getColumns('root'), links: blocks.getEdges() }
}

async function graphData(mermaid: Mermaid, source: string): Promise<GraphData> {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(source)
  return (db as unknown as { getData: () => GraphData }).getData()
}
