import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clicksOf } from 'slidev-addon-deck/clicks'
import { editions } from 'slidev-addon-deck/editions'
import { freshBuild } from 'slidev-deck-export/build'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { root } from 'slidev-addon-deck/run-slidev'
import { runExport } from './command.ts'
import { readPdf } from './read.ts'

const TIMEOUT = 90_000
const [edition] = editions
const FILE = `after-the-ebb.${edition.language}.pdf`

let folder = ''
let from = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-options-'))
  from = (await freshBuild(editions, Promise.all(editions.map(async edition => ({ edition, deck: await loadDeck(root, edition.entry) }))))).folder
}, TIMEOUT)
afterAll(() => rm(folder, { recursive: true, force: true }))

it('exports a range with a page for each click, labelled by slide and click', async () => {
  const { output, code } = await runExport(['--only', 'deck', '--edition', edition.language, '--range', '1,9-10', '--with-clicks', '--from', from, '--out', folder])
  expect(code, output).toBe(0)
  expect(output).toMatch(new RegExp(`${FILE.replaceAll('.', '\\.')}: \\d+ pages, \\d+ KB`))
  const { slides } = await loadDeck(root, edition.entry)
  const pdf = await readPdf(join(folder, FILE))
  const wanted = slides.filter(({ no }) => [1, 9, 10].includes(no))
  expect(pdf.text).toHaveLength(wanted.reduce((sum, slide) => sum + 1 + clicksOf(slide), 0))
  expect(pdf.bookmarks.flatMap(({ kids }) => kids.map(({ title }) => title))).toEqual(wanted.map(({ headline }) => headline))
  expect(pdf.links.dead).toBe(0)
  // The first picture of a slide lacks what its clicks bring.
  expect(pdf.text[1]?.length).toBeLessThan(pdf.text[2]?.length ?? 0)
  expect(await readdir(folder)).toEqual([FILE])
}, TIMEOUT)

it('exports an editable PPTX with notes', async () => {
  const { output, code } = await runExport(['--only', 'pptx', '--edition', edition.language, '--range', '1-2', '--out', folder])
  expect(code, output).toBe(0)
  // Names of a ZIP's files stand in it as they are.
  const archive = await readFile(join(folder, `after-the-ebb.${edition.language}.pptx`), 'latin1')
  const files = (pattern: RegExp) => new Set(archive.match(pattern)).size
  expect(files(/ppt\/slides\/slide\d+\.xml/g)).toBe(2)
  expect(files(/ppt\/notesSlides\/notesSlide\d+\.xml/g)).toBe(2)
}, TIMEOUT)
