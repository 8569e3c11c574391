import { deflateSync, inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber, PDFRawStream, PDFRef, PDFString, type PDFContext, type PDFDocument, type PDFObject, type PDFPage } from 'pdf-lib'
import { remark } from './pdf/content.ts'
import { isLeaf, leavesOf, tidy, type Element, type Kid } from './pdf/tags.ts'

/** A piece of content: its number on its page, or an annotation. */
type Content = number | PDFRef

const name = (text: string) => PDFName.of(text)
const SCOPES = ['Row', 'Column'] as const

/**
 * Marks every page's content anew and gives the document a structure of its own in place of Chromium's.
 * @param titled whether the first headline names the whole document.
 * @throws where Chromium tagged nothing, or a picture has no place in the structure.
 */
export function restructure(document: PDFDocument, titled: boolean): void {
  const { context, catalog } = document
  const oldRoot = catalog.lookupMaybe(name('StructTreeRoot'), PDFDict)
  if (!oldRoot) throw new Error('The browser printed an untagged PDF: use a newer Chromium.')
  const pages = document.getPages().map(page => page.ref.tag)
  const { root: old, refs } = readTree(context, oldRoot, pages)

  // Which content belongs to pictures, by page.
  const pictures = pages.map(() => new Set<number>())
  const visit = (kid: Kid<Content>) => {
    if (isLeaf(kid)) return
    if (kid.type === 'Figure') for (const { page, content } of leavesOf(kid)) if (typeof content === 'number') pictures[page]?.add(content)
    kid.kids.forEach(visit)
  }
  visit(old)

  const renumbered = document.getPages().map((page, i) => {
    assertNoLayers(context, page, i)
    const { content, owners } = remark(contentOf(context, page.node.get(name('Contents'))), number => pictures[i]?.has(number) ?? false)
    page.node.set(name('Contents'), context.register(stream(context, Buffer.from(content, 'latin1'))))
    return Map.groupBy(owners.keys(), number => owners[number] ?? -1)
  })
  const renumber = (element: Element<Content>): Element<Content> => ({
    ...element,
    kids: element.kids.flatMap((kid): Kid<Content>[] => {
      if (!isLeaf(kid)) return [renumber(kid)]
      if (typeof kid.content !== 'number') return [kid]
      return (renumbered[kid.page]?.get(kid.content) ?? []).map(content => ({ page: kid.page, content }))
    }),
  })
  const tree = tidy(renumber(old), { titled })
  for (const ref of refs) context.delete(ref)
  writeTree(document, tree, renumbered.map(numbers => [...numbers.values()].flat().length))
}

/** Chromium's structure, and the references of its elements. */
function readTree(context: PDFContext, treeRoot: PDFDict, pages: readonly string[]): { root: Element<Content>, refs: PDFRef[] } {
  const refs: PDFRef[] = []
  const read = (value: PDFObject | undefined, inherited: number): Kid<Content>[] => {
    if (value instanceof PDFRef) refs.push(value)
    const object = context.lookup(value)
    if (object instanceof PDFNumber) return [{ page: inherited, content: object.asNumber() }]
    if (object instanceof PDFArray) return object.asArray().flatMap(kid => read(kid, inherited))
    if (!(object instanceof PDFDict)) return []
    const pageRef = object.get(name('Pg'))
    const page = pageRef instanceof PDFRef ? pages.indexOf(pageRef.tag) : inherited
    const type = object.lookupMaybe(name('Type'), PDFName)?.decodeText()
    if (type === 'MCR') return [{ page, content: object.lookup(name('MCID'), PDFNumber).asNumber() }]
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

function writeTree(document: PDFDocument, tree: Element<Content>, contents: readonly number[]): void {
  const { context, catalog } = document
  const root = context.nextRef()
  /** The element of each piece of content, by page and number. */
  const parents = contents.map((count): PDFRef[] => Array.from({ length: count }, () => root))
  const annotations = new Map<PDFRef, PDFRef>()
  const pages = document.getPages()

  const write = (element: Element<Content>, parent: PDFRef): PDFRef => {
    const ref = context.nextRef()
    const kids = element.kids.map((kid): PDFObject => {
      if (!isLeaf(kid)) return write(kid, ref)
      const page = pages[kid.page]?.ref
      if (typeof kid.content === 'number') {
        const numbered = parents[kid.page]
        if (numbered) numbered[kid.content] = ref
        return context.obj({ Type: 'MCR', ...page && { Pg: page }, MCID: kid.content })
      }
      annotations.set(kid.content, ref)
      return context.obj({ Type: 'OBJR', ...page && { Pg: page }, Obj: kid.content })
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
  pages.forEach((page, i) => {
    page.node.set(name('StructParents'), PDFNumber.of(i))
    page.node.set(name('Tabs'), name('S'))
    numbers.push(PDFNumber.of(i), context.obj(parents[i] ?? []))
  })
  let next = pages.length
  for (const [annotation, element] of annotations) {
    context.lookup(annotation, PDFDict).set(name('StructParent'), PDFNumber.of(next))
    numbers.push(PDFNumber.of(next++), element)
  }
  context.assign(root, context.obj({ Type: 'StructTreeRoot', K: [top], ParentTree: context.register(context.obj({ Nums: numbers })), ParentTreeNextKey: next }))
  catalog.set(name('StructTreeRoot'), root)
  catalog.set(name('MarkInfo'), context.obj({ Marked: true }))
}

/** @throws where a part of a page is an object of its own: what is marked in it is numbered apart from the page's content. */
function assertNoLayers(context: PDFContext, page: PDFPage, i: number): void {
  for (const [, value] of page.node.Resources()?.lookupMaybe(name('XObject'), PDFDict)?.entries() ?? []) {
    const object = context.lookup(value)
    if (object instanceof PDFRawStream && object.dict.get(name('Subtype')) === name('Form')) throw new Error(`Page ${i + 1} was painted in layers, which the export cannot tag: take scaling, opacity and filters off it.`)
  }
}

function contentOf(context: PDFContext, contents: PDFObject | undefined): string {
  const object = context.lookup(contents)
  if (object instanceof PDFArray) return object.asArray().map(each => contentOf(context, each)).join('\n')
  if (!(object instanceof PDFRawStream)) return ''
  const filter = object.dict.lookup(name('Filter'))
  if (filter && !(filter instanceof PDFName && filter.decodeText() === 'FlateDecode')) throw new Error(`A page’s content is packed in a way the export does not know: ${filter.toString()}.`)
  const bytes = Buffer.from(object.contents)
  if (contents instanceof PDFRef) context.delete(contents)
  return (filter ? inflateSync(bytes) : bytes).toString('latin1')
}

function stream(context: PDFContext, bytes: Buffer): PDFRawStream {
  return PDFRawStream.of(context.obj({ Filter: 'FlateDecode' }), deflateSync(bytes, { level: 9 }))
}
