import { createHash } from 'node:crypto'
import type { NoteParagraph } from 'slidev-addon-deck/note-markup'
import type { Color, PictureItem, ReadSlide, TextItem } from './model.ts'
import { backgroundXml, basePlaces, layoutsOf, layoutXml, masterXml, textsInPlace, withoutDecoration, type Prompts } from './layouts.ts'
import { lookOfDeck, type Typeface } from './look.ts'
import { NOTES_SIZE, notesMasterXml, notesXml } from './notes.ts'
import { OfficePackage, Relationships } from './package.ts'
import { ShapeWriter, type Placeholder, type ShapeContext } from './shapes.ts'
import { themeXml } from './theme.ts'
import { SLIDE_WIDTH, Units } from './units.ts'
import { el, NAMESPACES, text, type Xml } from './xml.ts'

const MAIN = 'application/vnd.openxmlformats-officedocument.presentationml'
const MICROSOFT = 'http://schemas.microsoft.com/office/powerpoint'
/** How long PowerPoint takes to move one state into the next, in ms. */
const MORPH = 900

/** One slide of the file. */
export interface WrittenSlide {
  read: ReadSlide
  layout: string
  chapter: string
  notes: readonly NoteParagraph[]
  /** It is a further state of the slide before it. */
  isNextState: boolean
}

/** A presentation to write. */
export interface Presentation {
  title: string
  author: string
  subject: string
  keywords: readonly string[]
  lang: string
  date: Date
  canvas: { width: number, height: number }
  /** Width of a slide by its height. */
  ratio: number
  slides: readonly WrittenSlide[]
  /** PNG files by a picture's id. */
  pictures: ReadonlyMap<string, Uint8Array>
  typefaces: ReadonlyMap<string, Typeface>
  prompts: Prompts
}

/** A GUID as Office writes it, the same for the same text. */
function guid(of: string): string {
  const hash = createHash('sha256').update(of).digest('hex').toUpperCase()
  return `{${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-A${hash.slice(17, 20)}-${hash.slice(20, 32)}}`
}

/** Writes a presentation as a PPTX: the same slides give the same bytes. */
export function writePresentation(presentation: Presentation): Uint8Array {
  const { title, lang, canvas, ratio, slides, pictures, typefaces, prompts } = presentation
  const file = new OfficePackage()
  const units = new Units(canvas.width, ratio)
  const look = lookOfDeck(slides.map(({ read }) => read), typefaces)
  const layouts = layoutsOf(slides, prompts)
  const slidePart = (i: number) => `ppt/slides/slide${i + 1}.xml`
  const slideOf = (no: number) => {
    const i = slides.findIndex(({ read }) => read.no === no)
    return i < 0 ? undefined : { part: slidePart(i), number: i + 1 }
  }
  const media = new Map<string, string>()
  const mediaOf = ({ id }: PictureItem): string | undefined => {
    const bytes = pictures.get(id)
    if (!bytes) return undefined
    const hash = createHash('sha256').update(bytes).digest('hex')
    const path = media.get(hash) ?? `ppt/media/image${media.size + 1}.png`
    if (!media.has(hash)) file.addPng(path, bytes)
    media.set(hash, path)
    return path
  }
  const contextOf = (relationships: Relationships, own: Partial<ShapeContext> = {}): ShapeContext =>
    ({ units, look, relationships, lang, slideOf, pictureOf: mediaOf, placeholderOf: () => undefined, ...own })

  const MASTER = 'ppt/slideMasters/slideMaster1.xml'
  const NOTES_MASTER = 'ppt/notesMasters/notesMaster1.xml'
  const layoutPart = new Map([...layouts.keys()].map((name, i) => [name, `ppt/slideLayouts/slideLayout${i + 1}.xml`]))

  const theme = 'ppt/theme/theme1.xml'
  const notesTheme = 'ppt/theme/theme2.xml'
  const THEME = 'application/vnd.openxmlformats-officedocument.theme+xml'
  file.add(theme, THEME, themeXml(title, look))
  file.add(notesTheme, THEME, themeXml(title, look))

  for (const [name, layout] of layouts) {
    const own = new Relationships()
    own.id('slideMaster', MASTER)
    file.add(layoutPart.get(name) ?? '', `${MAIN}.slideLayout+xml`, layoutXml(layout, contextOf(own)), own)
  }
  const masterRelationships = new Relationships()
  const layoutIds = [...layoutPart.values()].map(part => masterRelationships.id('slideLayout', part))
  masterRelationships.id('theme', theme)
  const background = mostUsed([...layouts.values()].map(layout => layout.background))
  file.add(MASTER, `${MAIN}.slideMaster+xml`, masterXml(basePlaces([...layouts.values()], canvas), layoutIds, background, contextOf(masterRelationships)), masterRelationships)

  const notesMasterRelationships = new Relationships()
  notesMasterRelationships.id('theme', notesTheme)
  file.add(NOTES_MASTER, `${MAIN}.notesMaster+xml`, notesMasterXml(units.slideHeight, look, lang), notesMasterRelationships)

  slides.forEach((slide, i) => {
    const relationships = new Relationships()
    const layout = layouts.get(slide.layout)
    relationships.id('slideLayout', layoutPart.get(slide.layout) ?? '')
    const places = textsInPlace(slide.read)
    const placeholderOf = (item: TextItem): Placeholder | undefined => {
      const place = places.get(item)
      return place && layout?.places.find(({ type, index }) => type === place.type && index === place.index)
    }
    const writer = new ShapeWriter(contextOf(relationships, { placeholderOf, number: i + 1 }))
    const tree = writer.tree(writer.items(layout ? withoutDecoration(slide.read.items, layout) : slide.read.items))
    const ground = JSON.stringify(slide.read.background) === JSON.stringify(layout?.background) ? undefined : backgroundXml(slide.read.background, look)
    if (slide.notes.length > 0) {
      const part = `ppt/notesSlides/notesSlide${i + 1}.xml`
      relationships.id('notesSlide', part)
      const own = new Relationships()
      own.id('notesMaster', NOTES_MASTER)
      own.id('slide', slidePart(i))
      file.add(part, `${MAIN}.notesSlide+xml`, notesXml(slide.notes, { relationships: own, lang, slideHeight: units.slideHeight }), own)
    }
    file.add(slidePart(i), `${MAIN}.slide+xml`, el('p:sld', NAMESPACES, [
      el('p:cSld', {}, [ground, tree]),
      el('p:clrMapOvr', {}, [el('a:masterClrMapping')]),
      slide.isNextState ? MORPHING : undefined,
    ]), relationships)
  })

  const relationships = new Relationships()
  const masterId = relationships.id('slideMaster', MASTER)
  const slideIds = slides.map((_, i) => ({ 'id': 256 + i, 'r:id': relationships.id('slide', slidePart(i)) }))
  const notesMasterId = relationships.id('notesMaster', NOTES_MASTER)
  relationships.id('theme', theme)
  for (const [part, root] of [['presProps', 'p:presentationPr'], ['viewProps', 'p:viewPr']] as const) {
    relationships.id(part, `ppt/${part}.xml`)
    file.add(`ppt/${part}.xml`, `${MAIN}.${part}+xml`, el(root, NAMESPACES))
  }
  relationships.id('tableStyles', 'ppt/tableStyles.xml')
  file.add('ppt/tableStyles.xml', `${MAIN}.tableStyles+xml`, el('a:tblStyleLst', { 'xmlns:a': NAMESPACES['xmlns:a'], 'def': '{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}' }))
  file.add('ppt/presentation.xml', `${MAIN}.presentation.main+xml`, el('p:presentation', { ...NAMESPACES, saveSubsetFonts: 1 }, [
    el('p:sldMasterIdLst', {}, [el('p:sldMasterId', { 'id': 2_147_483_648, 'r:id': masterId })]),
    el('p:notesMasterIdLst', {}, [el('p:notesMasterId', { 'r:id': notesMasterId })]),
    el('p:sldIdLst', {}, slideIds.map(slide => el('p:sldId', slide))),
    el('p:sldSz', { cx: SLIDE_WIDTH, cy: units.slideHeight }),
    el('p:notesSz', { cx: NOTES_SIZE.width, cy: NOTES_SIZE.height }),
    el('p:defaultTextStyle', {}, [el('a:defPPr', {}, [el('a:defRPr', { lang })])]),
    sectionsXml(slides),
  ]), relationships)

  const root = new Relationships()
  root.id('officeDocument', 'ppt/presentation.xml')
  root.id('http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties', 'docProps/core.xml')
  root.id('extended-properties', 'docProps/app.xml')
  file.add('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml', coreXml(presentation))
  file.add('docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml', el('Properties', { xmlns: 'http://schemas.openxmlformats.org/officeDocument/2006/extended-properties' }, [
    el('Application', {}, [text('slidev-deck-export')]), el('Slides', {}, [text(String(slides.length))]), el('Notes', {}, [text(String(slides.filter(({ notes }) => notes.length > 0).length))]),
  ]))
  return file.bytes(root)
}

/** The colour that comes up most. */
function mostUsed(colors: readonly (Color | undefined)[]): Color | undefined {
  const groups = [...Map.groupBy(colors.filter(color => color !== undefined), ({ rgb }) => rgb).values()]
  return groups.toSorted((a, b) => b.length - a.length)[0]?.[0]
}

/** PowerPoint from 2016 on moves what has one name from where it was to where it is; others show the next slide. */
const MORPHING: Xml = el('mc:AlternateContent', { 'xmlns:mc': 'http://schemas.openxmlformats.org/markup-compatibility/2006' }, [
  el('mc:Choice', { 'xmlns:p159': `${MICROSOFT}/2015/09/main`, 'Requires': 'p159' }, [
    el('p:transition', { 'spd': 'slow', 'xmlns:p14': `${MICROSOFT}/2010/main`, 'p14:dur': MORPH }, [el('p159:morph', { option: 'byObject' })]),
  ]),
  el('mc:Fallback', {}, [el('p:transition', { spd: 'fast' }, [el('p:fade')])]),
])

/** The chapters as sections; none where no slide has one. */
function sectionsXml(slides: readonly WrittenSlide[]): Xml | undefined {
  if (slides.every(({ chapter }) => !chapter)) return undefined
  const sections: { name: string, ids: number[] }[] = []
  slides.forEach(({ chapter }, i) => {
    if (sections.length === 0 || sections.at(-1)?.name !== chapter) sections.push({ name: chapter, ids: [] })
    sections.at(-1)?.ids.push(256 + i)
  })
  return el('p:extLst', {}, [el('p:ext', { uri: '{521415D9-36F7-43E2-AB2F-B90AF26B5E84}' }, [
    el('p14:sectionLst', { 'xmlns:p14': `${MICROSOFT}/2010/main` }, sections.map(({ name, ids }, i) => el('p14:section', { name: name || '–', id: guid(`${i} ${name}`) }, [
      el('p14:sldIdLst', {}, ids.map(id => el('p14:sldId', { id }))),
    ]))),
  ])])
}

function coreXml({ title, author, subject, keywords, lang, date }: Presentation): Xml {
  const time = `${date.toISOString().slice(0, 19)}Z`
  const said = (name: string, value: string) => value ? el(name, {}, [text(value)]) : undefined
  return el('cp:coreProperties', {
    'xmlns:cp': 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties', 'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:dcterms': 'http://purl.org/dc/terms/', 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  }, [
    said('dc:title', title), said('dc:subject', subject), said('dc:creator', author), said('cp:keywords', keywords.join(', ')), said('cp:lastModifiedBy', author), said('dc:language', lang),
    el('dcterms:created', { 'xsi:type': 'dcterms:W3CDTF' }, [text(time)]),
    el('dcterms:modified', { 'xsi:type': 'dcterms:W3CDTF' }, [text(time)]),
  ])
}
