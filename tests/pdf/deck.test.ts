import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFString } from 'pdf-lib'
import type { Browser } from 'playwright-chromium'
import { exportName } from 'slidev-addon-deck/project'
import { x } from 'tinyexec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck } from '../helpers/built.ts'
import { editions, project, readEdition, source } from '../helpers/deck.ts'
import { ensureTools } from '../setup/tools.ts'
import { faultsOf, type Expected } from './checks.ts'
import { runExport } from './command.ts'
import { browserTexts, expectedCard, expectedDeck, expectedHandout } from './expected.ts'
import { readPdf } from './read.ts'

const SETUP = 900_000

let folder = ''
let built = ''
let close: (() => Promise<void>) | undefined
let browser: Browser
/** What each file should be. */
const expected = new Map<string, Expected>()
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  await ensureTools(['pdffonts', 'pdfimages', 'pdfinfo', 'pdftotext', 'qpdf'])
  folder = await mkdtemp(join(tmpdir(), 'export 演示 '))
  browser = await connectBrowser()
  const build = await buildDeck('published')
  built = build.folder
  close = build.close
  for (const args of [['--only', 'deck'], ['--dark'], ['--only', 'handout'], ['--only', 'card']]) {
    const { code, output } = await runExport(['--from', build.folder, '--out', folder, ...args])
    if (code !== 0) throw new Error(output)
  }
  for (const edition of editions) {
    const deck = await readEdition(edition)
    const texts = await browserTexts(browser, build.baseOf(edition), deck)
    expected.set(exportName(project, edition, 'pdf'), expectedDeck(deck, edition, texts))
    expected.set(exportName(project, edition, 'dark.pdf'), expectedDeck(deck, edition, texts))
    expected.set(exportName(project, edition, 'handout.pdf'), expectedHandout(deck, edition, texts))
    expected.set(exportName(project, edition, 'card.pdf'), expectedCard(deck, edition))
  }
}, SETUP)
afterAll(async () => {
  await close?.()
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

const files = editions.flatMap(edition => ['pdf', 'dark.pdf', 'handout.pdf'].map(kind => exportName(project, edition, kind)))
const GOOD = exportName(project, source, 'pdf')
const CARD = exportName(project, source, 'card.pdf')

describe.each(files)('%s', (name) => {
  it('passes every check', async () => {
    const wanted = expected.get(name)
    if (!wanted) throw new Error(`Nothing is known of ${name}.`)
    expect(wanted.pictures.length).toBeGreaterThan(10)
    expect(wanted.pages.length).toBeGreaterThan(wanted.pictures.length)
    const faults = faultsOf(await readPdf(at(name)), wanted)
    expect(faults, JSON.stringify(faults, null, 2)).toEqual({})
  })
})

it.each(editions.map(edition => exportName(project, edition, 'card.pdf')))('%s passes every check, on one page of A4', async (name) => {
  const [wanted, pdf] = [expected.get(name), await readPdf(at(name))]
  if (!wanted) throw new Error(`Nothing is known of ${name}.`)
  expect(wanted.headings['H2']).toBeGreaterThan(1)
  const faults = faultsOf(pdf, wanted)
  expect(faults, JSON.stringify(faults, null, 2)).toEqual({})
  expect(pdf.info['Page size']).toMatch(/\(A4\)$/)
})

it('reads the same when exported again', async () => {
  const again = join(folder, 'again')
  await runExport(['--from', built, '--out', again, '--only', 'deck', '--edition', source.language])
  const [first, second] = await Promise.all([readPdf(at(GOOD)), readPdf(join(again, GOOD))])
  // Sizes differ by a few bytes: Chromium's own compression does.
  const text = (pdf: typeof first) => ({ ...pdf, bytes: 0, info: { ...pdf.info, 'File size': '' } })
  expect(text(second)).toEqual(text(first))
})

describe('a bad PDF is caught', () => {
  /** The checks that a changed copy of a file fails. */
  async function failed(change: (document: PDFDocument) => void | Promise<void>, name = GOOD): Promise<string[]> {
    const document = await PDFDocument.load(await readFile(at(name)), { updateMetadata: false })
    await change(document)
    return failedFile(await document.save(), name)
  }
  async function failedFile(bytes: Uint8Array, name = GOOD): Promise<string[]> {
    const file = at('bad.pdf')
    await writeFile(file, bytes)
    const wanted = expected.get(name)
    if (!wanted) throw new Error(`Nothing is known of ${name}.`)
    return Object.keys(faultsOf(await readPdf(file), wanted))
  }
  const elements = (document: PDFDocument, type: string) => document.context.enumerateIndirectObjects()
    .map(([, object]) => object).filter((object): object is PDFDict => object instanceof PDFDict && object.get(PDFName.of('S')) === PDFName.of(type))

  it.each([GOOD, CARD])('but an unchanged copy of %s is not', async (name) => {
    expect(await failed(() => undefined, name)).toEqual([])
  })

  it.each<[string, string, (document: PDFDocument) => void | Promise<void>]>([
    ['a page missing', 'pages', document => document.removePage(3)],
    ['a page missing', 'text', document => document.removePage(3)],
    ['pages swapped', 'text', (document) => {
      const [page] = document.getPages().slice(5, 6)
      document.removePage(5)
      if (page) document.insertPage(8, page)
    }],
    ['no tags', 'tagged', (document) => {
      document.catalog.delete(PDFName.of('MarkInfo'))
      document.catalog.delete(PDFName.of('StructTreeRoot'))
    }],
    ['no page labels', 'pages', document => document.catalog.delete(PDFName.of('PageLabels'))],
    ['a bookmark renamed', 'bookmarks', (document) => {
      const first = document.catalog.lookup(PDFName.of('Outlines'), PDFDict).lookup(PDFName.of('First'), PDFDict)
      first.lookup(PDFName.of('First'), PDFDict).set(PDFName.of('Title'), PDFString.of('x'))
    }],
    ['no bookmarks', 'bookmarks', document => document.catalog.delete(PDFName.of('Outlines'))],
    ['a picture without a description', 'pictures', document => elements(document, 'Figure')[2]?.delete(PDFName.of('Alt'))],
    ['a headline that is none', 'headings', document => elements(document, 'H2')[4]?.set(PDFName.of('S'), PDFName.of('P'))],
    ['a head cell of nothing', 'tables', document => elements(document, 'TH')[0]?.delete(PDFName.of('A'))],
    ['links cut', 'links', document => document.catalog.set(PDFName.of('Dests'), document.context.obj({}))],
  ])('%s (%s)', async (_, check, change) => {
    expect(await failed(change)).toContain(check)
  })

  it.each<[string, string, (document: PDFDocument) => void | Promise<void>]>([
    ['a page more', 'pages', document => void document.addPage()],
    ['no tags', 'tagged', document => document.catalog.delete(PDFName.of('StructTreeRoot'))],
    ['another language', 'about', document => document.setLanguage('fr')],
    ['another title', 'about', document => document.setTitle('x')],
    ['the file name shown', 'about', document => document.catalog.delete(PDFName.of('ViewerPreferences'))],
    ['content without a tag', 'tagged', (document) => {
      const page = document.getPage(0)
      page.node.set(PDFName.of('Contents'), PDFArray.withContext(document.context))
      page.drawRectangle({ x: 10, y: 10, width: 10, height: 10 })
    }],
    ['a picture of pixels', 'vectors', async (document) => {
      const dot = await document.embedPng('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
      document.getPage(0).drawImage(dot, { x: 1, y: 1, width: 9, height: 9 })
    }],
    ['too many bytes', 'size', document => void document.attach(Buffer.from(Array.from({ length: 2_500_000 }, () => Math.floor(Math.random() * 256))), 'ballast')],
    ['a question that is no headline', 'headings', document => elements(document, 'H2')[0]?.set(PDFName.of('S'), PDFName.of('P'))],
    ['an end that is no item', 'lists', document => elements(document, 'LI')[0]?.set(PDFName.of('S'), PDFName.of('P'))],
  ])('in the card, %s (%s)', async (_, check, change) => {
    expect(await failed(change, CARD)).toContain(check)
  })

  it('a page set in a font of this machine', async () => {
    const page = await browser.newPage()
    await page.setContent('<p style="font-family: sans-serif">网络 traffic</p>')
    expect(await failedFile(await page.pdf({ tagged: true }))).toContain('fonts')
    expect(await failedFile(await page.pdf({ tagged: false }))).toContain('tagged')
    await page.close()
  })

  it('a broken file', async () => {
    const good = await readFile(at(GOOD))
    await writeFile(at('bad.pdf'), good.subarray(0, good.length - 4000))
    expect((await x('qpdf', ['--check', at('bad.pdf')])).exitCode).not.toBe(0)
  })
})
