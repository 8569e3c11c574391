import { getRandomPort } from 'get-port-please'
import type { Browser, Page } from 'playwright-chromium'
import { findChromium } from 'slidev-addon-deck/browser'
import { afterAll, afterEach, beforeAll, expect, it, onTestFailed } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { editions, readEdition, slideThat, source } from '../helpers/deck.ts'
import { position } from '../helpers/in-window.ts'
import { createProject, type Running } from '../helpers/project.ts'
import { fencesOf, labelsOf } from '../rendered/labels.ts'
import { lastClick } from '../rendered/session.ts'

const READY = /shortcuts/
const TIMEOUT = 300_000
const PATIENCE = 120_000

const { slides } = await readEdition(source)
/** The slide whose first fence, a state of a moving picture, is edited, one of its labels, and an arrow of it. */
const slide = slideThat(slides.slice(1), each => fencesOf(each)[0]?.fence.state !== undefined)
const [drawn] = fencesOf(slide).map(({ fence }) => fence)
/** A slide with one diagram that does not move. */
const still = slideThat(slides, each => fencesOf(each).length === 1)
const [undrawn] = fencesOf(still).map(({ fence }) => fence)
const labelIn = ({ content }: typeof slide, fence: typeof drawn) => fence && labelsOf(fence, []).find(({ text }) => content.includes(`"${text}"`))?.text
const [label, stillLabel] = [labelIn(slide, drawn), labelIn(still, undrawn)]
if (!drawn || !undrawn || !label || !stillLabel) throw new Error('The diagrams have no labels.')
const brokenLine = drawn.line + 1 + drawn.code.split('\n').findIndex(line => line.includes('-->'))

let project: Awaited<ReturnType<typeof createProject>>
let browser: Browser
let page: Page
let running: Running | undefined
let foreign: string[]

beforeAll(async () => {
  [project, browser] = await Promise.all([createProject(), connectBrowser()])
}, 180_000)
afterEach(async () => {
  await page?.close()
  running?.process.kill('SIGTERM')
  await running?.finished
})
afterAll(() => Promise.all([browser.close(), project.remove()]))

/** Starts the talk and opens a slide of it. */
async function present(path: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Running> {
  const port = await getRandomPort('127.0.0.1')
  running = project.start('start', ['--port', String(port), ...args], env)
  await running.prints(READY, PATIENCE)
  page = await browser.newPage()
  // The first page after a start waits for Vite to bundle what it imports.
  page.setDefaultTimeout(PATIENCE)
  foreign = []
  const told: string[] = []
  const waiting = new Set<string>()
  page.on('console', message => told.push(message.text()))
  page.on('pageerror', error => told.push(error.message))
  page.on('request', request => waiting.add(request.url()))
  page.on('requestfinished', request => waiting.delete(request.url()))
  page.on('requestfailed', (request) => {
    waiting.delete(request.url())
    told.push(`${request.url()} failed: ${request.failure()?.errorText}`)
  })
  const tellAll = () => console.log([page.url(), ...told, ...[...waiting].map(url => `${url} was not answered`)].join('\n'))
  onTestFailed(tellAll)
  page.on('request', request => !/^(data:|blob:|(http|ws):\/\/localhost:)/.test(request.url()) && foreign.push(request.url()))
  await page.goto(`http://localhost:${port}/${path}`)
  // Twice on a busy machine no slide came, cause unknown: whoever presents loads the page again. What it waited for is told.
  const headline = page.locator('#slideshow h1:visible').first()
  await headline.waitFor({ timeout: PATIENCE / 2 }).catch(async () => {
    tellAll()
    await page.reload()
    await headline.waitFor()
  })
  return running
}

const shown = (text: string) => page.locator(`.slidev-page-${slide.no} .states > .diagram:not([data-away]) text`, { hasText: text }).first()
const OTHER = '换了字'
/** Exchanges the first of some words from a line on. */
const edit = (from: string, to: string, { file, line } = { file: slide.file, line: drawn.line }) => project.edit({
  [file]: old => [...old.split('\n').slice(0, line), old.split('\n').slice(line).join('\n').replace(from, to)].join('\n'),
})

it('draws an edited fence anew, names file and line of a broken one, and recovers', async () => {
  const { prints, process, finished } = await present(slide.id, [], { CHROMIUM_PATH: await findChromium() })
  await shown(label).waitFor()
  await edit(`"${label}"`, `"${OTHER}"`)
  await shown(OTHER).waitFor()
  await project.edit({ [slide.file]: old => old.split('\n').map((line, i) => i === brokenLine - 1 ? line.replace('-->', '-->-->') : line).join('\n') })
  await prints(new RegExp(`${slide.file}:${brokenLine} {2}diagram-broken {2}Mermaid can't read`), PATIENCE)
  await edit('-->-->', '-->')
  await edit(`"${OTHER}"`, `"${label}"`)
  // Vite may be loading the page anew at that moment: one load then cuts the other short.
  await page.reload().catch((error: Error) => {
    if (!error.message.includes('ERR_ABORTED')) throw error
  })
  await shown(label).waitFor()
  expect(foreign).toEqual([])
  // One line says it all.
  process.kill('SIGTERM')
  expect((await finished).output).not.toMatch(/^\s+at |Expecting '|\.\.\.\^/m)
}, TIMEOUT)

it('leaves an edited fence to Slidev’s Mermaid, and says so, where there is no Chromium', async () => {
  const place = { file: still.file, line: undrawn.line }
  await edit(`"${stillLabel}"`, `"${OTHER}"`, place)
  const { prints } = await present(`${still.id}?clicks=${lastClick(still)}`)
  await prints(new RegExp(`${still.file}:${undrawn.line} {2}diagram-in-page {2}Slidev's own Mermaid draws this diagram`), PATIENCE)
  await page.locator(`.slidev-page-${still.no} .mermaid`).getByText(OTHER).waitFor({ timeout: 240_000 })
  expect(foreign).toEqual([])
  await edit(`"${OTHER}"`, `"${stillLabel}"`, place)
}, TIMEOUT)

it.each(editions)('presents the $lang edition, and the other where the switch leads, both in step', async (edition) => {
  await present(`${slide.id}?clicks=1`, ['--edition', edition.language])
  await page.locator(`.slidev-page-${slide.no} h1`).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe(edition.lang)
  const other = editions.find(({ language }) => language !== edition.language)
  if (!other) throw new Error('There is only one edition.')
  const own = new URL(page.url()).origin
  await expect.poll(async () => {
    if (new URL(page.url()).origin === own) await page.locator('.language-switch button').click().catch(() => undefined)
    return await page.locator('html').getAttribute('lang').catch(() => '')
  }, { timeout: PATIENCE, interval: 2000 }).toBe(other.lang)
  await page.locator(`.slidev-page-${slide.no} h1:visible`).waitFor()
  expect(new URL(page.url()).origin).not.toBe(own)
  await expect.poll(() => page.evaluate(position)).toBe(`${slide.no}.1`)

  // The presenter in the one, the audience in the other.
  const presenter = await browser.newPage()
  await presenter.goto(`${own}/presenter/${slide.no}`, { timeout: PATIENCE })
  await presenter.locator('.slidev-presenter .slidev-layout h1:visible').first().waitFor()
  await presenter.keyboard.press('ArrowDown')
  await expect.poll(() => page.evaluate(position)).toBe(`${slide.no + 1}.0`)
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => presenter.evaluate(position)).toBe(`${slide.no}.0`)
  await presenter.keyboard.press('b')
  await page.locator('.stage-curtain.black').waitFor()
  await presenter.close()
  expect(foreign).toEqual([])
}, TIMEOUT)
