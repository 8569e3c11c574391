import { createServer, type AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-chromium'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { editions } from 'slidev-addon-deck/editions'
import { locale } from '../../talk/labels.ts'
import { findChromium, launchChromium } from 'slidev-addon-deck/browser'
import { createProject, type Running } from '../helpers/project.ts'

const READY = /shortcuts/
const CHAPTER = 'pages/zh/10-traffic.md'
/** The slide whose fence is edited, and one of its labels. */
const SLIDE = { id: 'traffic-cycle', no: 10, label: '资本追捧' }

let project: Awaited<ReturnType<typeof createProject>>
let browser: Browser
let page: Page
let running: Running | undefined
let foreign: string[]

beforeAll(async () => {
  [project, browser] = await Promise.all([createProject(), launchChromium()])
}, 60_000)
afterEach(async () => {
  await page?.close()
  running?.process.kill('SIGTERM')
  await running?.finished
})
afterAll(() => Promise.all([browser.close(), project.remove()]))

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}

/** Starts the talk and opens a slide of it. */
async function present(path: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Running> {
  const port = await freePort()
  running = project.start('start.ts', ['--port', String(port), ...args], env)
  await running.prints(READY)
  page = await browser.newPage()
  foreign = []
  page.on('request', request => !/^(data:|blob:|(http|ws):\/\/localhost:)/.test(request.url()) && foreign.push(request.url()))
  await page.goto(`http://localhost:${port}/${path}`)
  return running
}

const label = (text: string) => page.locator(`.slidev-page-${SLIDE.no} .diagram text`, { hasText: text })

it('draws an edited fence anew, names file and line of a broken one, and recovers', async () => {
  const { prints } = await present(`${SLIDE.id}?clicks=3`, [], { CHROMIUM_PATH: await findChromium() })
  await label(SLIDE.label).waitFor()
  await project.edit({ [CHAPTER]: old => old.replace(SLIDE.label, '资本热捧') })
  await label('资本热捧').waitFor()
  await project.edit({ [CHAPTER]: old => old.replace('turn --> size', 'turn -->--> size') })
  await prints(/pages\/zh\/10-traffic\.md:67 {2}broken diagram: Parse error/)
  await project.edit({ [CHAPTER]: old => old.replace('turn -->--> size', 'turn --> size').replace('资本热捧', SLIDE.label) })
  // Vite may be loading the page anew at that moment: one load then cuts the other short.
  await page.reload().catch((error: Error) => {
    if (!error.message.includes('ERR_ABORTED')) throw error
  })
  await label(SLIDE.label).waitFor()
  expect(foreign).toEqual([])
})

it('leaves an edited fence to Slidev’s Mermaid, and says so, where there is no Chromium', async () => {
  await project.edit({ [CHAPTER]: old => old.replace(SLIDE.label, '资本力捧') })
  const { prints } = await present(`${SLIDE.id}?clicks=3`)
  await prints(/No Chromium found: changed diagrams are drawn by Mermaid in the page/)
  await page.locator(`.slidev-page-${SLIDE.no} .mermaid`).getByText('资本力捧').waitFor()
  expect(foreign).toEqual([])
  await project.edit({ [CHAPTER]: old => old.replace('资本力捧', SLIDE.label) })
})

it.each(editions)('presents the $lang edition, whose switch says how to present the other', async ({ language, lang }) => {
  await present('ebb', ['--edition', language])
  await page.locator('.slidev-page-3 h1').waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe(lang)
  const other = editions.find(edition => edition.language !== language)
  if (!other) throw new Error('There is only one edition.')
  await page.locator('.language-switch button').click()
  expect(await page.locator('.language-switch [role=status]').textContent()).toBe(locale[language].notServed(other.name, other.language))
  expect(foreign).toEqual([])
})
