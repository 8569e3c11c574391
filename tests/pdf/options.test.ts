import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportName } from 'slidev-addon-deck/project'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { project, readEdition, slideThat, source } from '../helpers/deck.ts'
import { lastClick } from '../rendered/session.ts'
import { runExport } from './command.ts'
import { readPdf } from './read.ts'

const TIMEOUT = 400_000
const FILE = exportName(project, source, 'pdf')

let folder = ''
let build: BuiltDeck
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-options-'))
  build = await buildDeck('published')
}, TIMEOUT)
afterAll(() => Promise.all([build?.close(), rm(folder, { recursive: true, force: true })]))

it('exports a range with a page for each click, labelled by slide and click', async () => {
  const { slides } = await readEdition(source)
  const [cover, drawn] = [slides[0], slideThat(slides.slice(1, -1), ({ content }) => /```mermaid[^]*step1/.test(content))]
  const { output, code } = await runExport(['--only', 'deck', '--edition', source.language, '--range', `1,${drawn.no}-${drawn.no + 1}`, '--with-clicks', '--from', build.folder, '--out', folder])
  expect(code, output).toBe(0)
  expect(output).toMatch(new RegExp(`${FILE.replaceAll('.', '\\.')}: \\d+ pages, \\d+ KB`))
  const pdf = await readPdf(join(folder, FILE))
  const wanted = slides.filter(({ no }) => [1, drawn.no, drawn.no + 1].includes(no))
  expect(pdf.text).toHaveLength(wanted.reduce((sum, slide) => sum + 1 + lastClick(slide), 0))
  expect(pdf.bookmarks.flatMap(({ kids }) => kids.map(({ title }) => title))).toEqual(wanted.map(({ headline }) => headline))
  expect(pdf.links.dead).toBe(0)
  // The first picture of a slide lacks what its clicks bring.
  const first = 1 + (cover ? lastClick(cover) : 0)
  expect(pdf.text[first]?.length).toBeLessThan(pdf.text[first + 1]?.length ?? 0)
  expect(await readdir(folder)).toEqual([FILE])
}, TIMEOUT)
