import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFRawStream, PDFRef, PDFString, type PDFObject } from 'pdf-lib'
import type { Browser } from 'playwright-chromium'
import { launchChromium } from 'slidev-addon-deck/browser'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { finishPdf, type Finish } from './finish.ts'

const name = (text: string) => PDFName.of(text)
const DOT = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const finish: Finish = {
  about: { title: 'T & <T>', author: 'A', subject: '', keywords: ['k'], lang: 'en' },
  pages: [{ label: 1, name: 'Slide 1' }, { label: 2, name: 'Slide 2' }],
  bookmarks: [{ title: '一', page: 0, kids: [{ title: 'a', page: 0, kids: [] }, { title: 'b', page: 1, kids: [] }] }, { title: '二', page: 1, kids: [] }],
  titled: true,
  date: new Date(0),
  fonts: undefined,
}

let browser: Browser
let printed: Buffer
beforeAll(async () => {
  browser = await launchChromium()
  const page = await browser.newPage()
  await page.setContent(`<html lang="en"><body><h1>Title</h1>
    <div style="opacity: 0.5"><p>Faded</p><div style="opacity: 0.5"><p>more</p></div></div>
    <p style="break-after: page"><img alt="A dot" width="40" src="${DOT}"></p>
    <h1 style="background: linear-gradient(red, blue); background-clip: text; -webkit-text-fill-color: transparent">Painted</h1></body></html>`)
  printed = await page.pdf({ tagged: true, printBackground: true })
}, 60_000)
afterAll(() => browser?.close())

/** The structure below an element, each piece of content as its element's place in the parent tree says it. */
function structure(document: PDFDocument): unknown {
  const { context, catalog } = document
  const root = catalog.lookup(name('StructTreeRoot'), PDFDict)
  const numbers = root.lookup(name('ParentTree'), PDFDict).lookup(name('Nums'), PDFArray).asArray()
  const parents = new Map(numbers.flatMap((key, i) => key instanceof PDFNumber ? [[key.asNumber(), context.lookup(numbers[i + 1])] as const] : []))
  const read = (ref: PDFObject): unknown => {
    const element = context.lookup(ref, PDFDict)
    return [element.lookup(name('S'), PDFName).decodeText(), ...element.lookup(name('K'), PDFArray).asArray().map((kid) => {
      const inner = context.lookup(kid, PDFDict)
      if (inner.get(name('Type')) !== name('MCR')) return read(kid)
      const form = context.lookup(inner.get(name('Stm')))
      const holder = form instanceof PDFRawStream ? form.dict : inner.lookup(name('Pg'), PDFDict)
      const owners = parents.get(holder.lookup(name('StructParents'), PDFNumber).asNumber())
      const owner = owners instanceof PDFArray ? owners.get(inner.lookup(name('MCID'), PDFNumber).asNumber()) : undefined
      return owner !== ref ? 'another’s' : form ? 'in a form' : 'on the page'
    })]
  }
  return read(root.lookup(name('K'), PDFArray).get(0))
}

it('tags what is painted as one, and pictures', async () => {
  const document = await PDFDocument.load(await finishPdf(printed, finish), { updateMetadata: false })
  expect(structure(document)).toEqual(['Document',
    ['Sect', ['H1', 'on the page'], ['P', 'in a form'], ['P', 'in a form'], ['P', ['Figure', 'on the page']]],
    ['Sect', ['H2', 'on the page']],
  ])
  expect(document.getTitle()).toBe('T & <T>')
  expect(document.catalog.lookup(name('Lang'), PDFString).decodeText()).toBe('en')
})

it('nests bookmarks', async () => {
  const document = await PDFDocument.load(await finishPdf(printed, finish), { updateMetadata: false })
  const read = (parent: PDFDict): unknown[] => {
    const found: unknown[] = []
    for (let at = parent.get(name('First')); at instanceof PDFRef; at = document.context.lookup(at, PDFDict).get(name('Next'))) {
      const entry = document.context.lookup(at, PDFDict)
      const page = entry.lookup(name('Dest'), PDFArray).get(0)
      found.push([document.getPages().findIndex(({ ref }) => ref === page), ...read(entry)])
      if (entry.get(name('Next')) === undefined) expect(parent.get(name('Last'))).toBe(at)
    }
    return found
  }
  const outlines = document.catalog.lookup(name('Outlines'), PDFDict)
  expect(read(outlines)).toEqual([[0, [0], [1]], [1]])
  expect(outlines.lookup(name('Count'), PDFNumber).asNumber()).toBe(4)
})

it('refuses fonts that are not the deck’s own, where it has some, and pages that are missing', async () => {
  await expect(finishPdf(printed, { ...finish, fonts: ['noto-sans-sc'] })).rejects.toThrow(/Slide 1 is set in .*, a font of this machine/)
  await expect(finishPdf(printed, { ...finish, pages: [] })).rejects.toThrow('The PDF has 2 pages where 0 were to be printed.')
})
