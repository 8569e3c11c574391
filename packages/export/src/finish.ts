import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFString, ParseSpeeds, type PDFContext, type PDFPage, type PDFRef } from 'pdf-lib'
import { escapeHtml } from 'slidev-addon-deck/html'
import { restructure } from './structure.ts'

/** What a PDF says about itself. */
export interface About {
  title: string
  author: string
  subject: string
  keywords: readonly string[]
  /** BCP 47 tag. */
  lang: string
}

/** An entry of the bookmarks. */
export interface Bookmark {
  title: string
  /** Index of the page it leads to. */
  page: number
  kids: Bookmark[]
}

/** A page of a PDF: what viewers call it, and what error messages do. */
export interface PageName {
  label: number | string
  name: string
}

export interface Finish {
  about: About
  pages: readonly PageName[]
  bookmarks: readonly Bookmark[]
  /** Whether the first headline names the whole document. */
  titled: boolean
  /** When the document was made. */
  date: Date
  /** The packages of the deck's own fonts, like `noto-sans-sc`; where it has none, any font will do. */
  fonts: readonly string[] | undefined
}

const name = (text: string) => PDFName.of(text)
const PRODUCER = 'Slidev, Chromium, pdf-lib'

/**
 * Makes a PDF that Chromium printed one to hand out: structure, bookmarks, page labels, what it says about itself.
 * @throws where it has not the pages it should have, or a font that is not the deck's own.
 */
export async function finishPdf(printed: Uint8Array, { about, pages, bookmarks, titled, date, fonts }: Finish): Promise<Uint8Array> {
  const document = await PDFDocument.load(printed, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest })
  const { context, catalog } = document
  if (document.getPageCount() !== pages.length) throw new Error(`The PDF has ${document.getPageCount()} pages where ${pages.length} were to be printed.`)
  if (fonts) assertOwnFonts(document, pages, fonts)
  restructure(document, titled)

  document.setTitle(about.title, { showInWindowTitleBar: true })
  document.setAuthor(about.author)
  document.setSubject(about.subject)
  document.setKeywords([about.keywords.join(', ')])
  document.setLanguage(about.lang)
  document.setCreator('Slidev')
  document.setProducer(PRODUCER)
  document.setCreationDate(date)
  document.setModificationDate(date)
  catalog.set(name('Metadata'), context.register(metadata(context, about, date)))
  catalog.set(name('PageLabels'), context.obj({ Nums: pages.flatMap(({ label }, i) => [i, typeof label === 'number' ? { S: 'D', St: label } : { P: PDFHexString.fromText(label) }]) }))
  if (bookmarks.length > 0) {
    const outlines = context.nextRef()
    context.assign(outlines, context.obj({ Type: 'Outlines', ...writeBookmarks(document, bookmarks, outlines) }))
    catalog.set(name('Outlines'), outlines)
    catalog.set(name('PageMode'), name('UseOutlines'))
  }
  for (const page of document.getPages()) nameLinks(context, page)
  return document.save({ useObjectStreams: true, addDefaultPage: false, objectsPerTick: Number.POSITIVE_INFINITY })
}

/** @throws where a page is set in a font of this system: the deck's own fonts lack a character, or were not there. */
function assertOwnFonts(document: PDFDocument, pages: readonly PageName[], own: readonly string[]): void {
  const bare = (text: string) => text.replaceAll('-', '').toLowerCase()
  document.getPages().forEach((page, i) => {
    const faces = page.node.Resources()?.lookupMaybe(name('Font'), PDFDict)
    for (const [, value] of faces?.entries() ?? []) {
      const face = document.context.lookup(value, PDFDict)
      const base = face.lookupMaybe(name('BaseFont'), PDFName)?.decodeText().replace(/^[A-Z]{6}\+/, '') ?? 'a nameless font'
      const isOutlined = face.lookupMaybe(name('Subtype'), PDFName)?.decodeText() !== 'Type3'
      if (!isOutlined || !own.some(font => bare(base).startsWith(bare(font)))) throw new Error(`${pages[i]?.name ?? `Page ${i + 1}`} is set in ${base}, a font of this machine: the deck’s own fonts lack one of its characters, its styles name a face that deck.config.ts does not ("fonts" there), or a picture (SVG) on it has text. Use another character, name the face in deck.config.ts, or make paths of the picture’s text.`)
    }
  })
}

/**
 * Writes bookmarks, unfolded, below their parent.
 * @returns what the parent's dictionary says of them.
 */
function writeBookmarks(document: PDFDocument, bookmarks: readonly Bookmark[], parent: PDFRef): { First?: PDFRef, Last?: PDFRef, Count?: number } {
  const { context } = document
  const refs = bookmarks.map(() => context.nextRef())
  let count = 0
  bookmarks.forEach(({ title, page, kids }, i) => {
    const [previous, ref, next] = [refs[i - 1], refs[i], refs[i + 1]]
    const target = document.getPages()[page]
    if (!ref || !target) throw new Error(`The bookmark “${title}” leads to page ${page + 1}, which there is not.`)
    const inner = writeBookmarks(document, kids, ref)
    context.assign(ref, context.obj({ Title: PDFHexString.fromText(title), Parent: parent, Dest: [target.ref, 'XYZ', null, null, null], ...previous && { Prev: previous }, ...next && { Next: next }, ...inner }))
    count += 1 + (inner.Count ?? 0)
  })
  const [First, Last] = [refs[0], refs.at(-1)]
  return First && Last ? { First, Last, Count: count } : {}
}

/** PDF/UA wants a text for each link's annotation. */
function nameLinks(context: PDFContext, page: PDFPage): void {
  for (const value of page.node.Annots()?.asArray() ?? []) {
    const annotation = context.lookup(value, PDFDict)
    if (annotation.has(name('Contents'))) continue
    const address = annotation.lookupMaybe(name('A'), PDFDict)?.lookupMaybe(name('URI'), PDFString, PDFHexString)?.decodeText()
    const place = annotation.lookup(name('Dest'))
    const isNamed = place instanceof PDFName || place instanceof PDFString || place instanceof PDFHexString
    annotation.set(name('Contents'), PDFHexString.fromText(address ?? (isNamed ? `→ ${place.decodeText()}` : '→')))
  }
}

/** The same once more as XMP, which newer readers look at. */
function metadata(context: PDFContext, { title, author, subject, keywords, lang }: About, date: Date): PDFRawStream {
  const alternative = (element: string, text: string) => `<dc:${element}><rdf:Alt><rdf:li xml:lang="x-default">${escapeHtml(text)}</rdf:li></rdf:Alt></dc:${element}>`
  const time = date.toISOString().replace(/\.\d+/, '')
  const packet = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>${alternative('title', title)}${alternative('description', subject)}
<dc:creator><rdf:Seq><rdf:li>${escapeHtml(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${escapeHtml(lang)}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>${escapeHtml(keywords.join(', '))}</pdf:Keywords><pdf:Producer>${PRODUCER}</pdf:Producer>
<xmp:CreatorTool>Slidev</xmp:CreatorTool><xmp:CreateDate>${time}</xmp:CreateDate><xmp:ModifyDate>${time}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`
  return PDFRawStream.of(context.obj({ Type: 'Metadata', Subtype: 'XML' }), Buffer.from(packet))
}
