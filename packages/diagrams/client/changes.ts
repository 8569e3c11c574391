import { drawnLabels } from 'slidev-addon-deck/drawn-labels'
import type { Language } from 'slidev-addon-deck/editions'
import { changeWords, type Whereabouts } from '../src/words.ts'

interface Point { x: number, y: number }

/** Something that a drawing names, with where it stands. */
interface Named extends Whereabouts {
  label: string
  middle: Point | undefined
}

/** A move by less, in the drawing's own px, is none. */
const NOTICEABLE = 1

/**
 * What one state of a picture has changed against another, sentence by sentence: what moved where, then what is new to read.
 * Elements that appear with a later click are left out. Reads attributes only, no layout.
 */
export function changeBetween(from: SVGSVGElement, to: SVGSVGElement, language: Language): string[] {
  const words = changeWords[language]
  const before = namedIn(from)
  const moved = [...namedIn(to)].flatMap(([id, { label, middle, ...now }]) => {
    const was = before.get(id)
    if (!was || !label) return []
    const isElsewhere = !middle || !was.middle || Math.hypot(middle.x - was.middle.x, middle.y - was.middle.y) >= NOTICEABLE
    const isSaid = now.within !== was.within || now.after !== was.after || now.before !== was.before
    return isElsewhere && isSaid ? [words.moved(label, now, was)].filter(Boolean) : []
  })
  const read = drawnLabels(from, () => true)
  const fresh = drawnLabels(to, step => step === 0).filter((label) => {
    const at = read.indexOf(label)
    if (at >= 0) read.splice(at, 1)
    return at < 0 && label.trim() !== ''
  })
  return [...moved, ...fresh]
}

/**
 * What a step of a drawing brings to it: labels to read, else what its edges connect.
 * @param step none brings what was there from the start, 0.
 */
export function broughtBy(step: number, drawing: Element, language: Language): string[] {
  if (step === 0) return []
  const labels = drawnLabels(drawing, each => each === step).map(label => label.trim()).filter(Boolean)
  if (labels.length > 0) return labels
  const names = new Map(Array.from(drawing.querySelectorAll<SVGGElement>('[data-node]'), el => [el.dataset['node'], labelOf(el)]))
  const ends = new Map<string, string[]>()
  for (const { dataset } of drawing.querySelectorAll<SVGGElement>(`.edge[data-step="${step}"]`)) {
    const [from, to] = [names.get(dataset['from']), names.get(dataset['to'])]
    if (from && to) ends.set(from, [...ends.get(from) ?? [], to])
  }
  return Array.from(ends, ([from, to]) => changeWords[language].connected(from, to))
}

/** What a drawing names and shows from the start, by its id. */
function namedIn(drawing: SVGSVGElement): Map<string, Named> {
  const groups = [...drawing.querySelectorAll('.group')].map(el => ({ el, box: boxOf(el), label: labelOf(el) }))
  return new Map([...drawing.querySelectorAll<SVGGElement>('[data-node]:not([data-step])')].map((el) => {
    const { node = '', within, after, before } = el.dataset
    const box = boxOf(el)
    const middle = box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    const around = groups.filter(group => group.el !== el && middle && group.box && holds(group.box, middle))
      .sort((a, b) => area(a.box) - area(b.box))
    return [node, { label: labelOf(el), middle, within: within ?? around[0]?.label, after, before }]
  }))
}

const labelOf = (el: Element) => drawnLabels(el, () => true).join(' ').trim()

interface Box extends Point { width: number, height: number }

/** The box that a rectangle or circle of an element fills; undefined for other shapes. */
function boxOf(el: Element): Box | undefined {
  const shape = el.querySelector(':scope > .shape')
  const value = (name: string) => Number(shape?.getAttribute(name) ?? 0)
  if (shape?.tagName === 'rect') return { x: value('x'), y: value('y'), width: value('width'), height: value('height') }
  if (shape?.tagName === 'circle') return { x: value('cx') - value('r'), y: value('cy') - value('r'), width: 2 * value('r'), height: 2 * value('r') }
  return undefined
}

const holds = ({ x, y, width, height }: Box, point: Point) => x <= point.x && point.x <= x + width && y <= point.y && point.y <= y + height
const area = (box: Box | undefined) => box ? box.width * box.height : Infinity
