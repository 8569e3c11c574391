import looks from '../styles/diagram.css?inline'
import { comingAt, DURATION, growthAt, layers, leavingAt, looksAt, placeAt, planGlide, stretch, type Box, type Layer, type Move, type Part, type Point } from './glide.ts'

/** Distance of the points that a growing line is drawn through, in px of the drawing. */
const POINT_DISTANCE = 6

/** From the earlier drawing's coordinates to the later one's: scaled, then moved. */
interface Mapping { scale: number, x: number, y: number }

interface DrawnPart extends Part {
  el: SVGGElement
  /** The size and the middle of its label in its own drawing. */
  ownSize: number
  ownMiddle: Point
}

/**
 * Plays how one state's drawing becomes the next one's, in a copy that stands in the later one's place and is taken away at
 * the end. Plays nothing where the viewer wants no motion, and where the drawing cannot be seen.
 * @param from the earlier state's drawing. Laid out, though it may be invisible.
 * @param to the later state's, which shows.
 * @returns what ends it at once.
 */
export function play(from: SVGSVGElement, to: SVGSVGElement): () => void {
  const stage = to.parentElement
  const mapping = mappingBetween(from, to)
  const isWanted = !matchMedia('(prefers-reduced-motion: reduce), print').matches && !document.hidden
  if (!stage || !mapping || !isWanted || !to.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return () => undefined

  // Everything that needs the layout is read before anything is changed.
  const parts = partsOf(from, { scale: mapping.scale, x: mapping.x, y: mapping.y })
  const targets = partsOf(to, { scale: 1, x: 0, y: 0 })
  const glide = to.cloneNode(true) as SVGSVGElement
  const stand = standFor(glide, stage)
  const copies = new Map(targets.map(({ el }) => [el, copyAt(glide, to, el)]))
  const frames = planGlide(parts, targets.filter(({ el }) => !el.dataset['step'])).flatMap(move => framesOf(move, glide, copies, mapping))

  let request = 0
  const listening = new AbortController()
  const finish = () => {
    cancelAnimationFrame(request)
    listening.abort()
    stand.remove()
    stage.classList.remove('gliding')
  }
  const start = performance.now()
  const paint = (now: number) => {
    // A frame may bear a time from before the start.
    const time = Math.max(0, now - start)
    if (time >= DURATION) return finish()
    for (const frame of frames) frame(time)
    request = requestAnimationFrame(paint)
  }
  for (const frame of frames) frame(0)
  to.after(stand)
  stage.classList.add('gliding')
  request = requestAnimationFrame(paint)
  addEventListener('beforeprint', finish, { signal: listening.signal })
  return finish
}

/**
 * Where a copy of a drawing stands in the page: in a shadow tree that has the rules of drawings alone. Every frame changes what
 * a dozen elements look like; each change would else be held against the thousand rules of the page.
 */
function standFor(copy: SVGSVGElement, stage: HTMLElement): HTMLElement {
  const stand = document.createElement('div')
  stand.className = 'glide'
  const rules = new CSSStyleSheet()
  rules.replaceSync(`${looks} .diagram { display: contents } svg { grid-area: 1 / 1 }`)
  const shadow = stand.attachShadow({ mode: 'open' })
  shadow.adoptedStyleSheets = [rules]
  const diagram = document.createElement('div')
  diagram.className = 'diagram'
  diagram.dataset['shown'] = stage.dataset['shown'] ?? ''
  diagram.append(copy)
  shadow.append(diagram)
  return stand
}

/** How the coordinates of one drawing are those of another; undefined where one of them is not laid out. */
function mappingBetween(from: SVGSVGElement, to: SVGSVGElement): Mapping | undefined {
  const [source, target] = [from.getScreenCTM(), to.getScreenCTM()]
  if (!source?.a || !target?.a) return undefined
  const { a, e, f } = target.inverse().multiply(source)
  return { scale: a, x: e, y: f }
}

/** The element of a copy that stands where another one stands in the original. */
function copyAt(copy: SVGSVGElement, original: SVGSVGElement, el: SVGGElement): SVGGElement {
  return copy.children[[...original.children].indexOf(el)] as SVGGElement
}

function partsOf(drawing: SVGSVGElement, mapping: Mapping): DrawnPart[] {
  const counts = new Map<string, number>()
  return [...drawing.children].filter(el => el instanceof SVGGElement).map((el) => {
    const layer = layers.find(name => el.classList.contains(name)) ?? 'node'
    const thing = keyOf(el, layer)
    const count = (counts.get(thing) ?? 0) + 1
    counts.set(thing, count)
    return { key: `${thing} ${count}`, ...partOf(el, layer, mapping) }
  })
}

/** By what something is known again: its id, its ends, what it names, else its label. */
function keyOf({ dataset, textContent }: SVGGElement, layer: Layer): string {
  const { node, from, to, of } = dataset
  return `${layer}: ${layer === 'edge' ? `${from ?? ''}→${to ?? ''}` : node ?? of ?? textContent}`
}

function partOf(el: SVGGElement, layer: Layer, { scale, x, y }: Mapping): Omit<DrawnPart, 'key'> {
  const map = (point: Point) => ({ x: point.x * scale + x, y: point.y * scale + y })
  const kids = [...el.children]
  const [shape, ...others] = kids.filter(kid => !(kid instanceof SVGTextElement))
  const texts = kids.filter(kid => kid instanceof SVGTextElement)
  const rows = texts.flatMap(text => [...text.children].filter(row => row instanceof SVGTSpanElement))
  const mean = (name: 'x' | 'y') => rows.reduce((sum, row) => sum + Number(row.getAttribute(name)), 0) / rows.length
  const words = rows.length > 0 ? { x: mean('x'), y: mean('y') } : undefined
  const box = shape instanceof SVGGraphicsElement && shape.matches('.shape') && others.length === 0 ? shapeBox(shape)
    // Words without a shape glide as well.
    : !shape && words ? { ...words, width: 0, height: 0, rx: 0 } : undefined
  const ownMiddle = words ?? { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
  const ownSize = rows[0] ? Number.parseFloat(getComputedStyle(rows[0]).fontSize) : 1
  const route = kids.filter(kid => kid.matches('.line')).flatMap(line => (line.getAttribute('d') ?? '').match(/-?[\d.]+/g)?.map(Number) ?? [])
  return {
    el, layer, ownMiddle, ownSize,
    look: el.getAttribute('class') ?? '',
    content: el.innerHTML,
    ...box && { box: { ...map(box), width: box.width * scale, height: box.height * scale, rx: box.rx * scale } },
    label: rows.map(row => row.textContent).join('\n'),
    middle: map(ownMiddle),
    size: ownSize * scale,
    ...layer === 'edge' && { route: route.map((value, i) => value * scale + (i % 2 === 0 ? x : y)) },
  }
}

function shapeBox(shape: SVGGraphicsElement): Box {
  // As written: the browser would round them.
  const value = (name: string) => Number(shape.getAttribute(name) ?? 0)
  if (shape instanceof SVGRectElement) return { x: value('x'), y: value('y'), width: value('width'), height: value('height'), rx: value('rx') }
  const { x, y, width, height } = shape.getBBox()
  const { e, f } = shape.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 }
  return { x: x + e, y: y + f, width, height, rx: 0 }
}

/** Sets what is to be seen at a time, in milliseconds since the start. */
type Frame = (time: number) => void

/** What a move changes in the copy, frame by frame; puts into the copy what only the earlier drawing has. */
function framesOf(move: Move<DrawnPart>, glide: SVGSVGElement, copies: ReadonlyMap<SVGGElement, SVGGElement>, mapping: Mapping): Frame[] {
  const copy = 'to' in move ? copies.get(move.to.el) : undefined
  switch (move.kind) {
    case 'stays': return []
    case 'goes': {
      const old = oldOf(move.from, mapping)
      const first = [...glide.children].find(el => layers.findIndex(name => el.classList.contains(name)) >= layers.indexOf(move.from.layer))
      glide.insertBefore(old, first ?? null)
      return [time => show(old, leavingAt(move.from, time))]
    }
    case 'comes': return copy ? [time => show(copy, comingAt(move.to, time))] : []
    case 'grows': return copy ? [growing(copy)] : []
    case 'changes': {
      const old = oldOf(move.from, mapping)
      copy?.after(old)
      return [(time) => {
        const looks = looksAt(time)
        show(old, looks.old)
        if (copy) show(copy, looks.new)
      }]
    }
    case 'glides': {
      if (!copy) return []
      const settle = placing(copy, move.to, move.toBox)
      if (!move.isRepainted) return [time => settle(placeAt(move, time))]
      // In its own coordinates it would glide in those of the earlier drawing: its numbers are set in the later one's.
      const old = withoutStep(move.from.el)
      const settleOld = placing(old, move.from, ownBox(move.fromBox, mapping))
      copy.after(old)
      return [(time) => {
        const place = placeAt(move, time)
        settle(place)
        settleOld(place)
        const looks = looksAt(time)
        show(old, looks.old)
        show(copy, looks.new)
      }]
    }
  }
}

/** A copy of something from the earlier drawing, which would else be hidden until its step comes again. */
function withoutStep(el: SVGGElement): SVGGElement {
  const copy = el.cloneNode(true) as SVGGElement
  delete copy.dataset['step']
  return copy
}

/** The same where it stood. */
function oldOf({ el }: DrawnPart, { scale, x, y }: Mapping): SVGGElement {
  const copy = withoutStep(el)
  copy.setAttribute('transform', `translate(${x} ${y}) scale(${scale})`)
  return copy
}

const ownBox = (box: Box, { scale, x, y }: Mapping): Box => ({ x: (box.x - x) / scale, y: (box.y - y) / scale, width: box.width / scale, height: box.height / scale, rx: box.rx / scale })

/** What puts a part's shape and label where they are to stand. @param own where its shape stands by its own attributes. */
function placing(el: SVGGElement, { ownMiddle, ownSize }: DrawnPart, own: Box): (place: { box: Box, middle: Point, size: number }) => void {
  const shape = el.querySelector<SVGGraphicsElement>(':scope > .shape')
  const itsOwn = shape?.getAttribute('transform') ?? ''
  const texts = el.querySelectorAll<SVGTextElement>(':scope > text')
  return ({ box, middle, size }) => {
    if (shape instanceof SVGRectElement) set(shape, { ...box, ry: box.rx })
    else if (shape instanceof SVGCircleElement) set(shape, { cx: box.x + box.width / 2, cy: box.y + box.height / 2, r: box.width / 2 })
    else if (shape) set(shape, { transform: `translate(${box.x} ${box.y}) scale(${box.width / own.width} ${box.height / own.height}) translate(${-own.x} ${-own.y}) ${itsOwn}` })
    for (const text of texts) set(text, { transform: `translate(${middle.x} ${middle.y}) scale(${size / ownSize}) translate(${-ownMiddle.x} ${-ownMiddle.y})` })
  }
}

/** Draws an edge from its tail on: cut short, so that its dashes are as they will be; its heads and its label come at the end. */
function growing(edge: SVGGElement): Frame {
  const lines = [...edge.querySelectorAll<SVGPathElement>(':scope > .line')].map((line) => {
    const length = line.getTotalLength()
    const count = Math.max(2, Math.ceil(length / POINT_DISTANCE) + 1)
    return { line, points: Array.from({ length: count }, (_, i) => line.getPointAtLength(length * i / (count - 1))) }
  })
  const heads = edge.querySelectorAll<SVGElement>(':scope > .head')
  const labels = edge.querySelectorAll<SVGElement>(':scope > :not(.line, .head)')
  return (time) => {
    const { drawn, head, label } = growthAt(time)
    // Nothing of it is drawn yet: the ends of a line of no length would show.
    for (const { line, points } of lines) set(line, { d: stretch(points, drawn), opacity: drawn > 0 ? 1 : 0 })
    for (const each of heads) show(each, head)
    for (const each of labels) show(each, label)
  }
}

/** Sets what has changed only: to be set is to be laid out and painted anew. */
function set(el: Element, values: Readonly<Record<string, number | string>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (el.getAttribute(name) !== String(value)) el.setAttribute(name, String(value))
  }
}

const show = (el: Element, opacity: number) => set(el, { opacity })
