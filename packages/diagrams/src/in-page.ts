import type { Mermaid, MermaidConfig } from 'mermaid'
import type { Marks, MarkedStatement } from 'slidev-addon-deck/fences'

/** What the page needs to draw one fence. */
export interface DrawRequest {
  source: string
  kind: string
  config: MermaidConfig
  /** How much the drawing may grow: its own size is its laid-out size times this. */
  maxScale: number
  marks: Record<string, Marks>
  statements: MarkedStatement[]
}

/**
 * Runs in the page: lets Mermaid lay the diagram out, then writes it anew as few plain shapes with the deck's classes:
 * no styles, no ids, no markers (they fail when an SVG stands in a page twice), one `<text>` a label, one `<g>` for all
 * that appears together. It must stay self-contained: Playwright sends its text to the browser.
 * @throws what Mermaid says of a source it cannot read.
 */
export async function drawInPage({ source, kind, config, maxScale, marks, statements }: DrawRequest): Promise<string> {
  interface NodeData { id: string, domId?: string, cssClasses?: string, isGroup?: boolean, shape?: string }
  interface EdgeData { id: string, start?: string, end?: string, arrowTypeEnd?: string, arrowTypeStart?: string, type?: string }
  interface Box { left: number, top: number, right: number, bottom: number }
  const mermaid = (window as unknown as { mermaid: Mermaid }).mermaid
  mermaid.initialize(config)
  // Some layouts draw lots; the same fence must give the same picture every time.
  let seed = 7
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647

  const holder = document.body.appendChild(document.createElement('div'))
  holder.innerHTML = (await mermaid.render('drawing', source)).svg
  const svg = holder.querySelector('svg') as SVGSVGElement
  const root = svg.getScreenCTM() as DOMMatrix
  const box: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  const grow = (x: number, y: number) => {
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  const n = (value: number) => String(Math.round(value * 10) / 10 + 0)
  const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\{\{/g, '{&#123;')
  const matrixOf = (el: SVGGraphicsElement) => root.inverse().multiply(el.getScreenCTM() as DOMMatrix)
  const at = (el: SVGGraphicsElement, x: number, y: number) => new DOMPoint(x, y).matrixTransform(matrixOf(el))

  // Ascent of the label face, from a text whose baseline is known.
  const probe = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'text'))
  probe.textContent = '国'
  probe.setAttribute('style', `font:${config.fontSize}px ${config.fontFamily};dominant-baseline:alphabetic`)
  const ascent = -probe.getExtentOfChar(0).y
  probe.remove()

  const open = (type: string, { side, step }: Marks = {}, attributes = '') =>
    `<g class="${[type, side].filter(Boolean).join(' ')}"${step ? ` data-step="${step}"` : ''}${attributes}>`

  /** The rows of a label as one text, where Mermaid put it or centred on a point. */
  function label(text: SVGTextElement, centre?: DOMPoint): string {
    const rows = [...text.querySelectorAll<SVGTSpanElement>('tspan')].filter(t => !t.parentElement?.closest('tspan'))
    const spans = (rows.length ? rows : [text]).flatMap((row) => {
      const content = (row.textContent ?? '').replace(/\s+/g, ' ').trim()
      if (!content) return []
      const lead = (row.textContent ?? '').length - (row.textContent ?? '').trimStart().length
      const first = text.textContent === row.textContent ? lead : [...rows].slice(0, rows.indexOf(row as SVGTSpanElement)).reduce((sum, r) => sum + (r.textContent ?? '').length, lead)
      const start = text.getExtentOfChar(first)
      const last = text.getExtentOfChar(first + content.length - 1)
      const a = at(text, start.x, start.y)
      const b = at(text, last.x + last.width, last.y + last.height)
      return [{ content, x: (a.x + b.x) / 2, top: a.y, width: b.x - a.x, height: b.y - a.y }]
    })
    const [first, last] = [spans[0], spans.at(-1)]
    if (!first || !last) return ''
    const down = centre ? centre.y - (first.top + last.top + last.height) / 2 : 0
    return `<text>${spans.map((s) => {
      const x = centre?.x ?? s.x
      grow(x - s.width / 2, s.top + down)
      grow(x + s.width / 2, s.top + s.height + down)
      return `<tspan x="${n(x)}" y="${n(s.top + down + ascent)}">${escape(s.content)}</tspan>`
    }).join('')}</text>`
  }
  const labels = (el: Element, centre?: DOMPoint) => [...el.querySelectorAll<SVGTextElement>('text')].map(text => label(text, centre)).join('')
  const middle = (el: SVGGraphicsElement) => {
    const { x, y, width, height } = el.getBBox()
    return at(el, x + width / 2, y + height / 2)
  }

  /** A ground for a label that stands on a line. */
  function ground(el: SVGGraphicsElement): string {
    const text = [...el.querySelectorAll<SVGTextElement>('text')].find(t => t.textContent?.trim())
    if (!text) return ''
    const { x, y, width, height } = text.getBBox()
    const a = at(text, x, y)
    return `<rect class="ground" x="${n(a.x - 5)}" y="${n(a.y - 1)}" width="${n(width + 10)}" height="${n(height + 2)}"/>`
  }

  /** A shape of Mermaid's with its place, without its paint. */
  function shape(el: SVGGraphicsElement, round = false): string {
    const tag = el.tagName.toLowerCase()
    const m = matrixOf(el)
    const { x, y, width, height } = el.getBBox()
    const [a, b] = [at(el, x, y), at(el, x + width, y + height)]
    grow(a.x - 1, a.y - 1)
    grow(b.x + 1, b.y + 1)
    const number = (name: string) => Number(el.getAttribute(name) ?? 0)
    if (tag === 'rect' || round) {
      const rx = round ? height / 2 : Math.min(number('rx'), height / 2)
      return `<rect class="shape" x="${n(a.x)}" y="${n(a.y)}" width="${n(width)}" height="${n(height)}"${rx ? ` rx="${n(rx)}"` : ''}/>`
    }
    if (tag === 'circle') return `<circle class="shape" cx="${n((a.x + b.x) / 2)}" cy="${n((a.y + b.y) / 2)}" r="${n(width / 2)}"/>`
    if (tag === 'polygon') {
      const points = [...(el as SVGPolygonElement).points].map(p => p.matrixTransform(m))
      return `<polygon class="shape" points="${points.map(p => `${n(p.x)},${n(p.y)}`).join(' ')}"/>`
    }
    const d = (el.getAttribute('d') ?? '').replace(/\s+/g, ' ').replace(/-?\d*\.?\d+(?:e-?\d+)?/g, v => n(Number(v)))
    return `<path class="shape" transform="translate(${n(m.e)} ${n(m.f)})" d="${d}"/>`
  }

  /** The arrow head at the end of a line, drawn out. `tip`: how far beyond the line's end it reaches. */
  function head(line: SVGGeometryElement, tip: number, atStart = false): string {
    const length = line.getTotalLength()
    const end = line.getPointAtLength(atStart ? 0 : length)
    const before = line.getPointAtLength(atStart ? Math.min(length, 6) : Math.max(0, length - 6))
    const angle = Math.atan2(end.y - before.y, end.x - before.x)
    const place = (along: number, across: number) =>
      at(line, end.x + Math.cos(angle) * along - Math.sin(angle) * across, end.y + Math.sin(angle) * along + Math.cos(angle) * across)
    const points = [place(tip, 0), place(tip - 13, 6), place(tip - 13, -6)]
    for (const p of points) grow(p.x, p.y)
    return `<polygon class="head" points="${points.map(p => `${n(p.x)},${n(p.y)}`).join(' ')}"/>`
  }

  function line(el: SVGGeometryElement, type = 'line'): string {
    const length = el.getTotalLength()
    for (let i = 0; i <= 20; i++) {
      const p = el.getPointAtLength(length * i / 20)
      const q = at(el, p.x, p.y)
      grow(q.x - 1, q.y - 1)
      grow(q.x + 1, q.y + 1)
    }
    if (el instanceof SVGLineElement) {
      const [a, b] = [at(el, el.x1.baseVal.value, el.y1.baseVal.value), at(el, el.x2.baseVal.value, el.y2.baseVal.value)]
      return `<path class="${type}" d="M${n(a.x)},${n(a.y)}L${n(b.x)},${n(b.y)}"/>`
    }
    const m = matrixOf(el)
    const d = (el.getAttribute('d') ?? '').replace(/(-?\d*\.?\d+(?:e-?\d+)?)[, ](-?\d*\.?\d+(?:e-?\d+)?)/g, (_, x, y) => `${n(Number(x) + m.e)},${n(Number(y) + m.f)}`)
    return `<path class="${type}" d="${d}"/>`
  }

  const marksOf = (names: string): Marks => {
    const found: Marks = {}
    for (const name of names.split(/[\s,]+/)) {
      if (name === 'old' || name === 'new') found.side = name
      if (/^step\d+$/.test(name)) found.step = Number(name.slice(4))
    }
    return found
  }

  /** Flowcharts, state diagrams and mindmaps share Mermaid's renderer, so its data tell what each element is. */
  async function graph(): Promise<string> {
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(source)
    const data = (diagram.db as unknown as { getData: () => { nodes: NodeData[], edges: EdgeData[] } }).getData()
    const nodeMarks = new Map(data.nodes.map(node => [node.id, { ...marksOf(node.cssClasses ?? ''), ...marks[node.id] }]))
    const out: string[] = []
    for (const node of data.nodes.filter(each => each.isGroup)) {
      const el = [...svg.querySelectorAll('.clusters > g')].find(each => each.id.endsWith(`-${node.domId}`) || each.id.endsWith(`-${node.id}`))
      const rect = el?.querySelector<SVGGraphicsElement>('rect:not(.background)')
      if (!el || !rect) throw new Error(`The drawing has no group for "${node.id}".`)
      out.push(open('group', nodeMarks.get(node.id)), shape(rect), labels(el), '</g>')
    }
    for (const edge of data.edges) {
      const path = svg.querySelector<SVGPathElement>(`.edgePaths path[data-id="${CSS.escape(edge.id)}"]`)
      if (!path) throw new Error(`The drawing has no line for the edge "${edge.id}".`)
      const [from, to] = [nodeMarks.get(edge.start ?? ''), nodeMarks.get(edge.end ?? '')]
      const own = marks[edge.id] ?? {}
      const step = own.step ?? Math.max(from?.step ?? 0, to?.step ?? 0)
      const side = own.side ?? (from?.side === to?.side ? from?.side : undefined)
      const edgeLabel = svg.querySelector<SVGGraphicsElement>(`.edgeLabels .label[data-id="${CSS.escape(edge.id)}"]`)
      const isState = kind.startsWith('state')
      const tip = isState ? 0 : 4
      const hasEnd = kind !== 'mindmap' && !['none', 'arrow_open', undefined].includes(edge.arrowTypeEnd)
      const hasStart = kind !== 'mindmap' && !['none', 'arrow_open', undefined].includes(edge.arrowTypeStart)
      out.push(
        open('edge', { ...(side && { side }), ...(step && { step }) }, kind === 'mindmap' ? '' : ` data-from="${edge.start}" data-to="${edge.end}"`),
        line(path),
        hasEnd ? head(path, tip) : '',
        hasStart ? head(path, tip, true) : '',
        edgeLabel ? ground(edgeLabel) + labels(edgeLabel) : '',
        '</g>',
      )
    }
    for (const node of data.nodes.filter(each => !each.isGroup)) {
      const el = [...svg.querySelectorAll('.nodes .node')].find(each => each.id.endsWith(`-${node.domId}`))
      const drawn = el?.querySelector<SVGGraphicsElement>('.label-container, .node-bkg, .state-start')
      const isStadium = node.shape === 'stadium'
      const own = drawn?.tagName === 'g' && !isStadium ? drawn.querySelector<SVGGraphicsElement>('path') : drawn
      if (!el || !own) throw new Error(`The deck has no shape "${node.shape}" for the node "${node.id}": use [ ], ( ), ([ ]), (( )), { } or [( )].`)
      out.push(open(own.classList.contains('state-start') ? 'node start' : node.cssClasses?.includes('section-root') ? 'node root' : 'node', nodeMarks.get(node.id), kind === 'mindmap' ? '' : ` data-node="${node.id}"`), shape(own, isStadium), labels(el, middle(own)), '</g>')
    }
    return out.join('')
  }

  function sequence(): string {
    const is = (pattern: RegExp) => statements.filter(s => pattern.test(s.text))
    const participants = is(/^(?:participant|actor)\s/)
    const messages = is(/^[^:]+?\s*(?:<<)?-{1,2}(?:>>|>|x|\)|\|)[+-]?[^:]*:/)
    const notes = is(/^note\s/i)
    const out: string[] = []
    const tops = [...svg.querySelectorAll('.actor-top')].map(el => el.closest('g') as SVGGElement)
    const lifelines = [...svg.querySelectorAll<SVGLineElement>('.actor-line')]
    if (tops.length !== participants.length) throw new Error('Declare every participant on a line of its own ("participant a as …").')
    const lines = [...svg.querySelectorAll<SVGGeometryElement>('[data-et="message"]')]
    const texts = [...svg.querySelectorAll<SVGTextElement>('.messageText')]
    // Mermaid leaves much air between messages; they are drawn closer together, in the same order.
    const rows = [...svg.querySelectorAll<SVGGraphicsElement>('[data-et="message"], [data-et="note"]')]
    const [firstRow, rowHeight] = [Math.max(...tops.map(el => el.getBBox().y + el.getBBox().height)) + 42, 49]
    rows.forEach((el, i) => {
      const box = el.getBBox()
      const note = el.matches('[data-et="note"]')
      const move = `translate(0 ${firstRow + i * rowHeight - (note ? box.y + box.height - 4 : box.y)})`
      el.setAttribute('transform', move)
      texts[lines.indexOf(el as SVGGeometryElement)]?.setAttribute('transform', `${move} translate(0 2)`)
    })
    const bottom = firstRow + (rows.length - 1) * rowHeight
    for (const life of lifelines) life.setAttribute('y2', String(bottom + 22))
    for (const top of tops) {
      const id = top.dataset['id'] ?? ''
      const index = participants.findIndex(p => p.text.split(/\s+/)[1] === id)
      const own = participants[index]?.marks ?? {}
      const life = lifelines.find(l => l.dataset['id'] === id)
      const rect = top.querySelector<SVGGraphicsElement>('rect')
      if (!rect || !life) throw new Error(`Use "participant", not "actor", for "${id}".`)
      out.push(open('node', own, ` data-node="${id}"`), line(life, 'lifeline'), shape(rect), labels(top), '</g>')
    }
    if (lines.length !== messages.length || texts.length !== messages.length) throw new Error(`Read ${messages.length} messages, Mermaid drew ${lines.length}: give each message a line and a text of its own.`)
    lines.forEach((el, i) => {
      const text = texts[i] as SVGTextElement
      out.push(open('edge', messages[i]?.marks, ` data-from="${el.dataset['from']}" data-to="${el.dataset['to']}"`), line(el), head(el, 3), label(text), '</g>')
    })
    const noteElements = [...svg.querySelectorAll('[data-et="note"]')]
    if (noteElements.length !== notes.length) throw new Error(`Read ${notes.length} notes, Mermaid drew ${noteElements.length}.`)
    noteElements.forEach((el, i) => {
      out.push(open('note', notes[i]?.marks), shape(el.querySelector('rect') as SVGGraphicsElement), labels(el), '</g>')
    })
    return out.join('')
  }

  /** Mermaid leaves much air in a timeline: its columns and wrapped labels are kept, its rows drawn closer together. */
  function timeline(): string {
    const [gap, padding] = [16, 24]
    const sections = [...svg.children].filter(el => el.matches('g[transform]:not([class])') && el.querySelector('.timeline-node'))
    const tasks = [...svg.querySelectorAll('.taskWrapper')]
    const events = [...svg.querySelectorAll('.eventWrapper')]
    const sectionLines = statements.filter(s => /^section\s/.test(s.text))
    const columns = statements.filter(s => !/^(section|title)\s/.test(s.text))
    const taskLines = columns.filter(s => !s.text.startsWith(':'))
    const eventMarks = columns.flatMap((s) => {
      const parts = s.text.split(/\s*:\s+/).filter(Boolean)
      return Array.from({ length: s.text.startsWith(':') ? parts.length : parts.length - 1 }, () => s.marks)
    })
    if (sectionLines.length !== sections.length || taskLines.length !== tasks.length || eventMarks.length !== events.length)
      throw new Error(`Read ${sectionLines.length} sections, ${taskLines.length} periods and ${eventMarks.length} events; Mermaid drew ${sections.length}, ${tasks.length} and ${events.length}.`)

    const boxOf = (el: Element) => {
      const node = el.querySelector('.node-bkg') as SVGGraphicsElement
      const { x, y, width } = node.getBBox()
      const text = el.querySelector('text') as SVGTextElement
      return { x: at(node, x, y).x, width, height: text.getBBox().height + padding, text }
    }
    const tallest = (els: Element[]) => Math.max(0, ...els.map(el => boxOf(el).height))
    const card = (type: string, el: Element, own: Marks | undefined, y: number, height: number, inside = '') => {
      const { x, width, text } = boxOf(el)
      grow(x - 1, y - 1)
      grow(x + width + 1, y + height + 1)
      return `${open(type, own)}<rect class="shape" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"/>${label(text, new DOMPoint(x + width / 2, y + height / 2))}${inside}</g>`
    }
    const sectionHeight = tallest(sections)
    const taskTop = sections.length ? sectionHeight + gap : 0
    const taskHeight = tallest(tasks)
    const axis = taskTop + taskHeight + gap * 1.5
    const centres = tasks.map(el => boxOf(el).x + boxOf(el).width / 2)
    const half = tasks[0] ? boxOf(tasks[0]).width / 2 : 0
    const [start, end] = [Math.min(...centres) - half, Math.max(...centres) + half]
    grow(end + 14, axis)
    const bottoms = new Map<number, number>()
    return [
      ...sections.map((el, i) => card('group', el, sectionLines[i]?.marks, 0, sectionHeight)),
      `<g class="edge"><path class="line" d="M${n(start)},${n(axis)}L${n(end + 4)},${n(axis)}"/><polygon class="head" points="${n(end + 14)},${n(axis)} ${n(end + 1)},${n(axis - 6)} ${n(end + 1)},${n(axis + 6)}"/></g>`,
      ...tasks.map((el, i) => card('node', el, taskLines[i]?.marks, taskTop, taskHeight, `<circle class="dot" cx="${n(centres[i] ?? 0)}" cy="${n(axis)}" r="6"/>`)),
      ...events.map((el, i) => {
        const { x, height } = boxOf(el)
        const y = bottoms.get(x) ?? axis + gap * 1.5
        bottoms.set(x, y + height + gap * 0.6)
        return card('event', el, eventMarks[i], y, height)
      }),
    ].join('')
  }

  const body = kind === 'sequenceDiagram' ? sequence() : kind === 'timeline' ? timeline() : await graph()
  holder.remove()
  const margin = 2
  const [left, top] = [Math.floor(box.left - margin), Math.floor(box.top - margin)]
  const [width, height] = [Math.ceil(box.right + margin) - left, Math.ceil(box.bottom + margin) - top]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${n(width * maxScale)}" height="${n(height * maxScale)}">${body}</svg>`
}
