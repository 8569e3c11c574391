import type { MarkedStatement, Marks } from 'slidev-addon-deck/fences'
import { group, n, type Pen } from './pen.ts'

const GAP = 16
const PADDING = 24

/** The marks of a timeline's sections, periods and events, each in order. */
export function readTimeline(statements: readonly MarkedStatement[]): Record<'sections' | 'periods' | 'events', Marks[]> {
  const columns = statements.filter(({ text }) => !/^(?:section|title)\s/.test(text))
  return {
    sections: statements.filter(({ text }) => /^section\s/.test(text)).map(({ marks }) => marks),
    periods: columns.filter(({ text }) => !text.startsWith(':')).map(({ marks }) => marks),
    events: columns.flatMap(({ text, marks }) => {
      const parts = text.split(/\s*:\s+/).filter(Boolean).length
      return Array.from({ length: text.startsWith(':') ? parts : parts - 1 }, () => marks)
    }),
  }
}

/** Mermaid leaves much air in a timeline: its columns and wrapped labels are kept, its rows drawn closer together. */
export function drawTimeline(pen: Pen, svg: SVGSVGElement, statements: readonly MarkedStatement[]): string {
  const marks = readTimeline(statements)
  const cardsOf = (elements: Iterable<Element>) => [...elements].map(el => cardOf(pen, el))
  const sections = cardsOf([...svg.children].filter(el => el.matches('g[transform]:not([class])') && el.querySelector('.timeline-node')))
  const periods = cardsOf(svg.querySelectorAll('.taskWrapper'))
  const events = cardsOf(svg.querySelectorAll('.eventWrapper'))
  if (marks.sections.length !== sections.length || marks.periods.length !== periods.length || marks.events.length !== events.length)
    throw new Error(`${marks.sections.length} sections, ${marks.periods.length} periods and ${marks.events.length} events were read; Mermaid drew ${sections.length}, ${periods.length} and ${events.length}.`)

  const tallest = (cards: readonly Card[]) => Math.max(0, ...cards.map(({ height }) => height))
  const draw = (type: string, { x, width, text }: Card, own: Marks | undefined, y: number, height: number, inside = '') => {
    pen.reach(x - 1, y - 1)
    pen.reach(x + width + 1, y + height + 1)
    const shape = `<rect class="shape" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"/>`
    return group(type, own, [shape, pen.label(text, new DOMPoint(x + width / 2, y + height / 2)), inside])
  }
  const sectionHeight = tallest(sections)
  const top = sections.length > 0 ? sectionHeight + GAP : 0
  const height = tallest(periods)
  const axis = top + height + GAP * 1.5
  const centres = periods.map(({ x, width }) => x + width / 2)
  const half = (periods[0]?.width ?? 0) / 2
  const [start, end] = [Math.min(...centres) - half, Math.max(...centres) + half]
  pen.reach(end + 14, axis)
  const title = svg.querySelector<SVGTextElement>(':scope > text')
  const bottoms = new Map<number, number>()
  return [
    title ? pen.label(title, new DOMPoint((start + end) / 2, -GAP * 2)) : '',
    ...sections.map((card, i) => draw('group', card, marks.sections[i], 0, sectionHeight)),
    `<g class="edge"><path class="line" d="M${n(start)},${n(axis)}L${n(end + 4)},${n(axis)}"/><polygon class="head" points="${n(end + 14)},${n(axis)} ${n(end + 1)},${n(axis - 6)} ${n(end + 1)},${n(axis + 6)}"/></g>`,
    ...periods.map((card, i) => draw('node', card, marks.periods[i], top, height, `<circle class="dot" cx="${n(centres[i] ?? 0)}" cy="${n(axis)}" r="6"/>`)),
    ...events.map((card, i) => {
      const y = bottoms.get(card.x) ?? axis + GAP * 1.5
      bottoms.set(card.x, y + card.height + GAP * 0.6)
      return draw('event', card, marks.events[i], y, card.height)
    }),
  ].join('')
}

type Card = ReturnType<typeof cardOf>

function cardOf(pen: Pen, el: Element) {
  const [node, text] = [el.querySelector<SVGGraphicsElement>('.node-bkg'), el.querySelector('text')]
  if (!node || !text) throw new Error('Mermaid drew a card of a timeline without a shape or a text.')
  const { x, y, width } = node.getBBox()
  return { x: pen.at(node, x, y).x, width, height: text.getBBox().height + PADDING, text }
}
