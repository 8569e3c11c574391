import { A, all, idOf, P, placeOf, targetsOf, textOf, usedIds, type Pptx } from './read.ts'

/** What one slide of the file should be. */
export interface ExpectedSlide {
  title: string
  /** Without blanks; numbers of slides as `textOf` has them. */
  text: string
  layout: string
  /** Shapes that are no placeholders, and connectors, where it is a slide with a drawing. */
  drawing?: { shapes: number, edges: number }
  /** Tables of the markup, each as many rows and columns. */
  tables: readonly (readonly [number, number])[]
  /** It is a further state of the slide before it. */
  moves: boolean
}

export interface Expected {
  title: string
  author: string
  lang: string
  slides: readonly ExpectedSlide[]
  /** Notes of all slides, without blanks. */
  notes: string
  /** Each chapter with how many slides it has. */
  sections: readonly (readonly [string, number])[]
  links: number
}

const plain = (text: string) => text.replace(/[\s\u00A0]+/g, '')
const EMU_PER_PX = 12_192_000 / 980
const LARGEST = 2_000_000

/** What is wrong with a PPTX, by the check that fails. */
export function faultsOf(pptx: Pptx, expected: Expected): Record<string, string[]> {
  const faults: Record<string, string[]> = {}
  const fail = (check: string, message: string) => (faults[check] ??= []).push(message)
  const compare = (check: string, place: string, found: unknown, wanted: unknown) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) fail(check, `${place}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`)
  }
  if (pptx.size > LARGEST) fail('size', `${pptx.size} bytes`)
  wholeness(pptx, fail)
  compare('slides', 'number', pptx.slides.length, expected.slides.length)

  pptx.slides.forEach((part, i) => {
    const wanted = expected.slides[i]
    const document = pptx.parts.get(part)
    if (!wanted || !document) return
    const shapes = all(document, P, 'sp')
    const title = shapes.find(shape => placeOf(shape) === 'title')
    compare('titles', part, plain(title?.textContent ?? ''), plain(wanted.title))
    compare('text', part, plain(textOf(pptx, part)), wanted.text)
    const layout = [...targetsOf(pptx, part).values()].find(({ target }) => target.includes('slideLayout'))?.target ?? ''
    compare('layouts', part, pptx.parts.get(layout)?.getElementsByTagNameNS(P, 'cSld')[0]?.getAttribute('name'), wanted.layout)
    compare('morph', part, all(document, 'http://schemas.microsoft.com/office/powerpoint/2015/09/main', 'morph').length, wanted.moves ? 1 : 0)
    for (const run of all(document, A, 'rPr')) if (!run.getAttribute('lang')) fail('languages', part)
    silent(document).forEach(name => fail('alternatives', `${part}: ${name}`))
    const tables = all(document, A, 'tbl').map(table => [all(table, A, 'tr').length, all(table, A, 'gridCol').length])
    // What is laid out as a table need not be one in the markup.
    for (const size of wanted.tables) if (!tables.some(each => String(each) === String(size))) fail('tables', `${part}: no table of ${size.join(' rows and ')} columns among ${JSON.stringify(tables)}`)
    if (!wanted.drawing) return
    compare('drawings', `${part} pictures`, all(document, P, 'pic').length, 0)
    compare('drawings', `${part} shapes`, shapes.filter(shape => all(shape, P, 'ph').length === 0).length, wanted.drawing.shapes)
    const connectors = all(document, P, 'cxnSp').filter(connector => all(connector, A, 'stCxn').length === 1 && all(connector, A, 'endCxn').length === 1)
    compare('drawings', `${part} connectors`, connectors.length, wanted.drawing.edges)
    loose(document, connectors).forEach(message => fail('connectors', `${part}: ${message}`))
  })

  const core = pptx.parts.get('docProps/core.xml')
  const said = (name: string) => core?.getElementsByTagName(name)[0]?.textContent
  compare('about', 'core.xml', ['dc:title', 'dc:creator', 'dc:language'].map(said), [expected.title, expected.author, expected.lang])
  const sections = [...pptx.parts.get('ppt/presentation.xml')?.getElementsByTagName('p14:section') ?? []]
  compare('sections', 'presentation.xml', sections.map(section => [section.getAttribute('name'), section.getElementsByTagName('p14:sldId').length]), expected.sections)
  const notes = pptx.slides.map((part) => {
    const target = [...targetsOf(pptx, part).values()].find(each => each.target.includes('notesSlide'))?.target
    return target ? textOf(pptx, target) : ''
  })
  compare('notes', 'notes', plain(notes.join('')), expected.notes)
  compare('links', 'links', pptx.slides.flatMap(part => [pptx.parts.get(part)].flatMap(document => document ? all(document, A, 'hlinkClick') : [])).length, expected.links)
  return faults
}

/** Whether all that parts name is there, and has a type; and whether each number of a shape is given once. */
function wholeness(pptx: Pptx, fail: (check: string, message: string) => void): void {
  const types = pptx.parts.get('[Content_Types].xml')
  const overrides = new Set([...types?.getElementsByTagName('Override') ?? []].map(each => each.getAttribute('PartName')?.slice(1)))
  const endings = new Set([...types?.getElementsByTagName('Default') ?? []].map(each => each.getAttribute('Extension')))
  for (const name of pptx.names) if (name !== '[Content_Types].xml' && !overrides.has(name) && (name.endsWith('.xml') || !endings.has(name.split('.').at(-1) ?? ''))) fail('types', name)
  for (const name of overrides) if (name && !pptx.names.has(name)) fail('types', `${name} is not there`)
  for (const [name, document] of pptx.parts) {
    const targets = targetsOf(pptx, name)
    for (const [id, { target, isExternal }] of targets) if (!isExternal && !pptx.names.has(target)) fail('relationships', `${name} ${id} leads to ${target}`)
    for (const id of usedIds(document)) if (!targets.has(id)) fail('relationships', `${name} has no ${id}`)
    const ids = all(document, P, 'cNvPr').map(each => each.getAttribute('id') ?? '')
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) fail('ids', `${name} has ${id} twice`)
  }
}

/** Shapes without text of which a screen reader says nothing, though they are no decoration. */
function silent(document: Document): string[] {
  return all(document, P, 'cNvPr').filter((name) => {
    const shape = name.parentElement?.parentElement
    if (!shape || shape.localName === 'spTree' || name.getAttribute('descr') || name.getElementsByTagName('adec:decorative').length > 0) return false
    return !shape.textContent?.trim()
  }).map(name => name.getAttribute('name') ?? '')
}

interface Point { x: number, y: number }

const numberOf = (element: Element | undefined, name: string) => Number(element?.getAttribute(name) ?? 0)

/** A shape's box, in EMU. Groups here keep the slide's own places. */
function boxOf(shape: Element) {
  const [transform] = all(shape, A, 'xfrm')
  const [off, ext] = [transform?.getElementsByTagNameNS(A, 'off')[0], transform?.getElementsByTagNameNS(A, 'ext')[0]]
  return {
    x: numberOf(off, 'x'), y: numberOf(off, 'y'), width: numberOf(ext, 'cx'), height: numberOf(ext, 'cy'),
    turn: numberOf(transform, 'rot') / 60_000 * Math.PI / 180, flipsX: transform?.getAttribute('flipH') === '1', flipsY: transform?.getAttribute('flipV') === '1',
  }
}

/** Where a shape can be met, as PowerPoint counts its places. */
function sitesOf(shape: Element): Point[] {
  const { x, y, width, height } = boxOf(shape)
  const places = all(shape, A, 'cxn')
  if (places.length > 0) {
    return places.map((place) => {
      const [pos] = all(place, A, 'pos')
      return { x: x + numberOf(pos, 'x'), y: y + numberOf(pos, 'y') }
    })
  }
  const preset = all(shape, A, 'prstGeom')[0]?.getAttribute('prst')
  const turns = preset === 'ellipse' ? 8 : 4
  // From the top, against the clock.
  return Array.from({ length: turns }, (_, i) => {
    const angle = -Math.PI / 2 - i * 2 * Math.PI / turns
    return { x: x + width / 2 * (1 + Math.cos(angle)), y: y + height / 2 * (1 + Math.sin(angle)) }
  })
}

/** Both ends of a connector as it is turned and mirrored. */
function endsOf(connector: Element): [Point, Point] {
  const { x, y, width, height, turn, flipsX, flipsY } = boxOf(connector)
  const centre = { x: x + width / 2, y: y + height / 2 }
  const place = (ahead: number): Point => {
    const [dx, dy] = [ahead * (flipsX ? -1 : 1) * width / 2, ahead * (flipsY ? -1 : 1) * height / 2]
    return { x: centre.x + dx * Math.cos(turn) - dy * Math.sin(turn), y: centre.y + dx * Math.sin(turn) + dy * Math.cos(turn) }
  }
  return [place(-1), place(1)]
}

/** Connectors that are not where the shapes are that they are attached to: they would jump as soon as one is moved. */
function loose(document: Document, connectors: readonly Element[]): string[] {
  const shapes = new Map(all(document, P, 'sp').map(shape => [idOf(shape), shape]))
  return connectors.flatMap((connector) => {
    const ends = endsOf(connector)
    const name = connector.getElementsByTagNameNS(P, 'cNvPr')[0]?.getAttribute('name')
    return ['stCxn', 'endCxn'].flatMap((which, i) => {
      const [joint] = all(connector, A, which)
      const shape = shapes.get(joint?.getAttribute('id') ?? '')
      if (!shape) return [`${name} is attached to nothing`]
      const site = sitesOf(shape)[numberOf(joint, 'idx')]
      const end = ends[i]
      if (!site || !end) return [`${name} is attached to a place that its shape has not`]
      const gap = Math.hypot(site.x - end.x, site.y - end.y) / EMU_PER_PX
      return gap > 1.5 ? [`${name} ends ${gap.toFixed(1)} px from its shape`] : []
    })
  })
}
