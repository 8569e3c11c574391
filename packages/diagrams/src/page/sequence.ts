import type { MarkedStatement } from 'slidev-addon-deck/fences'
import { edge, group, type Pen } from './pen.ts'

/** Room between the participants and the first message, from one message to the next, and above a note, in px. */
const FIRST_ROW = 42
const ROW = 49
const ABOVE_NOTE = 12

/** A message with a plain line, and with an arrow or nothing at its end. */
const MESSAGE = /^[^:<]+?\s*(--?)(>>?)\s*[^\s+:>-][^:]*:/

const PARTICIPANT = /^participant\s/
const NOTE = /^note\s/i

/** The first statement of a sequence diagram that is not drawn: a frame like `alt`, an activation, another kind of arrow. */
export const undrawnStatement = (statements: readonly MarkedStatement[]) => statements.find(({ text }) => ![PARTICIPANT, NOTE, MESSAGE].some(pattern => pattern.test(text)))

/** What a sequence diagram's statements declare, each in order. */
export function readSequence(statements: readonly MarkedStatement[]) {
  const are = (pattern: RegExp) => statements.filter(({ text }) => pattern.test(text))
  return {
    participants: new Map(are(PARTICIPANT).map(({ text, marks }) => [text.split(/\s+/)[1], marks])),
    messages: are(MESSAGE).map(({ text, marks }) => {
      const [, line, end] = MESSAGE.exec(text) ?? []
      return { marks, isDotted: line === '--', hasHead: end === '>>' }
    }),
    notes: are(NOTE),
  }
}

/** Mermaid leaves much air between messages: they are drawn closer together, in the same order. */
export function drawSequence(pen: Pen, svg: SVGSVGElement, statements: readonly MarkedStatement[]): string {
  const other = undrawnStatement(statements)
  if (other) throw new Error(`A sequence diagram is drawn without "${other.text}".`)
  const { participants, messages, notes } = readSequence(statements)
  const tops = [...svg.querySelectorAll('.actor-top')].map(el => el.closest<SVGGElement>('g')).filter(el => el !== null)
  const lifelines = [...svg.querySelectorAll<SVGLineElement>('.actor-line')]
  const lines = [...svg.querySelectorAll<SVGGeometryElement>('[data-et="message"]')]
  const texts = [...svg.querySelectorAll<SVGTextElement>('.messageText')]
  const drawnNotes = [...svg.querySelectorAll<SVGGraphicsElement>('[data-et="note"]')]
  if (lines.length !== messages.length || texts.length !== messages.length) throw new Error(`${messages.length} messages were read, Mermaid drew ${lines.length}: each needs a line of its own, -> or ->>, and a text.`)
  if (drawnNotes.length !== notes.length) throw new Error(`${notes.length} notes were read, Mermaid drew ${drawnNotes.length}.`)

  const rows = [...lines, ...drawnNotes].toSorted((a, b) => a.getBBox().y - b.getBBox().y)
  let y = Math.max(...tops.map(el => el.getBBox().y + el.getBBox().height)) + FIRST_ROW - ROW
  let below = 0
  for (const el of rows) {
    const box = el.getBBox()
    const isNote = el.matches('[data-et="note"]')
    y += Math.max(ROW, isNote ? box.height + ABOVE_NOTE : 0) + below
    // A message to oneself turns back below its line.
    below = isNote ? 0 : box.height
    const move = `translate(0 ${y - (isNote ? box.y + box.height - 4 : box.y)})`
    el.setAttribute('transform', move)
    texts[lines.findIndex(line => line === el)]?.setAttribute('transform', `${move} translate(0 2)`)
  }
  for (const life of lifelines) life.setAttribute('y2', String(y + below + 22))

  const actors = tops.map((top) => {
    const { id = '' } = top.dataset
    const life = lifelines.find(line => line.dataset['id'] === id)
    const rect = top.querySelector('rect')
    if (!rect || !life) throw new Error(`"${id}" is drawn as a participant, not as an actor.`)
    return group('node', participants.get(id), [pen.line(life, 'lifeline'), pen.shape(rect), pen.labels(top)], { 'data-node': id })
  })
  const arrows = lines.map((el, i) => {
    const text = texts[i]
    const { marks, isDotted, hasHead } = messages[i] ?? {}
    return edge(isDotted ? 'dotted' : undefined, marks, [pen.line(el), hasHead ? pen.head(el, 3) : '', text ? pen.label(text) : ''], { 'data-from': el.dataset['from'], 'data-to': el.dataset['to'] })
  })
  const cards = drawnNotes.map((el, i) => {
    const rect = el.querySelector('rect')
    return group('note', notes[i]?.marks, [rect ? pen.shape(rect) : '', pen.labels(el)])
  })
  return [...actors, ...arrows, ...cards].join('')
}
