import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import JSZip from 'jszip'
import type { Browser } from 'playwright-chromium'
import { exportName } from 'slidev-addon-deck/project'
import { x } from 'tinyexec'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { editions, project, readEdition, source } from '../helpers/deck.ts'
import { runExport } from '../pdf/command.ts'
import { expectedPptx } from '../pptx/expected.ts'
import { shownPictures } from '../pptx/pictures.ts'
import { A, all, JUMP, P, PAGE, readPptx } from '../pptx/read.ts'
import { ensureTools } from '../setup/tools.ts'

const SETUP = 900_000
/** Part of what is painted that may have nothing of the kind near it in the other picture: LibreOffice draws curves that are attached its own way. */
const STRAY = 0.04
/** The same where a line goes around below a row: LibreOffice 7.4 makes a straight one of it. */
const STRAY_AROUND = 0.07

/** Whether a line of a slide bends beside its ends, which lie level. */
const goesAround = (slide: Document | undefined) => slide !== undefined && all(slide, P, 'cxnSp').some(connector =>
  all(connector, A, 'prstGeom')[0]?.getAttribute('prst') === 'bentConnector3' && Number(all(connector, A, 'ext').at(-1)?.getAttribute('cx')) < 20_000)

/** Calls Debian's Noto fonts by the names that the deck's have. */
const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir>${['Sans', 'Serif'].map(kind =>
  `<match target="pattern"><test name="family"><string>Noto ${kind} SC</string></test><edit name="family" mode="assign" binding="same"><string>Noto ${kind} CJK SC</string></edit></match>`).join('')}</fontconfig>`

let folder = ''
let build: BuiltDeck
let browser: Browser
beforeAll(async () => {
  await ensureTools(['soffice', 'pdftoppm', 'pdftotext', 'NotoSansCJK-Regular.ttc'])
  folder = await mkdtemp(join(tmpdir(), 'pptx-office-'))
  build = await buildDeck('plain')
  browser = await connectBrowser()
}, SETUP)
afterAll(() => Promise.all([build?.close(), browser?.close(), rm(folder, { recursive: true, force: true })]))

/** DejaVu alone: it is as wide as faces that stand in for others come. */
const NO_FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir></fontconfig>`

/** Has LibreOffice print a PPTX, with some fonts, into a folder. @returns the PDF. */
async function printed(pptx: string, fonts: string, out: string): Promise<string> {
  await mkdir(out, { recursive: true })
  const conf = join(out, 'fonts.conf')
  await writeFile(conf, fonts)
  const office = await x('soffice', [`-env:UserInstallation=${pathToFileURL(join(out, 'profile'))}`, '--headless', '--convert-to', 'pdf', '--outdir', out, pptx], { nodeOptions: { env: { ...process.env, FONTCONFIG_FILE: conf } } })
  expect(office.stderr + office.stdout).not.toMatch(/error/i)
  return join(out, basename(pptx).replace(/pptx$/, 'pdf'))
}

/** Labels of a slide's shapes that a PDF page has running out of them, and how many lines were looked at. `scale`: points of the page in an EMU. */
function runningOut(slide: Document, page: string, scale: number): { looked: number, wrong: string[] } {
  const shapes = all(slide, P, 'sp').flatMap((shape) => {
    const [off, ext] = [all(shape, A, 'off')[0], all(shape, A, 'ext')[0]]
    const text = all(shape, A, 't').map(({ textContent }) => textContent).join('').replace(/\s/g, '')
    if (!off || !ext || !text || all(shape, P, 'ph').length > 0) return []
    const [left = 0, top = 0, width = 0, height = 0] = [off.getAttribute('x'), off.getAttribute('y'), ext.getAttribute('cx'), ext.getAttribute('cy')].map(value => Number(value) * scale)
    // A text without a shape is as wide as its letters.
    return all(shape, P, 'cNvSpPr')[0]?.getAttribute('txBox') ? [] : [{ text, left, top, right: left + width, bottom: top + height }]
  })
  let looked = 0
  const wrong: string[] = []
  for (const [, left, top, right, bottom, inner = ''] of page.matchAll(/<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/line>/gs)) {
    const box = { left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) }
    const text = [...inner.matchAll(/>([^<]+)<\/word>/g)].map(([, word]) => word).join('').replace(/\s/g, '')
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
    const own = shapes.find(shape => shape.text.includes(text) && x > shape.left && x < shape.right && y > shape.top && y < shape.bottom)
    if (!own) continue
    looked++
    if (box.left < own.left - 0.5 || box.right > own.right + 0.5) wrong.push(text)
  }
  return { looked, wrong }
}

/** Labels of a PPTX that run out of their shapes where the deck's fonts are not there, by their slides. */
async function runningOutOf(pptx: string): Promise<string[]> {
  const { stdout } = await x('pdftotext', ['-bbox-layout', await printed(pptx, NO_FONTS, await mkdtemp(join(folder, 'bare-'))), '-'])
  const { slides, parts } = await readPptx(await readFile(pptx))
  const partOf = (name: string | undefined) => parts.get(name ?? '') ?? (() => { throw new Error(`${pptx} has no part ${name}.`) })()
  const size = Number(all(partOf('ppt/presentation.xml'), P, 'sldSz')[0]?.getAttribute('cx'))
  const pages = stdout.split('<page ').slice(1)
  expect(pages).toHaveLength(slides.length)
  const found = pages.map((page, i) => runningOut(partOf(slides[i]), page, Number(/width="([\d.]+)"/.exec(page)?.[1]) / size))
  expect(found.reduce((sum, { looked }) => sum + looked, 0)).toBeGreaterThan(slides.length)
  return found.flatMap(({ wrong }, i) => wrong.map(text => `slide ${i + 1}: ${text}`))
}

// Chinese characters are as wide in one face as in another.
it.each(editions.filter(({ words }) => words === 'en'))('without the fonts no label runs out of its shape in LibreOffice, $lang; larger ones would be seen', async (edition) => {
  const pptx = join(folder, exportName(project, edition, 'pptx'))
  const exported = await runExport(['--only', 'pptx', '--edition', edition.language, '--from', build.folder, '--out', folder])
  expect(exported.code, exported.output).toBe(0)
  expect(await runningOutOf(pptx)).toEqual([])

  const zip = await JSZip.loadAsync(await readFile(pptx))
  for (const name of Object.keys(zip.files).filter(each => /^ppt\/slides\/[^/]+\.xml$/.test(each))) {
    zip.file(name, (await zip.file(name)?.async('string') ?? '').replace(/ sz="(\d+)"/g, (_, points: string) => ` sz="${Math.round(Number(points) * 2)}"`))
  }
  const larger = join(folder, `larger.${edition.language}.pptx`)
  await writeFile(larger, await zip.generateAsync({ type: 'nodebuffer' }))
  expect((await runningOutOf(larger)).length).toBeGreaterThan(3)
}, SETUP)

it('looks in LibreOffice as it does in a browser: all text is there, and everything stands where it stands', async () => {
  const exported = await runExport(['--only', 'pptx', '--edition', source.language, '--from', build.folder, '--out', folder])
  expect(exported.code, exported.output).toBe(0)
  const pdf = await printed(join(folder, exportName(project, source, 'pptx')), FONTS, join(folder, 'with fonts'))

  const deck = await readEdition(source)
  const { slides } = await expectedPptx(browser, build.baseOf(source), deck, source)
  const text = join(folder, 'pages.txt')
  await x('pdftotext', ['-enc', 'UTF-8', pdf, text])
  const pages = (await readFile(text, 'utf8')).split('\f').slice(0, -1)
  expect(pages).toHaveLength(slides.length)
  /** What is written on a page, in whatever order a PDF has it. */
  const characters = (text: string) => [...text.normalize('NFKC').replace(/[\s•◦▪]/g, '')].sort().join('')
  pages.forEach((page, i) => expect(characters(page), `slide ${i + 1}`).toBe(characters((slides[i]?.text ?? '').replaceAll(PAGE, String(i + 1)).replaceAll(JUMP, ''))))

  const pictures = join(folder, 'pictures')
  await mkdir(pictures)
  await x('pdftoppm', ['-scale-to-x', '980', '-scale-to-y', '552', '-png', pdf, join(pictures, 'p')])
  const painted = await Promise.all((await readdir(pictures)).sort().map(name => readFile(join(pictures, name))))
  const strays = await shownPictures(browser, build.baseOf(source), deck.slides.length, painted)
  expect(strays).toHaveLength(slides.length)
  const pptx = await readPptx(await readFile(join(folder, exportName(project, source, 'pptx'))))
  const limits = pptx.slides.map(part => goesAround(pptx.parts.get(part)) ? STRAY_AROUND : STRAY)
  expect(limits.filter(limit => limit > STRAY).length).toBeLessThan(4)
  const bad = strays.flatMap((stray, i) => stray > (limits[i] ?? 0) ? [`slide ${i + 1}: ${(stray * 100).toFixed(1)} %`] : [])
  expect(bad).toEqual([])
})
