import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import { marksOf, type Marks } from 'slidev-addon-deck/fences'
import { n } from '../pen.ts'
import { type Box, boxAround, centreOf, heightOf, type Line, widthOf } from './geometry.ts'
import { type Obstacles, placeLabel, placePill, placeTitle } from './labels.ts'
import { type Head, routesOf } from './routes.ts'
import { type Cell, everything, type FenceClasses, FenceFault, type Group, hasShape, type MermaidBlocks, placesIn, readStructure, type Row } from './structure.ts'
import { type Form, styleOf } from './style.ts'
import { fitLabel, fitWords, inTwo, type Measure, setText, type SetText } from './text.ts'
import { layOut, STRIP } from './tracks.ts'

/** What a block diagram is drawn from. */
export interface BlockRequest extends FenceClasses {
  form: Form
  /** px; the width is the form's own. */
  height: number
}

/** A pill is read as one with the border that it touches. */
const PILL_OVERLAP = 2
/** Least px between a frame's title and the frame's sides. */
const TITLE_PADDING = 8
/** Middle of a label's letters over its baseline, as a part of its size. */
const MIDDLE = 0.36
/** Ink of a label, as a part of its size: what may not touch anything. */
const INK = 1

/**
 * Draws a block diagram as an SVG of a fixed size: Mermaid has read it, but its layout is not used.
 * @throws FenceFault where the fence has to be mended; Error where this can't draw what Mermaid can.
 */
export function drawBlocks(read: MermaidBlocks, request: BlockRequest, measure: Measure): string {
  const { root, links } = readStructure(read, request)
  const style = styleOf(request.form, request.height)
  const all = everything(root)
  const cells = all.filter(each => each.kind === 'cell')
  const groups = all.filter(each => each.kind === 'group')
  const frames = groups.filter(({ isFrame }) => isFrame)
  // A comment that no edge follows keeps their room in a state that has none.
  const hasPills = request.classLines.some(({ names }) => marksOf(names).pill)
  const { boxes, strips } = layOut(root, style, hasPills, ({ title }) => measure(title, style.title))
  const boxOf = (id: string): Box => {
    const box = boxes.get(id)
    if (!box) throw new Error(`"${id}" has no place.`)
    return box
  }
  const hasStrip = (group: Group) => group.rows.length > 1 || strips.has(group.id)

  const nodes = cells.filter(hasShape)
  const labels = new Map<string, SetText>()
  for (const cell of cells) {
    if (cell.lines.length > 0) labels.set(cell.id, labelOf(cell, boxOf(cell.id)))
  }
  // What stands in one row is of one rank: its labels are of one size.
  for (const row of [root, ...groups].flatMap(({ rows }) => rows)) {
    const equals = row.filter(each => each.kind === 'cell').filter(({ shape, lines, marks }) => ['rect', 'pill'].includes(shape) && lines.length > 0 && !marks.looks?.includes('hero'))
    const most = Math.min(...equals.map(({ id }) => labels.get(id)?.rows[0]?.size ?? Infinity))
    for (const cell of equals) labels.set(cell.id, labelOf(cell, boxOf(cell.id), most))
  }

  const places = placesIn(root)
  const routes = routesOf(links, {
    ends: new Map(all.map(each => [each.id, { box: boxOf(each.id), isRound: each.kind === 'cell' && each.shape === 'circle', place: places.get(each.id) ?? [] }])),
    nodes: new Map(nodes.map(({ id }) => [id, boxOf(id)])),
    style,
  })

  const obstacles: Obstacles = {
    picture: { left: 0, top: 0, right: style.width, bottom: style.height },
    nodes: nodes.map(({ id }) => boxOf(id)),
    frames: frames.map(({ id }) => boxOf(id)),
    words: cells.filter(({ shape }) => shape === 'words').flatMap(({ id }) => {
      const text = labels.get(id)
      return text ? [boxAround(centreOf(boxOf(id)), text.width, text.height)] : []
    }),
    routes,
  }

  const titled = frames.filter(({ title }) => title).map((group) => {
    const box = boxOf(group.id)
    const largest = hasStrip(group) ? style.title : Math.min(style.first.to, Math.max(style.title, Math.floor(heightOf(box) * style.first.ofHeight)))
    const room = widthOf(box) - 2 * TITLE_PADDING
    const size = Math.min(largest, Math.floor(largest * room / measure(group.title, largest)))
    if (size < style.first.least) throw tooLong(group.title, group)
    const sizes = Array.from({ length: size - style.first.least + 1 }, (_, i) => size - i).map(size => ({ size, width: measure(group.title, size), height: size * INK }))
    return { group, sizes, frame: { frame: box, strip: hasStrip(group) ? STRIP : undefined, isEmpty: group.rows.every(row => row.length === 0) } }
  })
  /** How badly titles would stand beside a pill. */
  const crowding = (pill: Box) => titled.reduce((sum, { frame, sizes }) => sum + placeTitle(frame, sizes, { ...obstacles, words: [...obstacles.words, pill] }).cost, 0)

  const pills: string[] = []
  const addPill = (of: string, marks: Marks, number: number, place: (width: number) => Box) => {
    const word = request.pillWords[number - 1] ?? ''
    const { size, height, padding } = style.pill
    // Set in bold, which is wider.
    const digit = measure(String(number), size) * 1.1
    const gap = size * 0.3
    const width = digit + gap + measure(word, size) + 2 * padding
    const box = place(width)
    obstacles.words.push(box)
    const y = n(centreOf(box).y + size * MIDDLE)
    const digitX = n(box.left + padding + digit / 2)
    const wordX = n(box.right - padding - measure(word, size) / 2)
    pills.push(element('pill', { ...marks, looks: [] }, { 'data-of': of }, [
      shapeOf(box, height / 2),
      `<text><tspan class="number" x="${digitX}" y="${y}" font-size="${n(size)}px">${number}</tspan><tspan x="${wordX}" y="${y}" font-size="${n(size)}px">${escape(word)}</tspan></text>`,
    ]))
  }
  for (const { id, marks } of all) {
    if (marks.pill) addPill(id, marks, marks.pill, width => boxAround({ x: centreOf(boxOf(id)).x, y: boxOf(id).top - style.pill.height / 2 + PILL_OVERLAP }, width, style.pill.height))
  }
  for (const [number, marked] of Map.groupBy(routes.filter(({ link }) => link.marks.pill), ({ link }) => link.marks.pill ?? 0)) {
    const { marks, from, to } = marked[0]?.link ?? { marks: {}, from: '', to: '' }
    addPill(`${from}→${to}`, marks, number, width => placePill(marked, width, style.pill.height, obstacles, crowding))
  }

  const titles = new Map(titled.map(({ group, frame, sizes }) => {
    const { box, index } = placeTitle(frame, sizes, obstacles)
    obstacles.words.push(box)
    return [group.id, textAt(setText([{ text: group.title, size: sizes[index]?.size ?? style.title }], measure), centreOf(box))]
  }))

  const edges = routes.map((route) => {
    const { link, line, heads } = route
    let label = ''
    if (link.lines.length > 0) {
      const [least = style.edge.twoLines] = style.edge.sizes.slice(-1)
      const set = (lines: readonly string[], size: number) => setText(lines.map(text => ({ text, size })), measure)
      const whole = (link.lines.length > 1 ? [style.edge.twoLines, least] : style.edge.sizes).map(size => set(link.lines, size))
      const broken = style.breaksEdges && link.lines.length === 1 ? inTwo(link.lines[0] ?? '', style.breaksHan, measure, true) : undefined
      const texts = [...whole, ...broken ? [style.edge.twoLines, least].map(size => set(broken, size)) : []].toSorted((a, b) => (b.rows[0]?.size ?? 0) - (a.rows[0]?.size ?? 0))
      const { box, index } = placeLabel(route, texts.map(({ width, height, rows }) => ({ width, height: rows.length > 1 ? height : (rows[0]?.size ?? height) * INK })), obstacles)
      obstacles.words.push(box)
      label = textAt(texts[index] ?? setText([], measure), centreOf(box))
    }
    return element('edge', link.marks, { 'data-from': link.from, 'data-to': link.to }, [`<path class="line" d="${pathOf(line)}"/>`, ...heads.map(headOf), label])
  })

  const neighbours = neighboursOf(root, '')
  const body = [
    ...frames.map(group => element('group', group.marks, { 'data-node': group.id }, [shapeOf(boxOf(group.id), FRAME_CORNER), titles.get(group.id) ?? ''])),
    ...edges,
    ...cells.filter(({ shape }) => shape !== 'junction').map((cell) => {
      const text = labels.get(cell.id)
      const shape = hasShape(cell) ? shapeOf(boxOf(cell.id), cell.shape === 'pill' ? heightOf(boxOf(cell.id)) / 2 : CORNER, cell.shape === 'circle') : ''
      return element('node', cell.marks, { 'data-node': cell.id, ...neighbours.get(cell.id) }, [shape, text ? textAt(text, centreOf(boxOf(cell.id))) : ''])
    }),
    ...pills,
  ].join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" class="block" viewBox="0 0 ${n(style.width)} ${n(style.height)}" width="${n(style.width)}" height="${n(style.height)}">${body}</svg>`

  /** @throws FenceFault where it does not fit. */
  function labelOf(cell: Cell, box: Box, most?: number): SetText {
    const isHero = cell.marks.looks?.includes('hero') ?? false
    const chord = (height: number) => Math.sqrt(Math.max(0, widthOf(box) ** 2 - height ** 2)) - style.padding
    const text = cell.shape === 'words'
      ? fitWords(cell.lines, { width: widthOf(box) - (isHero ? 2 : 4) * style.growth, height: heightOf(box) }, isHero ? style.heroWords : style.words, isHero, style, measure)
      : fitLabel(cell.lines, isHero, heightOf(box), cell.shape === 'circle' ? chord : () => widthOf(box) - 2 * style.padding, style, measure, most)
    if (!text) throw tooLong(joined(cell.lines), cell)
    return text
  }

  function tooLong(label: string, { id, span }: Cell | Group): FenceFault {
    const line = request.statements.find(({ text }) => text.includes('"') && new RegExp(`(?:^|[\\s:])${id}[[({:]`).test(text))?.line
    return new FenceFault(`The label "${label}" is too long for its ${span} columns${request.form === 'narrow' ? ' in the narrow form, for print' : ''}: shorten it or give it more columns.`, line ?? request.statements[0]?.line ?? 1)
  }
}

/** Radius of the corners of nodes and of frames, in px. */
const CORNER = 4
const FRAME_CORNER = 4

const escape = (text: string) => escapeHtml(text).replaceAll('{{', '{&#123;')

function element(type: string, { side, step, looks = [] }: Marks, data: Readonly<Record<string, string | undefined>>, content: readonly string[]): string {
  return `<g${attributes({ 'class': [type, side, ...new Set(looks)].filter(Boolean).join(' '), 'data-step': step || undefined, ...data })}>${content.join('')}</g>`
}

function shapeOf(box: Box, corner: number, isRound = false): string {
  const { x, y } = centreOf(box)
  return isRound
    ? `<circle class="shape" cx="${n(x)}" cy="${n(y)}" r="${n(widthOf(box) / 2)}"/>`
    : `<rect class="shape" x="${n(box.left)}" y="${n(box.top)}" width="${n(widthOf(box))}" height="${n(heightOf(box))}" rx="${n(corner)}"/>`
}

/** A size stands on each row, where no rule for texts reaches; in px, since UnoCSS would make a utility of a bare number. */
function textAt({ rows, height }: SetText, { x, y }: { x: number, y: number }): string {
  let top = y - height / 2
  return `<text>${rows.map(({ text, size }) => {
    const line = size * height / rows.reduce((sum, row) => sum + row.size, 0)
    const baseline = top + line / 2 + size * MIDDLE
    top += line
    return `<tspan x="${n(x)}" y="${n(baseline)}" font-size="${n(size)}px">${escape(text)}</tspan>`
  }).join('')}</text>`
}

const pathOf = ({ from, pieces }: Line) => `M${n(from.x)},${n(from.y)}${pieces.map(piece => 'out' in piece
  ? `C${n(piece.out.x)},${n(piece.out.y)},${n(piece.into.x)},${n(piece.into.y)},${n(piece.to.x)},${n(piece.to.y)}`
  : `L${n(piece.to.x)},${n(piece.to.y)}`).join('')}`

const headOf = ({ tip, corners }: Head) => `<polygon class="head" points="${[tip, ...corners].map(({ x, y }) => `${n(x)},${n(y)}`).join(' ')}"/>`

/** What each node stands in, and between which labels. */
function neighboursOf(group: Group, within: string): Map<string, Record<string, string | undefined>> {
  const found = new Map<string, Record<string, string | undefined>>()
  const inside = group.title || within
  for (const row of group.rows) {
    for (const each of row) {
      if (each.kind === 'group') for (const [id, data] of neighboursOf(each, inside)) found.set(id, data)
      else if (hasShape(each)) found.set(each.id, { 'data-within': inside || undefined, 'data-after': nearest(row, each, -1), 'data-before': nearest(row, each, 1) })
    }
  }
  return found
}

/** The label of the nearest node on one side in a row. */
function nearest(row: Row, cell: Cell, way: -1 | 1): string | undefined {
  const named = row.filter(each => each === cell || each.kind === 'cell' && hasShape(each) && each.lines.length > 0 && !each.marks.looks?.includes('ghost'))
  const other = named[named.indexOf(cell) + way]
  return other?.kind === 'cell' ? joined(other.lines) : undefined
}

/** Lines of a label as one: Chinese without a blank between. */
const joined = (lines: readonly string[]) => lines.reduce((text, line) => text + (/\p{Script=Han}$/u.test(text) && /^\p{Script=Han}/u.test(line) ? '' : ' ') + line)

