import type { Box, Color, Item, Paragraph, ReadSlide, ShapeItem, TextBody, TextItem } from './model.ts'
import { facesXml, fillXml, type Look } from './look.ts'
import { frameOf, geometryXml, placeholderXml, type Placeholder, type ShapeContext, ShapeWriter } from './shapes.ts'
import { bodyProperties, pageNumberXml, paragraphProperties, type TextStyle } from './text.ts'
import type { Units } from './units.ts'
import { el, NAMESPACES, text, type Xml } from './xml.ts'

/** A layout of the deck: where its slides have their texts, and what all of them are painted with. */
export interface Layout {
  name: string
  places: Place[]
  /** What every slide of the layout has, without text. */
  decoration: ShapeItem[]
  background?: Color
}

/** A place with what is written into it where a slide is new. */
export interface Place extends Placeholder {
  prompt: string
  paragraph: Paragraph
}

/** Indexes of placeholders: body texts count from 1, those of the foot from 11. */
const FIRST_BODY = 1
const FIRST_FOOT = 11
const PAGE_NUMBER = 10

/** What PowerPoint asks for in an empty place. */
export interface Prompts {
  title: string
  body: string
  foot: string
}

const styleOf = ({ runs }: Paragraph): TextStyle | undefined => {
  const run = runs.find(({ text }) => text.trim())
  return run && { family: run.family, size: run.size, isBold: run.isBold, isItalic: run.isItalic, color: run.color, spacing: run.spacing }
}

/** The texts of a slide that take a place of its layout, with the place's kind and index. */
export function textsInPlace(slide: ReadSlide): Map<TextItem, Pick<Placeholder, 'type' | 'index'>> {
  const places = new Map<TextItem, Pick<Placeholder, 'type' | 'index'>>()
  let [body, foot] = [FIRST_BODY, FIRST_FOOT]
  for (const item of slide.items) {
    if (item.kind !== 'text') continue
    if (item.role === 'title') places.set(item, { type: 'title' })
    else if (item.role === 'pageNumber') places.set(item, { type: 'sldNum', index: PAGE_NUMBER })
    else if (item.role === 'foot') places.set(item, foot++ === FIRST_FOOT ? { type: 'ftr', index: FIRST_FOOT } : { type: 'body', index: foot - 1 })
    else if (item.body.wraps && body < PAGE_NUMBER) places.set(item, { type: 'body', index: body++ })
  }
  return places
}

const keyOf = ({ type, index }: Pick<Placeholder, 'type' | 'index'>) => `${type} ${index}`

/** The layouts that slides have, by name, in the order of their first slides. */
export function layoutsOf(slides: readonly { read: ReadSlide, layout: string }[], prompts: Prompts): Map<string, Layout> {
  return new Map([...Map.groupBy(slides, ({ layout }) => layout)].map(([name, own]) => {
    const places = new Map<string, Place>()
    for (const { read } of own) {
      for (const [item, place] of textsInPlace(read)) {
        const [paragraph] = item.body.paragraphs
        const style = paragraph && styleOf(paragraph)
        if (!paragraph || !style || places.has(keyOf(place))) continue
        const prompt = place.type === 'title' ? prompts.title : place.type === 'body' && (place.index ?? 0) < PAGE_NUMBER ? prompts.body : prompts.foot
        const { wraps, anchor, insets } = item.body
        places.set(keyOf(place), { ...place, box: item.box, style, body: { wraps, anchor, insets }, prompt, paragraph: { ...paragraph, runs: paragraph.runs.slice(0, 1), before: 0 } })
      }
    }
    const free = freePlace(own.map(({ read }) => read), [...places.values()], prompts)
    const [first, ...others] = own
    const alike = (item: Item) => JSON.stringify(item)
    const decoration = (first?.read.items ?? []).filter((item): item is ShapeItem => item.kind === 'shape' && !item.body && !item.alt && others.every(({ read }) => read.items.some(other => alike(other) === alike(item))))
    const background = first?.read.background
    return [name, { name, places: [...places.values(), ...free ? [free] : []], decoration, ...background && { background } }]
  }))
}

/** Where a new slide has its text, where the layout's slides have pictures instead. */
function freePlace(slides: readonly ReadSlide[], places: readonly Place[], { body: prompt }: Prompts): Place | undefined {
  if (places.some(({ type, index }) => type === 'body' && index === FIRST_BODY)) return undefined
  const drawn = slides.flatMap(({ items }) => items.filter(item => item.kind === 'diagram' || item.kind === 'picture' || item.kind === 'table')).toSorted((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)[0]
  const model = places.find(({ type }) => type === 'title')
  if (!drawn || !model) return undefined
  const label = drawn.kind === 'diagram' ? drawn.elements.flatMap(element => element.label?.paragraphs ?? [])[0] : drawn.kind === 'table' ? drawn.rows[0]?.cells[0]?.body.paragraphs[0] : undefined
  const found = label && styleOf(label)
  const style: TextStyle = { ...model.style, ...found, isBold: false, color: model.style.color }
  const paragraph: Paragraph = { ...model.paragraph, runs: [], align: 'left', leading: 1.1 }
  return { type: 'body', index: FIRST_BODY, box: drawn.box, style, body: { wraps: true, anchor: 'top', insets: { left: 0, top: 0, right: 0, bottom: 0 } }, prompt, paragraph }
}

/** A run's look as what a list of styles hands down. */
const defaultRun = (style: TextStyle, look: Look, units: Units): Xml => el('a:defRPr', { sz: units.points(style.size), b: Number(style.isBold), i: Number(style.isItalic), spc: style.spacing ? units.points(style.spacing) : undefined, kern: 1200 }, [fillXml(style.color, look), ...facesXml(style.family, look)])

export const backgroundXml = (color: Color | undefined, look: Look): Xml | undefined => color && el('p:bg', {}, [el('p:bgPr', {}, [fillXml(color, look), el('a:effectLst')])])

function placeXml({ type, index, box, style, body, prompt, paragraph }: Place, id: number, { units, look, lang }: Pick<ShapeContext, 'units' | 'look' | 'lang'>): Xml {
  const content = type === 'sldNum'
    ? pageNumberXml(el('a:rPr', { lang }), '‹#›')
    : el('a:r', {}, [el('a:rPr', { lang }), el('a:t', {}, [text(prompt)])])
  return el('p:sp', {}, [
    el('p:nvSpPr', {}, [el('p:cNvPr', { id, name: `${type} ${index ?? ''}`.trim() }), el('p:cNvSpPr', {}, [el('a:spLocks', { noGrp: 1 })]), el('p:nvPr', {}, [placeholderXml({ ...type && { type }, ...index !== undefined && { index } })])]),
    el('p:spPr', {}, [frameOf(box, units), geometryXml(box, { kind: 'box', radius: 0 }, units)]),
    el('p:txBody', {}, [
      bodyProperties(body, units, true),
      el('a:lstStyle', {}, [paragraphProperties('a:lvl1pPr', paragraph, { units, look }, true, [defaultRun(style, look, units)])]),
      el('a:p', {}, [content]),
    ]),
  ])
}

/** A layout as a part. */
export function layoutXml(layout: Layout, context: ShapeContext): Xml {
  const writer = new ShapeWriter(context)
  const decoration = writer.items(layout.decoration)
  const places = layout.places.map((place, i) => placeXml(place, 1000 + i, context))
  return el('p:sldLayout', { ...NAMESPACES, preserve: 1, userDrawn: 1 }, [
    el('p:cSld', { name: layout.name }, [backgroundXml(layout.background, context.look), writer.tree([...decoration, ...places])]),
    el('p:clrMapOvr', {}, [el('a:masterClrMapping')]),
  ])
}

/** The colours that names stand for on slides. */
export const colorMap = ({ isDark }: Look): Record<string, string> => ({
  ...isDark ? { bg1: 'dk1', tx1: 'lt1', bg2: 'dk2', tx2: 'lt2' } : { bg1: 'lt1', tx1: 'dk1', bg2: 'lt2', tx2: 'dk2' },
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map(i => [`accent${i}`, `accent${i}`])), hlink: 'hlink', folHlink: 'folHlink',
})

/**
 * The master: the ground, and how texts look where a layout says nothing else.
 * @param layouts ids of the relationships to its layouts.
 */
export function masterXml(base: readonly Place[], layouts: readonly string[], background: Color | undefined, context: ShapeContext): Xml {
  const { look, units } = context
  const title = base.find(({ type }) => type === 'title')
  const body = base.find(({ type }) => type === 'body') ?? title
  const levels = (place: Place | undefined) => place ? Array.from({ length: 9 }, (_, i) => paragraphProperties(`a:lvl${i + 1}pPr`, { ...place.paragraph, indent: place.paragraph.indent + i * 24 }, context, true, [defaultRun(place.style, look, units)])) : []
  return el('p:sldMaster', NAMESPACES, [
    el('p:cSld', {}, [backgroundXml(background, look) ?? el('p:bg', {}, [el('p:bgRef', { idx: 1001 }, [el('a:schemeClr', { val: 'bg1' })])]), new ShapeWriter(context).tree(base.map((place, i) => placeXml(place, 1000 + i, context)))]),
    el('p:clrMap', colorMap(look)),
    el('p:sldLayoutIdLst', {}, layouts.map((id, i) => el('p:sldLayoutId', { 'id': 2_147_483_649 + i, 'r:id': id }))),
    el('p:txStyles', {}, [
      el('p:titleStyle', {}, levels(title).slice(0, 1)),
      el('p:bodyStyle', {}, levels(body)),
      el('p:otherStyle', {}, [el('a:defPPr', {}, [el('a:defRPr', { lang: context.lang })])]),
    ]),
  ])
}

/** The master's places: those of the layout that most slides have, with a body and a page number where that has none. */
export function basePlaces(layouts: readonly Layout[], canvas: { width: number, height: number }): Place[] {
  const all = layouts.flatMap(({ places }) => places)
  const title = all.find(({ type }) => type === 'title')
  if (!title) return []
  const margin = Math.min(title.box.x, canvas.width * 0.1)
  const whole = (y: number, height: number): Box => ({ x: margin, y, width: canvas.width - 2 * margin, height })
  const insets: TextBody['insets'] = { left: 0, top: 0, right: 0, bottom: 0 }
  const body: Place = all.find(({ type, index }) => type === 'body' && index === FIRST_BODY) ?? { ...title, type: 'body', index: FIRST_BODY, style: { ...title.style, isBold: false, size: title.style.size * 0.6 }, body: { wraps: true, anchor: 'top', insets } }
  const number = all.find(({ type }) => type === 'sldNum') ?? { ...body, type: 'sldNum', index: PAGE_NUMBER, prompt: '', box: { x: canvas.width - margin - 60, y: canvas.height - 40, width: 60, height: 24 }, style: { ...body.style, size: 14 }, paragraph: { ...body.paragraph, align: 'right', runs: [], indent: 0, hanging: 0, leading: 1 } }
  const foot = all.find(({ type }) => type === 'ftr') ?? { ...number, type: 'ftr', index: FIRST_FOOT, box: { ...number.box, x: margin, width: canvas.width / 2 }, paragraph: { ...number.paragraph, align: 'left' } }
  const top = Math.min(title.box.y, canvas.height * 0.2)
  const below = top + title.box.height + 24
  return [
    { ...title, box: whole(top, title.box.height) },
    { ...body, box: whole(below, canvas.height - below - 60), paragraph: { ...body.paragraph, align: 'left' } },
    foot,
    { ...number, type: 'sldNum' },
  ]
}

/** Every item of a slide that its layout does not paint. */
export const withoutDecoration = (items: readonly Item[], { decoration }: Layout): Item[] => items.filter(item => !decoration.some(other => JSON.stringify(other) === JSON.stringify(item)))
