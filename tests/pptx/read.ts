import { posix } from 'node:path'
import { JSDOM } from 'jsdom'
import JSZip from 'jszip'

export const A = 'http://schemas.openxmlformats.org/drawingml/2006/main'
export const P = 'http://schemas.openxmlformats.org/presentationml/2006/main'
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A PPTX as its parts: read by another library's parser, not by what wrote it. */
export interface Pptx {
  size: number
  names: ReadonlySet<string>
  /** Every part of XML, by its name. */
  parts: ReadonlyMap<string, Document>
  /** The slides' parts in the order that they are shown. */
  slides: readonly string[]
}

const { DOMParser } = new JSDOM('').window
/** Parts by their text: copies of a file differ in one or two. */
const parsed = new Map<string, Document>()

/** @throws where it is not XML; `name` names it. */
function parse(text: string, name: string): Document {
  const known = parsed.get(text)
  if (known) return known
  const document = new DOMParser().parseFromString(text, 'application/xml')
  if (document.querySelector('parsererror')) throw new Error(`${name} is no XML.`)
  parsed.set(text, document)
  return document
}

/** @throws where it is no ZIP file, or a part of it is no XML. */
export async function readPptx(bytes: Uint8Array): Promise<Pptx> {
  const zip = await JSZip.loadAsync(bytes)
  const files = Object.values(zip.files).filter(({ dir }) => !dir)
  const parts = new Map<string, Document>()
  for (const file of files) {
    if (/\.(?:xml|rels)$/.test(file.name)) parts.set(file.name, parse(await file.async('string'), file.name))
  }
  const pptx = { size: bytes.length, names: new Set(files.map(({ name }) => name)), parts }
  const presentation = 'ppt/presentation.xml'
  const targets = targetsOf(pptx, presentation)
  const slides = [...parts.get(presentation)?.getElementsByTagNameNS(P, 'sldId') ?? []].map(slide => targets.get(slide.getAttributeNS(R, 'id') ?? '')?.target ?? '')
  return { ...pptx, slides }
}

/** What a part names by its ids. */
export function targetsOf({ parts }: Pick<Pptx, 'parts'>, part: string): Map<string, { target: string, isExternal: boolean }> {
  const related = parts.get(posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`))
  return new Map([...related?.getElementsByTagName('Relationship') ?? []].map((each) => {
    const [id, target, mode] = ['Id', 'Target', 'TargetMode'].map(name => each.getAttribute(name) ?? '')
    return [id ?? '', { target: mode === 'External' ? target ?? '' : posix.join('/', posix.dirname(part), target?.startsWith('/') ? posix.relative(posix.join('/', posix.dirname(part)), target) : target ?? '').slice(1), isExternal: mode === 'External' }]
  }))
}

/** Every id of a relationship that a part uses. */
export const usedIds = (document: Document): string[] =>
  [...document.getElementsByTagName('*')].flatMap(element => [...element.attributes].filter(({ namespaceURI }) => namespaceURI === R).map(({ value }) => value))

/** All elements of a name below one. */
export const all = (root: Document | Element, space: string, name: string) => [...root.getElementsByTagNameNS(space, name)]

/** What stands for the page's number, and for a number that leads to a slide. */
export const PAGE = '\u0001'
export const JUMP = '\u0002'

/** The text of a part in the order of its shapes. Numbers of slides are those of the file. */
export function textOf(pptx: Pptx, part: string): string {
  const document = pptx.parts.get(part)
  const targets = targetsOf(pptx, part)
  return document ? all(document, A, 't').map((element) => {
    const run = element.parentElement
    if (run?.localName === 'fld' && run.getAttribute('type') === 'slidenum') return PAGE
    const text = element.textContent ?? ''
    const [link] = run ? all(run, A, 'hlinkClick') : []
    const target = targets.get(link?.getAttributeNS(R, 'id') ?? '')?.target ?? ''
    const at = pptx.slides.indexOf(target)
    return at >= 0 && text === String(at + 1) ? `${JUMP}${at + 1}` : text
  }).join('') : ''
}

/** A shape's number in its part. */
export const idOf = (shape: Element) => shape.getElementsByTagNameNS(P, 'cNvPr')[0]?.getAttribute('id') ?? ''

/** The kind of placeholder that a shape is, where it is one. */
export const placeOf = (shape: Element) => shape.getElementsByTagNameNS(P, 'ph')[0]?.getAttribute('type') ?? undefined
