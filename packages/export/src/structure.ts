import { deflateSync, inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber, PDFRawStream, PDFRef, PDFString, type PDFContext, type PDFDocument, type PDFObject } from 'pdf-lib'
import { remark, type Mark, type Painting } from './pdf/content.ts'
import { isLeaf, leavesOf, tidy, type Element, type Kid } from './pdf/tags.ts'

/** What Chromium's structure holds: marked content, or an annotation. */
type Content = Mark | PDFRef

/** Marked content by its new number in its stream. */
interface Piece {
  stream: MarkedStream
  number: number
}

/** A page's content, or that of a form: a part of a page that is painted as one, as where it has opacity. */
interface MarkedStream {
  /** The dictionary of the page or the form. */
  dict: PDFDict
  /** A form's reference. */
  form?: PDFRef
  /** How many pieces it has. */
  size: number
}

const name = (text: string) => PDFName.of(text)
const SCOPES = ['Row', 'Column'] as const

/**
 * Marks all content anew and gives the document a structure of its own in place of Chromium's.
 * @param titled whether the first headline names the whole document.
 * @throws where Chromium tagged nothing, or a picture has no place in the structure.
 */
export function restructure(document: PDFDocument, titled: boolean): void {
  const { context, catalog } = document
  const oldRoot = catalog.lookupMaybe(name('StructTreeRoot'), PDFDict)
  if (!oldRoot) throw new Error('The browser printed an untagged PDF: use a newer Chromium.')
  const { root: old, refs } = readTree(context, oldRoot, document.getPages().map(page => page.ref))
  const { pieces, streams } = remarkPages(document, pictureMarks(old))
  const renumber = (element: Element<Content>): Element<Piece | PDFRef> => ({
    ...element,
    kids: element.kids.flatMap((kid): Kid<Piece | PDFRef>[] => {
      if (!isLeaf(kid)) return [renumber(kid)]
      const { page, content } = kid
      return content instanceof PDFRef ? [{ page, content }] : (pieces.get(content) ?? []).map(piece => ({ page, content: piece }))
    }),
  })
  const tree = tidy(renumber(old), { titled })
  for (const ref of refs) context.delete(ref)
  writeTree(document, tree, streams)
}

/** The marks of all content that belongs to pictures. */
function pictureMarks(element: Element<Content>): Set<Content> {
  return new Set(element.type === 'Figure' ? leavesOf(element).map(({ content }) => content) : element.kids.flatMap(kid => isLeaf(kid) ? [] : [...pictureMarks(kid)]))
}

/** Marks the content of all pages anew, with the forms they are painted from; gives by Chromium's marks what has come of them. */
function remarkPages(document: PDFDocument, pictures: ReadonlySet<Content>): { pieces: Map<Mark, Piece[]>, streams: MarkedStream[] } {
  const { context } = document
  const pieces = new Map<Mark, Piece[]>()
  const streams: MarkedStream[] = []

  function remarkStream(stream: MarkedStream, ref: PDFRef, content: string, resources: PDFDict | undefined, painting?: Painting): string {
    const objects = resources?.lookupMaybe(name('XObject'), PDFDict)
    const remarked = remark(content, {
      name: ref.tag,
      isPicture: mark => pictures.has(mark),
      remarkObject: (object, state) => remarkForm(objects?.get(name(object)), state),
    }, painting)
    stream.size = remarked.owners.length
    streams.push(stream)
    remarked.owners.forEach((mark, number) => pieces.set(mark, [...pieces.get(mark) ?? [], { stream, number }]))
    return remarked.content
  }
  /** A form may be painted more than once. */
  const forms = new Set<PDFRef>()
  function remarkForm(ref: PDFObject | undefined, painting: Painting): boolean {
    const form = markedForm(context, ref)
    if (!form || !(ref instanceof PDFRef)) return false
    if (forms.has(ref)) return true
    forms.add(ref)
    form.dict.delete(name('StructParents'))
    const content = remarkStream({ dict: form.dict, form: ref, size: 0 }, ref, contentOf(context, form), resourcesOf(form), painting)
    context.assign(ref, packed(context, content, form.dict))
    return true
  }
  for (const page of document.getPages()) {
    const contents = page.node.get(name('Contents'))
    const content = remarkStream({ dict: page.node, size: 0 }, page.ref, contentOf(context, contents), page.node.Resources())
    if (contents instanceof PDFRef) context.delete(contents)
    page.node.set(name('Contents'), context.register(packed(context, content)))
  }
  return { pieces, streams }
}

const resourcesOf = (form: PDFRawStream) => form.dict.lookupMaybe(name('Resources'), PDFDict)

/** The form of a reference, if Chromium marked content in it. */
function markedForm(context: PDFContext, ref: PDFObject | undefined): PDFRawStream | undefined {
  const form = context.lookup(ref)
  if (!(form instanceof PDFRawStream)) return undefined
  const inner = resourcesOf(form)?.lookupMaybe(name('XObject'), PDFDict)?.values() ?? []
  return form.dict.has(name('StructParents')) || inner.some(each => markedForm(context, each)) ? form : undefined
}

/** Chromium's structure, and the references of its elements. */
function readTree(context: PDFContext, treeRoot: PDFDict, pages: readonly PDFRef[]): { root: Element<Content>, refs: PDFRef[] } {
  const refs: PDFRef[] = []
  const read = (value: PDFObject | undefined, inherited: number): Kid<Content>[] => {
    if (value instanceof PDFRef) refs.push(value)
    const object = context.lookup(value)
    const leaf = (number: PDFNumber, page: number, stream = pages[page]): Kid<Content> => ({ page, content: `${stream?.tag ?? ''}/${number.asNumber()}` })
    if (object instanceof PDFNumber) return [leaf(object, inherited)]
    if (object instanceof PDFArray) return object.asArray().flatMap(kid => read(kid, inherited))
    if (!(object instanceof PDFDict)) return []
    const pageRef = object.get(name('Pg'))
    const page = pageRef instanceof PDFRef ? pages.indexOf(pageRef) : inherited
    const type = object.lookupMaybe(name('Type'), PDFName)?.decodeText()
    if (type === 'MCR') {
      const form = object.get(name('Stm'))
      return [leaf(object.lookup(name('MCID'), PDFNumber), page, form instanceof PDFRef ? form : undefined)]
    }
    if (type === 'OBJR') {
      const annotation = object.get(name('Obj'))
      return annotation instanceof PDFRef ? [{ page, content: annotation }] : []
    }
    return [{ ...textOf(object), ...cellOf(object), type: object.lookup(name('S'), PDFName).decodeText(), kids: read(object.get(name('K')), page) }]
  }
  const kids = read(treeRoot.get(name('K')), 0)
  return { root: { type: 'Document', kids }, refs }
}

function textOf(element: PDFDict): { alt?: string, lang?: string } {
  const text = (key: string) => element.lookupMaybe(name(key), PDFString, PDFHexString)?.decodeText()
  const [alt, lang] = [text('Alt'), text('Lang')]
  return { ...alt !== undefined && { alt }, ...lang !== undefined && { lang } }
}

/** What Chromium says of a cell of a table. */
function cellOf(element: PDFDict): Pick<Element<Content>, 'scope' | 'rowSpan' | 'colSpan'> {
  const attributes = element.lookup(name('A'))
  const all = attributes instanceof PDFArray ? attributes.asArray() : attributes ? [attributes] : []
  const found: Pick<Element<Content>, 'scope' | 'rowSpan' | 'colSpan'> = {}
  for (const each of all) {
    if (!(each instanceof PDFDict)) continue
    const scope = SCOPES.find(known => known === each.lookupMaybe(name('Scope'), PDFName)?.decodeText())
    const [rows, columns] = [each.lookupMaybe(name('RowSpan'), PDFNumber)?.asNumber(), each.lookupMaybe(name('ColSpan'), PDFNumber)?.asNumber()]
    if (scope) found.scope = scope
    if (rows !== undefined && rows > 1) found.rowSpan = rows
    if (columns !== undefined && columns > 1) found.colSpan = columns
  }
  return found
}

function writeTree(document: PDFDocument, tree: Element<Piece | PDFRef>, streams: readonly MarkedStream[]): void {
  const { context, catalog } = document
  const root = context.nextRef()
  /** The element of each piece of content, by stream and number. */
  const parents = new Map(streams.map(stream => [stream, Array.from({ length: stream.size }, () => root)]))
  const annotations = new Map<PDFRef, PDFRef>()
  const pages = document.getPages()

  const write = (element: Element<Piece | PDFRef>, parent: PDFRef): PDFRef => {
    const ref = context.nextRef()
    const kids = element.kids.map((kid): PDFObject => {
      if (!isLeaf(kid)) return write(kid, ref)
      const page = pages[kid.page]?.ref
      if (kid.content instanceof PDFRef) {
        annotations.set(kid.content, ref)
        return context.obj({ Type: 'OBJR', ...page && { Pg: page }, Obj: kid.content })
      }
      const { stream, number } = kid.content
      parents.get(stream)?.splice(number, 1, ref)
      return context.obj({ Type: 'MCR', ...page && { Pg: page }, ...stream.form && { Stm: stream.form }, MCID: number })
    })
    const { alt, lang, scope, rowSpan, colSpan } = element
    const cell = { ...scope && { Scope: scope }, ...rowSpan && { RowSpan: rowSpan }, ...colSpan && { ColSpan: colSpan } }
    context.assign(ref, context.obj({
      Type: 'StructElem',
      S: element.type,
      P: parent,
      K: kids,
      ...alt !== undefined && { Alt: PDFHexString.fromText(alt) },
      ...lang !== undefined && { Lang: PDFString.of(lang) },
      ...Object.keys(cell).length > 0 && { A: { O: 'Table', ...cell } },
    }))
    return ref
  }
  const top = write(tree, root)

  const numbers: PDFObject[] = []
  let next = 0
  const number = (dict: PDFDict, key: string, entry: PDFObject) => {
    dict.set(name(key), PDFNumber.of(next))
    numbers.push(PDFNumber.of(next++), entry)
  }
  for (const page of pages) page.node.set(name('Tabs'), name('S'))
  for (const [{ dict, form, size }, elements] of parents) if (!form || size > 0) number(dict, 'StructParents', context.obj(elements))
  for (const [annotation, element] of annotations) number(context.lookup(annotation, PDFDict), 'StructParent', element)
  context.assign(root, context.obj({ Type: 'StructTreeRoot', K: [top], ParentTree: context.register(context.obj({ Nums: numbers })), ParentTreeNextKey: next }))
  catalog.set(name('StructTreeRoot'), root)
  catalog.set(name('MarkInfo'), context.obj({ Marked: true }))
}

function contentOf(context: PDFContext, contents: PDFObject | undefined): string {
  const object = context.lookup(contents)
  if (object instanceof PDFArray) return object.asArray().map(each => contentOf(context, each)).join('\n')
  if (!(object instanceof PDFRawStream)) return ''
  const filter = object.dict.lookup(name('Filter'))
  if (filter && !(filter instanceof PDFName && filter.decodeText() === 'FlateDecode')) throw new Error(`A page’s content is packed in a way the export does not know: ${filter.toString()}.`)
  return (filter ? inflateSync(object.contents) : Buffer.from(object.contents)).toString('latin1')
}

/** A stream of content. */
function packed(context: PDFContext, content: string, dict = context.obj({})): PDFRawStream {
  dict.set(name('Filter'), name('FlateDecode'))
  return PDFRawStream.of(dict, deflateSync(Buffer.from(content, 'latin1'), { level: 9 }))
}
