import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-chromium'
import { exportName } from 'slidev-addon-deck/project'
import { x } from 'tinyexec'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { project, readEdition, source } from '../helpers/deck.ts'
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

it('looks in LibreOffice as it does in a browser: all text is there, and everything stands where it stands', async () => {
  const exported = await runExport(['--only', 'pptx', '--edition', source.language, '--from', build.folder, '--out', folder])
  expect(exported.code, exported.output).toBe(0)
  const fonts = join(folder, 'fonts.conf')
  await writeFile(fonts, FONTS)
  const office = await x('soffice', [`-env:UserInstallation=${pathToFileURL(join(folder, 'profile'))}`, '--headless', '--convert-to', 'pdf', '--outdir', folder, join(folder, exportName(project, source, 'pptx'))], { nodeOptions: { env: { ...process.env, FONTCONFIG_FILE: fonts } } })
  expect(office.stderr + office.stdout).not.toMatch(/error/i)
  const pdf = join(folder, exportName(project, source, 'pdf'))

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
