import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { editions, type Edition } from 'slidev-addon-deck/editions'
import { exportName } from 'slidev-addon-deck/export-name'
import { notFoundLabels } from 'slidev-addon-site/not-found-labels'
import { launchChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { editionBase } from 'slidev-addon-site/head'
import { buildDeck, root, type BuiltDeck } from '../rendered/built.ts'
import { lastClick, Session } from '../rendered/session.ts'
import { createHost, untilKept, type Host } from './deployment.ts'

const LIMIT = 3_000_000
const TIMEOUT = 240_000
/** A text of the cover that no clause is cut out of. */
const AUTHOR = '退潮之后项目组'
const [source] = editions

interface Entry {
  url: string
  revision: string | null
}

/** What an edition's worker keeps, as it stands in its script. */
async function entriesOf(folder: string): Promise<Entry[]> {
  const list = /\(\[\{"(?:integrity|revision)":.*?\}\]\)/s.exec(await readFile(join(folder, 'sw.js'), 'utf8'))?.[0]
  if (!list) throw new Error('The worker lists nothing.')
  return JSON.parse(list.slice(1, -1)) as Entry[]
}

/** What is wrong with what a worker keeps. */
async function faultsOf(folder: string, entries: readonly Entry[]): Promise<string[]> {
  const fileOf = (url: string) => join(folder, url.endsWith('/') ? `${url}index.html` : url)
  const sizes = await Promise.all(entries.map(({ url }) => stat(fileOf(url)).then(({ size }) => size, () => 0)))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return [
    ...entries.filter(({ url }) => !existsSync(fileOf(url))).map(({ url }) => `${url} is not there`),
    ...entries.filter(({ url }) => /(?:^|\/)first-|^(?:print|en|\d+)\/|\.txt$/.test(url)).map(({ url }) => `${url} is kept`),
    ...entries.filter(({ url, revision }) => !revision && !url.startsWith('assets/')).map(({ url }) => `${url} has no revision`),
    ...total < LIMIT ? [] : [`${total} bytes are kept`],
  ]
}

let browser: Browser
const slidesOf = new Map<Edition, DeckSlide[]>()
beforeAll(async () => {
  browser = await launchChromium()
  for (const edition of editions) slidesOf.set(edition, (await loadDeck(root, edition.entry)).slides)
})
afterAll(() => browser?.close())

describe.each([['/', []], ['/talk/', ['--with-pdf']]])('a deck at %s, built with %j', (base, options) => {
  let built: BuiltDeck
  beforeAll(async () => {
    built = await buildDeck(base, options)
  })
  afterAll(() => built?.close())

  const onHost = async (use: (host: Host) => Promise<void>) => {
    const host = await createHost(built.folder, base, slidesOf.get(source) ?? [])
    try {
      await use(host)
    }
    finally {
      await host.remove()
    }
  }

  it.each(editions)('$lang keeps files that are there, every slide among them, of less than 3 MB', async (edition) => {
    const folder = join(built.folder, edition.folder)
    const entries = await entriesOf(folder)
    expect(await faultsOf(folder, entries)).toEqual([])
    const urls = entries.map(({ url }) => url)
    expect(urls).toEqual(expect.arrayContaining(['./', 'manifest.webmanifest', 'favicon.svg', ...slidesOf.get(edition)?.map(({ id }) => `${id}/`) ?? []]))
    expect(urls.includes(exportName(edition.language, 'pdf'))).toBe(options.includes('--with-pdf'))
    expect(urls.includes('read/')).toBe(existsSync(join(folder, 'read')))
    for (const ending of ['js', 'css', 'woff2']) expect(urls.filter(url => url.endsWith(`.${ending}`)), ending).not.toEqual([])
  })

  it('files that are missing, not to be kept, without a revision, or too large are seen', async () => {
    const entries = await entriesOf(built.folder)
    const wrong = ['nowhere/', 'en/', '5/', '5/first-body.woff2'].map(url => ({ url, revision: 'x' }))
    expect(await faultsOf(built.folder, [...wrong, { url: 'robots.txt', revision: null }])).toEqual(['nowhere/ is not there', 'en/ is kept', '5/ is kept', '5/first-body.woff2 is kept', 'robots.txt is kept', 'robots.txt has no revision'])
    expect(await faultsOf(built.folder, [entries, entries, entries].flat())).toEqual([expect.stringMatching(/^\d+ bytes are kept$/)])
  })

  it.each(editions)('$lang opens whole after one visit, with the server gone', edition => onHost(async (host) => {
    const address = host.origin + editionBase(base, edition)
    const session = await Session.open(browser, address)
    const { page } = session
    await session.load('')
    await untilKept(page)
    // With the server there, its answers come through: folders' addresses get their slash, unknown ones its own page.
    expect([(await page.goto(`${address}ebb?clicks=1`))?.status(), page.url()]).toEqual([200, `${address}ebb/?clicks=1`])
    expect((await page.goto(`${address}%zz`))?.status()).toBeGreaterThanOrEqual(400)
    await host.close()

    const wrong: string[] = []
    for (const slide of slidesOf.get(edition) ?? []) {
      // The app, with all clicks made.
      const click = lastClick(slide)
      await session.load(`${slide.id}/${click ? `?clicks=${click}` : ''}`)
      const missing = await session.arrive(slide.no, click)
      if (missing) wrong.push(`${slide.id}: ${missing}`)
      // The page by itself: by the slide's number and every way to write its address.
      const ways = slide.no === 5 ? [String(slide.no), `${slide.no}/index.html`, slide.id, `${slide.id}/index.html`, `${slide.id}/?clicks=1&any`, `${slide.no}?clicks=1`] : []
      for (const path of [`${slide.no}/`, ...ways]) {
        const response = await page.goto(address + path, { waitUntil: 'commit' })
        const shown = /<article data-path="([^"]*)"/.exec(await response?.text() ?? '')?.[1]
        if (response?.status() !== 200 || !response.fromServiceWorker() || shown !== `${editionBase(base, edition)}${slide.id}/`) wrong.push(`${path}: ${response?.status()} ${shown}`)
      }
    }
    expect(wrong).toEqual([])

    const others = ['', 'index.html', '?clicks=0', ...existsSync(join(host.folder, edition.folder, 'read')) ? ['read/', 'read', 'read/?x#y'] : []]
    for (const path of others) expect((await page.goto(address + path))?.status(), path).toBe(200)

    const { title } = notFoundLabels[edition.language]
    for (const path of ['nowhere/', 'nowhere/deep/in', '99/', encodeURI('没有'), '%zz', 'print/']) {
      const response = await page.goto(address + path)
      expect(response?.status(), path).toBe(404)
      expect(await page.locator('h1').first().textContent()).toBe(title)
      // Its styles and fonts are kept as well.
      const faces = await page.evaluate(async () => [...await document.fonts.ready].map(({ status }) => status))
      expect(faces.length).toBeGreaterThan(1)
      expect(faces.filter(status => status !== 'loaded')).toEqual([])
    }

    if (options.includes('--with-pdf')) {
      const name = exportName(edition.language, 'pdf')
      await page.goto(address)
      const read = await page.evaluate(async url => [...new Uint8Array(await (await fetch(url)).arrayBuffer())], address + name)
      expect(Buffer.from(read).equals(await readFile(join(host.folder, edition.folder, name)))).toBe(true)
      const response = await page.goto(address + name)
      expect([response?.status(), response?.headers()['content-type']]).toEqual([200, 'application/pdf'])
    }
    await session.close()
  }), TIMEOUT)

  /** What becomes of a page of another edition that was never visited, with the server gone. */
  const openUnvisited = async (host: Host) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(host.origin + base)
    await untilKept(page)
    await host.close()
    const answer = await page.goto(`${host.origin}${base}en/ebb/`).then(response => String(response?.status()), (error: Error) => error.message)
    await context.close()
    return answer
  }

  it('the source edition’s worker does not answer for another edition', () => onHost(async (host) => {
    expect(await openUnvisited(host)).toContain('net::ERR_CONNECTION_REFUSED')
  }), TIMEOUT)

  it('a worker that did would be seen', () => onHost(async (host) => {
    const script = await readFile(join(host.folder, 'sw.js'), 'utf8')
    expect(script.split('[`en`]')).toHaveLength(2)
    await writeFile(join(host.folder, 'sw.js'), script.replace('[`en`]', '[]'))
    expect(await openUnvisited(host)).toBe('404')
  }), TIMEOUT)

  it('a new build shows on the next visit, whole, and is then the one that is kept', () => onHost(async (host) => {
    const context = await browser.newContext()
    const [old, page] = [await context.newPage(), await context.newPage()]
    const address = host.origin + base
    const author = () => page.locator('#slideshow .author').textContent()
    const oldFiles = (await entriesOf(host.folder)).map(({ url }) => url).filter(url => url.startsWith('assets/'))
    await old.goto(address)
    await untilKept(old)

    for (const [deployment, name] of ['甲', '乙'].entries()) {
      await host.deployLater(deployment ? '甲' : AUTHOR, name)
      const asked: string[] = []
      page.on('request', request => request.url().includes('/assets/') && asked.push(request.url()))
      const response = await page.goto(address)
      expect(await response?.text()).toContain(`>${name}<`)
      await expect.poll(author, { timeout: 20_000 }).toBe(name)
      const ending = deployment ? /[^0]00\.\w+$/ : /[^0]0\.\w+$/
      expect(asked.length).toBeGreaterThan(5)
      expect(asked.filter(url => !ending.test(url))).toEqual([])
      page.removeAllListeners('request')
      await untilKept(page, deployment + 2)
    }

    await host.close()
    const response = await page.goto(address)
    expect(response?.fromServiceWorker()).toBe(true)
    expect(await response?.text()).toContain('>乙<')
    await expect.poll(author, { timeout: 20_000 }).toBe('乙')
    // The page that was open all the time finds what it has not asked for yet.
    expect(oldFiles.length).toBeGreaterThan(10)
    expect(await old.evaluate(async urls => (await Promise.all(urls.map(url => fetch(url).then(({ ok }) => ok, () => false)))).filter(ok => !ok).length, oldFiles.map(url => address + url))).toBe(0)
    await context.close()
  }), TIMEOUT)

  it('a network that does not answer is not waited for', () => onHost(async (host) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(host.origin + base)
    await untilKept(page)
    await host.close()
    const asked: string[] = []
    const silent = createServer(({ url = '' }) => void asked.push(url)).listen(Number(new URL(host.origin).port), '127.0.0.1')
    await once(silent, 'listening')
    try {
      const response = await page.goto(`${host.origin}${base}ebb/`, { waitUntil: 'commit' })
      expect(response?.fromServiceWorker()).toBe(true)
      await page.waitForFunction(() => document.querySelector('#slideshow h1') && !document.querySelector('#first'))
      // A kept page takes nothing from the network that might be of another build.
      expect(asked).toContain(`${base}ebb/`)
      expect(asked.filter(url => /first-|assets\//.test(url))).toEqual([])
    }
    finally {
      silent.closeAllConnections()
      silent.close()
      await context.close()
    }
  }), TIMEOUT)

  it('a page whose files are nowhere any more is loaded anew, once', () => onHost(async (host) => {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.goto(host.origin + base)
    await page.locator('#first').waitFor({ state: 'detached' })
    await host.deployLater(AUTHOR, '甲')
    let loads = 0
    page.on('load', () => loads++)
    // The last chapter is loaded when somebody goes there.
    await page.evaluate((path) => {
      history.pushState(null, '', path)
      dispatchEvent(new PopStateEvent('popstate', { state: null }))
    }, `${base}glossary/`)
    await expect.poll(() => page.locator('#app').getAttribute('data-script'), { timeout: 20_000 }).toMatch(/[^0]0\.js$/)
    await page.waitForFunction(() => document.querySelector('#slideshow .slidev-page:not([style*="display: none"]) h1') && !document.querySelector('#first'))
    expect(page.url()).toBe(`${host.origin}${base}glossary/`)
    expect(loads).toBe(1)
    await context.close()
  }), TIMEOUT)

  it('of a build that is only half there nothing is kept', () => onHost(async (host) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(host.origin + base)
    await untilKept(page)
    await host.deployLater(AUTHOR, '甲')
    const late = join(host.folder, 'closing/index.html')
    await writeFile(late, (await readFile(late, 'utf8')).replace('</body>', '<!-- of the next build --></body>'))
    await page.goto(host.origin + base)
    const ended = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      await registration?.update().catch(() => undefined)
      const worker = registration?.installing
      await new Promise<void>(done => worker ? worker.addEventListener('statechange', () => done()) : done())
      return worker?.state
    })
    expect(ended).toBe('redundant')
    await host.close()
    expect(await (await page.goto(host.origin + base))?.text()).toContain(`>${AUTHOR}<`)
    await context.close()
  }), TIMEOUT)
})
