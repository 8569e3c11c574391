import type { Box, Color, DiagramEdge, DiagramItem, DiagramNode, DiagramPart, Item, Label, LineItem, Outline, PictureItem, Point, Segment, ShapeItem, Stroke, TableItem, TextBody, TextItem } from './model.ts'
import { around } from './boxes.ts'
import { headSize } from './connectors.ts'
import { headsOf, join, pathWithSites, type Anchor, type Attached } from './diagram.ts'
import { fillXml, flat, type Look, paragraphsOf } from './look.ts'
import { ANCHOR, bodyProperties, paragraphsXml, type TextContext, type TextStyle } from './text.ts'
import { percent, type Units } from './units.ts'
import { el, type Xml } from './xml.ts'

/** A place of a layout that a slide's text takes. */
export interface Placeholder {
  type?: 'title' | 'body' | 'ftr' | 'sldNum'
  index?: number
  box: Box
  style: TextStyle
  body: Omit<TextBody, 'paragraphs'>
}

/** What a part's shapes are written with. */
export interface ShapeContext extends TextContext {
  /** The part's picture of something, by its id. */
  pictureOf: (item: PictureItem) => string | undefined
  /** The placeholder that a text takes on this slide. */
  placeholderOf: (item: TextItem) => Placeholder | undefined
}

const TRANSFORM_ZERO = el('a:xfrm', {}, [el('a:off', { x: 0, y: 0 }), el('a:ext', { cx: 0, cy: 0 }), el('a:chOff', { x: 0, y: 0 }), el('a:chExt', { cx: 0, cy: 0 })])
/** Marks what a screen reader passes over. */
const DECORATIVE = el('a:extLst', {}, [el('a:ext', { uri: '{C183D7F6-B498-43B3-948B-1728B52AA6E4}' }, [el('adec:decorative', { 'xmlns:adec': 'http://schemas.microsoft.com/office/drawing/2017/decorative', 'val': 1 })])])

/** Where something stands. @param attributes how it is turned and mirrored. */
export function frameOf(box: Box, units: Units, name: 'a:xfrm' | 'p:xfrm' = 'a:xfrm', attributes: Record<string, number | undefined> = {}): Xml {
  return el(name, attributes, [el('a:off', { x: units.emu(box.x), y: units.emu(box.y) }), el('a:ext', { cx: units.emu(box.width), cy: units.emu(box.height) })])
}

/** Where a group stands: what is in it has its places on the slide. */
function groupFrame({ x, y, width, height }: Box, units: Units): Xml {
  const [place, size] = [{ x: units.emu(x), y: units.emu(y) }, { cx: units.emu(width), cy: units.emu(height) }]
  return el('a:xfrm', {}, [el('a:off', place), el('a:ext', size), el('a:chOff', place), el('a:chExt', size)])
}

/** A line's look. */
function strokeXml(stroke: Stroke | undefined, { units, look }: { units: Units, look: Look }, ends: readonly Xml[] = []): Xml {
  if (!stroke) return el('a:ln', {}, [el('a:noFill')])
  const dashes = Array.from({ length: Math.floor(stroke.dash.length / 2) }, (_, i) => el('a:ds', { d: percent((stroke.dash[2 * i] ?? 0) / stroke.width), sp: percent((stroke.dash[2 * i + 1] ?? 0) / stroke.width) }))
  return el('a:ln', { w: units.emu(stroke.width), cap: stroke.isRound ? 'rnd' : 'flat' }, [
    fillXml(stroke.color, look),
    dashes.length > 0 ? el('a:custDash', {}, dashes) : el('a:prstDash', { val: 'solid' }),
    stroke.isRound ? el('a:round') : el('a:miter', { lim: 800_000 }),
    ...ends,
  ])
}

/** The geometry of an outline in a box. @param sites where connectors meet it beside its own sites. */
export function geometryXml(box: Box, outline: Outline, units: Units, sites: readonly Point[] = []): Xml {
  if (sites.length === 0 && outline.kind !== 'path') {
    const radius = outline.kind === 'box' ? outline.radius : 0
    const part = Math.min(0.5, radius / Math.max(1, Math.min(box.width, box.height)))
    const preset = outline.kind === 'box' ? radius > 0 ? 'roundRect' : 'rect' : outline.kind
    return el('a:prstGeom', { prst: preset }, [el('a:avLst', {}, radius > 0 ? [el('a:gd', { name: 'adj', fmla: `val ${percent(part)}` })] : [])])
  }
  const { segments, sites: all } = pathWithSites({ box, outline, sites: [...sites] })
  const at = ({ x, y }: Point) => ({ x: units.emu(x) - units.emu(box.x), y: units.emu(y) - units.emu(box.y) })
  return el('a:custGeom', {}, [
    el('a:avLst'),
    el('a:gdLst'),
    el('a:ahLst'),
    el('a:cxnLst', {}, all.map(site => el('a:cxn', { ang: directionAt(box, site) }, [el('a:pos', at(site))]))),
    el('a:rect', { l: 'l', t: 't', r: 'r', b: 'b' }),
    el('a:pathLst', {}, [el('a:path', { w: units.emu(box.width), h: units.emu(box.height), fill: segments.includes('close') ? undefined : 'none' }, segments.map(segment => segmentXml(segment, at)))]),
  ])
}

/** The direction in which a line leaves a box at a place on its edge, in sixtieths of a thousandth of a degree. */
function directionAt({ x, y, width, height }: Box, site: Point): number {
  const sides: [number, number][] = [[x + width - site.x, 0], [y + height - site.y, 90], [site.x - x, 180], [site.y - y, 270]]
  return (sides.toSorted(([a], [b]) => a - b)[0]?.[1] ?? 0) * 60_000
}

function segmentXml(segment: Segment, at: (point: Point) => Record<'x' | 'y', number>): Xml {
  if (segment === 'close') return el('a:close')
  const { to, isMove, out, into } = segment
  const point = (place: Point) => el('a:pt', at(place))
  if (out && into) return el('a:cubicBezTo', {}, [point(out), point(into), point(to)])
  return el(isMove ? 'a:moveTo' : 'a:lnTo', {}, [point(to)])
}

/** Writes the shapes of one part: a slide, or a layout. Ids count up through all of it. */
export class ShapeWriter {
  private id = 1
  private readonly context: ShapeContext

  constructor(context: ShapeContext) {
    this.context = context
  }

  /** The tree of a part's shapes. */
  tree(shapes: readonly Xml[]): Xml {
    return el('p:spTree', {}, [
      el('p:nvGrpSpPr', {}, [el('p:cNvPr', { id: 1, name: '' }), el('p:cNvGrpSpPr'), el('p:nvPr')]),
      el('p:grpSpPr', {}, [TRANSFORM_ZERO]),
      ...shapes,
    ])
  }

  items(items: readonly Item[]): Xml[] {
    return items.flatMap(item => this.item(item))
  }

  private item(item: Item): Xml[] {
    if (item.kind === 'text') return [this.text(item)]
    if (item.kind === 'shape') return [this.shape(item)]
    if (item.kind === 'line') return [this.line(item)]
    if (item.kind === 'table') return [this.table(item)]
    if (item.kind === 'picture') return this.picture(item)
    if (item.kind === 'diagram') return this.diagram(item)
    const isSaid = flat(item.items).some(each => paragraphsOf(each).length > 0)
    return [this.group(item.name, item.alt || (isSaid ? undefined : ''), boxOf(item.items), this.items(item.items))]
  }

  /** @param alt what a screen reader says; '' for what it passes over, undefined where its text says it. */
  private named(name: string, alt?: string): Xml {
    return el('p:cNvPr', { id: ++this.id, name, descr: alt || undefined }, alt === '' ? [DECORATIVE] : [])
  }

  private group(name: string, alt: string | undefined, box: Box, inner: readonly Xml[]): Xml {
    return el('p:grpSp', {}, [
      el('p:nvGrpSpPr', {}, [this.named(name, alt), el('p:cNvGrpSpPr'), el('p:nvPr')]),
      el('p:grpSpPr', {}, [groupFrame(box, this.context.units)]),
      ...inner,
    ])
  }

  private text(item: TextItem): Xml {
    const { units } = this.context
    const placeholder = this.context.placeholderOf(item)
    const content = item.body.paragraphs.flatMap(({ runs }) => runs.map(run => run.text)).join('').trim()
    const isInPlace = placeholder && sameBox(placeholder.box, item.box)
    const isSetAlike = placeholder && JSON.stringify(placeholder.body) === JSON.stringify({ wraps: item.body.wraps, anchor: item.body.anchor, insets: item.body.insets })
    return el('p:sp', {}, [
      el('p:nvSpPr', {}, [
        this.named(item.role ?? (content.slice(0, 40) || 'text')),
        placeholder ? el('p:cNvSpPr', {}, [el('a:spLocks', { noGrp: 1 })]) : el('p:cNvSpPr', { txBox: 1 }),
        el('p:nvPr', {}, placeholder ? [placeholderXml(placeholder)] : []),
      ]),
      el('p:spPr', {}, placeholder
        ? isInPlace ? [] : [frameOf(item.box, units)]
        : [frameOf(item.box, units), geometryXml(item.box, { kind: 'box', radius: 0 }, units), el('a:noFill')]),
      el('p:txBody', {}, [
        // That lines do not break, and that text is set smaller where it finds no room, is not handed down in every program.
        isSetAlike && item.body.wraps ? el('a:bodyPr', {}, [el('a:normAutofit')]) : bodyProperties(item.body, units, item.body.wraps || placeholder !== undefined),
        el('a:lstStyle'),
        ...paragraphsXml(item.body.paragraphs, this.context, placeholder?.style),
      ]),
    ])
  }

  private shape({ name, box, outline, fill, stroke, body, alt }: ShapeItem): Xml {
    return this.sp({ name, alt: alt ?? (body ? undefined : ''), box, outline, body, ...fill && { fill }, ...stroke && { stroke } })
  }

  private sp({ name, alt, box, outline, sites, fill, stroke, body, isTextBox }: { name: string, alt?: string | undefined, box: Box, outline: Outline, sites?: readonly Point[], fill?: Color, stroke?: Stroke, body?: TextBody | undefined, isTextBox?: boolean }): Xml {
    const { units, look } = this.context
    return el('p:sp', {}, [
      el('p:nvSpPr', {}, [this.named(name, alt), el('p:cNvSpPr', { txBox: isTextBox ? 1 : undefined }), el('p:nvPr')]),
      el('p:spPr', {}, [frameOf(box, units), geometryXml(box, outline, units, sites), fillXml(fill, look), strokeXml(stroke, this.context)]),
      el('p:txBody', {}, [
        bodyProperties(body ?? { wraps: true, anchor: 'middle', insets: { left: 0, top: 0, right: 0, bottom: 0 } }, units, false),
        el('a:lstStyle'),
        ...paragraphsXml(body?.paragraphs ?? [], this.context),
      ]),
    ])
  }

  private line({ from, to, stroke }: LineItem): Xml {
    const box = { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y }
    return el('p:cxnSp', {}, [
      el('p:nvCxnSpPr', {}, [this.named('line', ''), el('p:cNvCxnSpPr'), el('p:nvPr')]),
      el('p:spPr', {}, [frameOf(box, this.context.units), el('a:prstGeom', { prst: 'line' }, [el('a:avLst')]), strokeXml(stroke, this.context)]),
    ])
  }

  private picture(item: PictureItem): Xml[] {
    const { units, relationships, pictureOf } = this.context
    const part = pictureOf(item)
    if (!part) return []
    return [el('p:pic', {}, [
      el('p:nvPicPr', {}, [this.named(item.what, item.alt), el('p:cNvPicPr', {}, [el('a:picLocks', { noChangeAspect: 1 })]), el('p:nvPr')]),
      el('p:blipFill', {}, [el('a:blip', { 'r:embed': relationships.id('image', part) }), el('a:stretch', {}, [el('a:fillRect')])]),
      el('p:spPr', {}, [frameOf(item.box, units), geometryXml(item.box, { kind: 'box', radius: 0 }, units)]),
    ])]
  }

  private table({ box, columns, rows, hasHeader }: TableItem): Xml {
    const { units } = this.context
    const cells = rows.map(({ height, cells }, y) => el('a:tr', { h: units.emu(height) }, cells.map((cell, x) => {
      if (cell) return this.cell(cell)
      const holder = holderOf(rows, x, y)
      return el('a:tc', { hMerge: holder && holder.x < x ? 1 : undefined, vMerge: holder && holder.y < y ? 1 : undefined }, [
        el('a:txBody', {}, [el('a:bodyPr'), el('a:lstStyle'), ...paragraphsXml([], this.context)]),
        el('a:tcPr'),
      ])
    })))
    return el('p:graphicFrame', {}, [
      el('p:nvGraphicFramePr', {}, [this.named('table'), el('p:cNvGraphicFramePr', {}, [el('a:graphicFrameLocks', { noGrp: 1 })]), el('p:nvPr')]),
      frameOf(box, units, 'p:xfrm'),
      el('a:graphic', {}, [el('a:graphicData', { uri: 'http://schemas.openxmlformats.org/drawingml/2006/table' }, [
        el('a:tbl', {}, [
          el('a:tblPr', { firstRow: hasHeader ? 1 : undefined }),
          el('a:tblGrid', {}, columns.map(width => el('a:gridCol', { w: units.emu(width) }))),
          ...cells,
        ]),
      ])]),
    ])
  }

  private cell({ body, columns, rows, fill, borders }: NonNullable<TableItem['rows'][number]['cells'][number]>): Xml {
    const { units, look } = this.context
    const { left, top, right, bottom } = body.insets
    const border = (name: string, stroke: Stroke | undefined) => {
      const { color, width, dash } = stroke ?? {}
      if (!color || !width) return el(name, { w: 0 }, [el('a:noFill')])
      return el(name, { w: units.emu(width) }, [fillXml(color, look), el('a:prstDash', { val: dash && dash.length > 0 ? 'dash' : 'solid' })])
    }
    return el('a:tc', { gridSpan: columns > 1 ? columns : undefined, rowSpan: rows > 1 ? rows : undefined }, [
      el('a:txBody', {}, [el('a:bodyPr'), el('a:lstStyle'), ...paragraphsXml(body.paragraphs, this.context)]),
      // Less than on the slide: a row must not grow where a face is higher.
      el('a:tcPr', { marL: units.emu(left), marR: units.emu(right), marT: units.emu(body.anchor === 'top' ? top : top / 2), marB: units.emu(body.anchor === 'top' ? 0 : bottom / 2), anchor: ANCHOR[body.anchor] }, [
        border('a:lnL', borders.left), border('a:lnR', borders.right), border('a:lnT', borders.top), border('a:lnB', borders.bottom),
        fillXml(fill, look),
      ]),
    ])
  }

  /**
   * A diagram as shapes and connectors. One that stays as it is, is a group; the shapes of one that moves stand by themselves, under
   * names that are the same in every state, so that PowerPoint can move each of them.
   */
  private diagram(diagram: DiagramItem): Xml[] {
    const { title, description, box, elements, isState } = diagram
    const joined = join(diagram)
    const alt = [title, description].filter(Boolean).join('\n')
    const ids = new Map<Anchor, number>()
    // Connectors may stand before what they are attached to: numbers are given first.
    for (const anchor of [...joined.anchors.values(), ...joined.junctions.values()]) ids.set(anchor, ++this.id)
    const names = namesFor(elements, isState)
    const idOf = (part: DiagramNode | DiagramPart) => {
      const anchor = joined.anchors.get(part)
      return { id: (anchor && ids.get(anchor)) ?? ++this.id, sites: anchor?.sites ?? [] }
    }
    const frame = isState ? [this.sp({ name: `!!${title}`, alt, box, outline: { kind: 'box', radius: 0 } })] : []
    const shapes = elements.flatMap((element): Xml[] => {
      const name = names.get(element) ?? ''
      if (element.kind === 'edge') return this.edge(element, joined.edges.get(element), ids, name)
      const { id, sites } = idOf(element)
      const body = element.label && bodyIn(element)
      return [
        this.withId(id, () => this.sp({ name, alt: element.label ? undefined : '', box: element.box, outline: element.outline ?? { kind: 'box', radius: 0 }, sites, body, isTextBox: !element.outline, ...element.fill && { fill: element.fill }, ...element.stroke && { stroke: element.stroke } })),
        ...element.parts.map((part, i) => {
          const own = idOf(part)
          return this.withId(own.id, () => this.sp({ name: `${name} ${i + 2}`, alt: '', ...part, sites: own.sites }))
        }),
      ]
    })
    const meets = [...joined.junctions].map(([id, anchor]) => this.withId(ids.get(anchor) ?? 0, () => this.sp({ name: `${isState ? '!!' : ''}${id}`, alt: '', box: anchor.box, outline: anchor.outline, sites: anchor.sites })))
    return isState ? [...frame, ...meets, ...shapes] : [this.group(title || 'diagram', alt || undefined, box, [...meets, ...shapes])]
  }

  /** Writes a shape under an id that was given before. */
  private withId(id: number, write: () => Xml): Xml {
    const last = this.id
    this.id = id - 1
    const xml = write()
    this.id = last
    return xml
  }

  private edge(edge: DiagramEdge, attached: Attached | undefined, ids: ReadonlyMap<Anchor, number>, name: string): Xml[] {
    if (!attached) return []
    const { units } = this.context
    const { preset, box, turn, flipsX, flipsY, adjustments } = attached.route
    const { start, end } = headsOf(edge)
    const head = (which: 'a:headEnd' | 'a:tailEnd', size: { length: number, width: number } | undefined) => el(which, size
      ? { type: 'triangle', w: headSize(size.width, edge.stroke.width), len: headSize(size.length, edge.stroke.width) }
      : { type: 'none' })
    const joint = (which: 'a:stCxn' | 'a:endCxn', to: Attached['start']) => {
      const id = to && ids.get(to.anchor)
      return to && id !== undefined ? el(which, { id, idx: to.index }) : undefined
    }
    const connector = el('p:cxnSp', {}, [
      el('p:nvCxnSpPr', {}, [this.named(name, ''), el('p:cNvCxnSpPr', {}, [joint('a:stCxn', attached.start), joint('a:endCxn', attached.end)]), el('p:nvPr')]),
      el('p:spPr', {}, [
        frameOf(box, units, 'a:xfrm', { rot: turn ? turn * 60_000 : undefined, flipH: flipsX ? 1 : undefined, flipV: flipsY ? 1 : undefined }),
        el('a:prstGeom', { prst: preset }, [el('a:avLst', {}, adjustments.map((part, i) => el('a:gd', { name: `adj${i + 1}`, fmla: `val ${percent(part)}` })))]),
        strokeXml(edge.stroke, this.context, [head('a:headEnd', start), head('a:tailEnd', end)]),
      ]),
    ])
    if (!edge.label) return [connector]
    const { label } = edge
    return [connector, this.sp({ name: `${name} label`, box: label.box, outline: { kind: 'box', radius: 0 }, isTextBox: true, body: centred(label), ...label.ground && { fill: label.ground } })]
  }
}

/** The placeholder's mark on the shape that takes it. */
export const placeholderXml = ({ type, index }: Pick<Placeholder, 'type' | 'index'>): Xml => el('p:ph', { type, sz: type === 'ftr' || type === 'sldNum' ? 'quarter' : undefined, idx: index })

const sameBox = (a: Box, b: Box) => (['x', 'y', 'width', 'height'] as const).every(side => Math.abs(a[side] - b[side]) < 0.5)

/** Names of a diagram's elements: of a state with the mark by which PowerPoint takes two shapes for one. */
function namesFor(elements: DiagramItem['elements'], isState: boolean): Map<DiagramNode | DiagramEdge, string> {
  const used = new Map<string, number>()
  return new Map(elements.map((element) => {
    const label = element.label?.paragraphs.map(({ runs }) => runs.map(run => run.text).join('')).join(' ') ?? ''
    const plain = element.kind === 'edge' ? `${element.from} → ${element.to}` : element.id || label || 'shape'
    const count = (used.get(plain) ?? 0) + 1
    used.set(plain, count)
    return [element, `${isState ? '!!' : ''}${plain}${count > 1 ? ` ${count}` : ''}`]
  }))
}

const centred = ({ paragraphs }: Label): TextBody => ({ paragraphs, wraps: false, anchor: 'middle', insets: { left: 0, top: 0, right: 0, bottom: 0 } })

/** How a node's label stands in its shape: in the middle, or where the title of a frame is. */
function bodyIn({ box, label, outline }: DiagramNode): TextBody | undefined {
  if (!label) return undefined
  const body = centred(label)
  if (!outline) return body
  const [dx, dy] = [label.box.x + label.box.width / 2 - box.x - box.width / 2, label.box.y + label.box.height / 2 - box.y - box.height / 2]
  if (Math.abs(dx) < 2 && Math.abs(dy) < 6) return body
  return { ...body, anchor: 'top', insets: { left: Math.max(0, 2 * dx), right: Math.max(0, -2 * dx), top: Math.max(0, label.box.y - box.y), bottom: 0 } }
}

function holderOf(rows: TableItem['rows'], x: number, y: number): { x: number, y: number } | undefined {
  for (let top = y; top >= 0; top--) {
    for (let left = x; left >= 0; left--) {
      const cell = rows[top]?.cells[left]
      if (cell && left + cell.columns > x && top + cell.rows > y) return { x: left, y: top }
    }
  }
  return undefined
}

/** The box that some items fill. */
function boxOf(items: readonly Item[]): Box {
  return around(items.map((item): Box => {
    if (item.kind === 'group') return boxOf(item.items)
    if (item.kind === 'line') return { x: item.from.x, y: item.from.y, width: item.to.x - item.from.x, height: item.to.y - item.from.y }
    return item.box
  }))
}
