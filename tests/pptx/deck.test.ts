import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JSZip from 'jszip'
import { exportName } from 'slidev-addon-deck/project'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { project, readEdition, source } from '../helpers/deck.ts'
import { runExport } from '../pdf/command.ts'
import { faultsOf, type Expected } from './checks.ts'
import { expectedPptx } from './expected.ts'
import { readPptx, textOf } from './read.ts'

const SETUP = 900_000
const FILE = exportName(project, source, 'pptx')

let folder = ''
let build: BuiltDeck
let bytes: Uint8Array
let expected: Expected

async function exported(out: string): Promise<Uint8Array> {
  const { code, output } = await runExport(['--only', 'pptx', '--edition', source.language, '--from', build.folder, '--out', out])
  if (code !== 0) throw new Error(output)
  // The talk has nothing that has no native form.
  expect(output).not.toContain('Pictures in')
  return readFile(join(out, FILE))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-pptx-'))
  build = await buildDeck('withNotes')
  bytes = await exported(folder)
  const browser = await connectBrowser()
  expected = await expectedPptx(browser, build.baseOf(source), await readEdition(source), source)
  await browser.close()
}, SETUP)
afterAll(() => Promise.all([build?.close(), rm(folder, { recursive: true, force: true })]))

it('passes every check', async () => {
  expect(expected.slides.filter(({ drawing }) => drawing).length).toBeGreaterThan(20)
  expect(expected.slides.filter(({ moves }) => moves).length).toBeGreaterThan(10)
  // The matrix: its states, then the table that print has in their place.
  expect(expected.slides.filter(({ layout, tables }) => layout === 'comparison' && tables.length > 0)).toHaveLength(1)
  expect(expected.links).toBeGreaterThan(100)
  const faults = faultsOf(await readPptx(bytes), expected)
  expect(faults, JSON.stringify(faults, null, 2)).toEqual({})
})

it('says where each paragraph of the essay went', async () => {
  const pptx = await readPptx(bytes)
  const text = textOf(pptx, pptx.slides.at(-1) ?? '')
  const { paragraphs = [] } = project.config.sources ?? {}
  expect(paragraphs).toHaveLength(36)
  for (const paragraph of paragraphs) expect(text).toContain(paragraph)
})

it('is the same, byte for byte, when exported again', async () => {
  expect(Buffer.compare(await exported(join(folder, 'again')), bytes)).toBe(0)
})

describe('a bad PPTX is caught', () => {
  /** The checks that a changed copy fails. */
  async function failed(change: (zip: JSZip) => Promise<unknown> | undefined): Promise<string[]> {
    const zip = await JSZip.loadAsync(bytes)
    await change(zip)
    return Object.keys(faultsOf(await readPptx(await zip.generateAsync({ type: 'uint8array' })), expected))
  }
  /** Changes the text of a part; the first that the pattern is in, where no name is given. */
  const edit = (name: RegExp, find: RegExp, put: string) => async (zip: JSZip) => {
    for (const path of Object.keys(zip.files).filter(each => name.test(each)).sort()) {
      const text = await zip.file(path)?.async('string') ?? ''
      if (find.test(text)) return zip.file(path, text.replace(find, put))
    }
    throw new Error(`Nothing is like ${find}.`)
  }

  it('but an unchanged copy is not', async () => {
    expect(await failed(() => undefined)).toEqual([])
  })

  const SLIDE = /^ppt\/slides\/slide\d+\.xml$/
  it.each<[string, string, (zip: JSZip) => Promise<unknown> | undefined]>([
    ['a part missing', 'relationships', async zip => zip.remove('ppt/slides/slide3.xml')],
    ['a part missing', 'types', async zip => zip.remove('ppt/slides/slide3.xml')],
    ['an id that leads nowhere', 'relationships', edit(SLIDE, /r:id="rId\d+"/, 'r:id="rId999"')],
    ['a number given twice', 'ids', edit(SLIDE, /<p:cNvPr id="3"/, '<p:cNvPr id="2"')],
    ['a title that is a text box', 'titles', edit(SLIDE, /<p:ph type="title"\/>/, '')],
    ['a word missing', 'text', edit(SLIDE, /<a:t>[^<]{4,}<\/a:t>/, '<a:t></a:t>')],
    ['texts in another order', 'text', edit(SLIDE, /<a:t>([^<]{2,})<\/a:t>([^]*?)<a:t>([^<]{2,})<\/a:t>/, '<a:t>$3</a:t>$2<a:t>$1</a:t>')],
    ['a connector attached to one shape', 'drawings', edit(SLIDE, /<a:endCxn [^>]*\/>/, '')],
    ['a connector attached elsewhere', 'connectors', edit(SLIDE, /(<a:endCxn id="\d+" idx=)"\d"/, '$1"7"')],
    ['a shape missing', 'drawings', edit(SLIDE, /<p:sp><p:nvSpPr><p:cNvPr id="\d+" name="!!industry"[^]*?<\/p:sp>/, '')],
    ['a table of fewer rows', 'tables', edit(SLIDE, /<a:tr [^>]*>[^]*?<\/a:tr>/, '')],
    ['a state that does not move', 'morph', edit(SLIDE, /<p159:morph [^>]*\/>/, '')],
    ['a text of no language', 'languages', edit(SLIDE, /<a:rPr lang="[^"]*"/, '<a:rPr')],
    ['a picture of which nothing is said', 'alternatives', edit(SLIDE, / descr="[^"]*"/, '')],
    ['another title', 'about', edit(/core\.xml/, /<dc:title>[^<]*/, '<dc:title>x')],
    ['a chapter renamed', 'sections', edit(/presentation\.xml/, /p14:section name="[^"]*"/, 'p14:section name="x"')],
    ['notes without a click', 'notes', edit(/notesSlide\d+\.xml/, /\[click\]/, '')],
    ['a link cut', 'links', edit(SLIDE, /<a:hlinkClick [^>]*\/>/, '')],
    ['too many bytes', 'size', async zip => zip.file('ppt/media/ballast.png', Buffer.from(Array.from({ length: 2_500_000 }, () => Math.floor(Math.random() * 256))))],
  ])('%s (%s)', async (_, check, change) => {
    expect(await failed(change)).toContain(check)
  })
})
