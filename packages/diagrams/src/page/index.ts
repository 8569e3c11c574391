import type { Mermaid, MermaidConfig } from 'mermaid'
import type { Fence } from 'slidev-addon-deck/fences'
import { drawGraph, type GraphData } from './graph.ts'
import { Pen } from './pen.ts'
import { drawSequence } from './sequence.ts'
import { drawTimeline } from './timeline.ts'

/** What the page needs to draw one fence. */
export interface DrawRequest extends Pick<Fence, 'kind' | 'marks' | 'statements'> {
  /** The diagram as Mermaid reads it. */
  source: string
  config: MermaidConfig
  /** How much the drawing may grow: its own size is its laid-out size times this. */
  maxScale: number
}

/** What comes of a fence that Mermaid can show: a drawing, or why there is none. */
export type Drawing = { svg: string } | { undrawable: string }

const messageOf = (error: unknown) => error instanceof Error ? error.message : String(error)

/**
 * Lets Mermaid lay a diagram out, then writes it anew as few plain shapes with the deck's classes, one `<g>` for all
 * that appears together.
 * @returns `broken`, with what Mermaid says of it, where Mermaid cannot show it either.
 */
export async function drawDiagram({ source, kind, config, maxScale, marks, statements }: DrawRequest): Promise<Drawing | { broken: string }> {
  const { mermaid } = window as unknown as { mermaid: Mermaid }
  mermaid.initialize(config)
  // Some layouts draw lots; the same fence must give the same picture every time.
  let seed = 7
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647

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
        : drawGraph(pen, svg, kind, await graphData(mermaid, source), marks)
    return { svg: pen.picture(body, maxScale) }
  }
  catch (error) {
    return { undrawable: messageOf(error) }
  }
  finally {
    holder.remove()
  }
}

async function graphData(mermaid: Mermaid, source: string): Promise<GraphData> {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(source)
  return (db as unknown as { getData: () => GraphData }).getData()
}
