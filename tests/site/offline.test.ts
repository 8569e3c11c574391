import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import { exportName } from 'slidev-addon-deck/project'
import type { Edition } from 'slidev-addon-deck/editions'
import { editionBase } from 'slidev-addon-site/site'
import { siteWords } from 'slidev-addon-site/words'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, PUBLISHED_BASE, type BuiltDeck } from '../helpers/built.ts'
import { editions, others, project, readEdition, slideThat, source } from '../helpers/deck.ts'
import { lastClick, Session } from '../rendered/session.ts'
import { createHost, untilKept, type Host } from './deployment.ts'

const LIMIT = 4_000_000
const TIMEOUT = 240_000
const [other] = others

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
let builds: Record<'published' | 'withNotes', BuiltDeck>
const decks = new Map<Edition, SourceDeck>()
/** A text of the cover that no clause is cut out of. */
let author: string

beforeAll(async () => {
  const [published, withNotes, shared] = await Promise.all([buildDeck('published'), buildDeck('withNotes'), connectBrowser()]);
  [builds, browser] = [{ published, withNotes }, shared]
  for (const edition of editions) decks.set(edition, await readEdition(edition))
  author = String(decks.get(source)?.headmatter['author'])
})
afterAll(() => Promise.all([browser?.close(), builds?.published.close(), builds?.withNotes.close()]))

const slidesOf = (edition: Edition) => decks.get(edition)?.slides ?? []
/** A slide of some clicks. */
const stepped = () => slideThat(slidesOf(source).slice(1), slide => lastClick(slide) >= 1)

async function onHost(build: BuiltDeck, base: string, use: (host: Host) => Promise<void>): Promise<void> {
  const host = await createHost(build.folder, base, slidesOf(source))
  try {
    await use(host)
  }
  finally {
    await host.remove()
  }
}

/** What becomes of a page of another edition that was never visited, with the server gone. */
async function openUnvisited(host: Host, base: string): Promise<string> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(host.origin + base)
  await untilKept(page)
  await host.close()
  const answer = await page.goto(`${host.origin}${base}${other?.folder}/${stepped().id}/`).then(response => String(response?.status()), (error: Error) => error.message)
  await context.close()
  return answer
}

describe.each([['withNotes', false], ['published', true]] as const)('the %s build', (which, hasPdf) => {
  it.each(editions)('$lang keeps files that are there, every slide among them, of less than 4 MB', async (edition) => {
    const folder = join(builds[which].folder, edition.folder)
    const entries = await entriesOf(folder)
    expect(await faultsOf(folder, entries)).toEqual([])
    const urls = entries.map(({ url }) => url)
    expect(urls).toEqual(expect.arrayContaining(['./', 'manifest.webmanifest', 'favicon.svg', ...slidesOf(edition).map(({ id }) => `${id}/`)]))
    expect(urls.includes(exportName(project, edition, 'pdf'))).toBe(hasPdf)
    expect(urls.includes('read/')).toBe(existsSync(join(folder, 'read')))
    for (const ending of ['js', 'css', 'woff2']) expect(urls.filter(url => url.endsWith(`.${ending}`)), ending).not.toEqual([])
  })
})

/* One at the root of its host: site/presenter. */
describe('a deck that is deployed below a path', () => {
  const base = PUBLISHED_BASE
  const hosted = (use: (host: Host) => Promise<void>) => onHost(builds.published, base, use)

  it('the source edition’s worker does not answer for another edition', () => hosted(async (host) => {
    expect(await openUnvisited(host, base)).toContain('net::ERR_CONNECTION_REFUSED')
  }), TIMEOUT)

  it.each(editions)('$lang opens whole after one visit, with the server gone', edition => hosted(async (host) => {
    const address = host.origin + editionBase(base, edition)
    const slides = slidesOf(edition)
    const session = await Session.open(browser, address, 'light', { reducedMotion: 'reduce' })
    const { page } = session
    await session.load('')
    await untilKept(page)
    // With the server there, its answers come through: folders' addresses get their slash, unknown ones its own page.
    expect([(await page.goto(`${address}${stepped().id}?clicks=1`))?.status(), page.url()]).toEqual([200, `${address}${stepped().id}/?clicks=1`])
    expect((await page.goto(`${address}%zz`))?.status()).toBeGreaterThanOrEqual(400)
    await host.close()

    const wrong: string[] = []
    // The app goes through the whole of it, from the first slide on.
    await session.load('')
    for (const slide of slides) {
      if (slide.no > 1) await page.keyboard.press('ArrowDown')
      const missing = await session.arrive(slide.no, 0)
      if (missing) wrong.push(`${slide.id}: ${missing}`)
    }
    // It comes wherever it is begun, at the click that is asked for.
    for (const slide of [stepped(), slides.at(-1)]) {
      if (!slide) continue
      const click = lastClick(slide)
      await session.load(`${slide.id}/${click ? `?clicks=${click}` : ''}`)
      const missing = await session.arrive(slide.no, click)
      if (missing) wrong.push(`${slide.id}: ${missing}`)
    }
    // Each page by itself: by the slide's number, and one by every way to write its address.
    for (const { no, id } of slides) {
      const ways = no === stepped().no ? [String(no), `${no}/index.html`, id, `${id}/`, `${id}/index.html`, `${id}/?clicks=1&any`, `${no}?clicks=1`] : []
      for (const path of [`${no}/`, ...ways]) {
        const response = await page.goto(address + path, { waitUntil: 'commit' })
        const shown = /<article data-path="([^"]*)"/.exec(await response?.text() ?? '')?.[1]
        if (response?.status() !== 200 || !response.fromServiceWorker() || shown !== `${editionBase(base, edition)}${id}/`) wrong.push(`${path}: ${response?.status()} ${shown}`)
      }
    }
    expect(wrong).toEqual([])

    for (const path of ['', 'index.html', '?clicks=0', 'read/', 'read', 'read/?x#y']) expect((await page.goto(address + path))?.status(), path).toBe(200)
    // What the reading page names is found from below its folder's slash.
    await page.goto(`${address}read?x`)
    expect(page.url()).toBe(`${address}read/?x`)

    const { title } = siteWords[edition.words].notFound
    for (const path of ['nowhere/', 'nowhere/deep/in', '99/', encodeURI('没有'), '%zz', 'print/']) {
      const response = await page.goto(address + path)
      expect(response?.status(), path).toBe(404)
      expect(await page.locator('h1').first().textContent()).toBe(title)
      // Its styles and fonts are kept as well.
      const faces = await page.evaluate(async () => [...await document.fonts.ready].map(({ status }) => status))
      expect(faces.length).toBeGreaterThan(1)
      expect(faces.filter(status => status !== 'loaded')).toEqual([])
    }

    const name = exportName(project, edition, 'pdf')
    await page.goto(address)
    const read = await page.evaluate(async url => [...new Uint8Array(await (await fetch(url)).arrayBuffer())], address + name)
    expect(Buffer.from(read).equals(await readFile(join(host.folder, edition.folder, name)))).toBe(true)
    // A browser without a viewer of its own downloads it.
    const opened = page.goto(address + name).catch((error: Error) => expect(error.message).toContain('Download is starting'))
    const [response] = await Promise.all([page.waitForResponse(address + name), opened])
    expect([response.status(), response.headers()['content-type']]).toEqual([200, 'application/pdf'])
    await session.close()
  }), TIMEOUT)

  it('files that are missing, not to be kept, without a revision, or too large are seen', async () => {
    const entries = await entriesOf(builds.published.folder)
    const wrong = ['nowhere/', `${other?.folder}/`, '5/', '5/first-body.woff2'].map(url => ({ url, revision: 'x' }))
    expect(await faultsOf(builds.published.folder, [...wrong, { url: 'robots.txt', revision: null }])).toEqual(['nowhere/ is not there', `${other?.folder}/ is kept`, '5/ is kept', '5/first-body.woff2 is kept', 'robots.txt is kept', 'robots.txt has no revision'])
    expect(await faultsOf(builds.published.folder, [entries, entries, entries].flat())).toEqual([expect.stringMatching(/^\d+ bytes are kept$/)])
  })

  it('a worker that answered for another edition would be seen', () => hosted(async (host) => {
    const script = await readFile(join(host.folder, 'sw.js'), 'utf8')
    const list = `[\`${other?.folder}\`]`
    expect(script.split(list)).toHaveLength(2)
    await writeFile(join(host.folder, 'sw.js'), script.replace(list, '[]'))
    expect(await openUnvisited(host, base)).toBe('404')
  }), TIMEOUT)

  it('a new build shows on the next visit, whole, and is then the one that is kept', () => hosted(async (host) => {
    const context = await browser.newContext()
    const [old, page] = [await context.newPage(), await context.newPage()]
    const address = host.origin + base
    const shown = () => page.locator('#slideshow .author').textContent()
    const oldFiles = (await entriesOf(host.folder)).map(({ url }) => url).filter(url => url.startsWith('assets/'))
    await old.goto(address)
    await untilKept(old)

    for (const [deployment, name] of ['甲', '乙'].entries()) {
      await host.deployLater(deployment ? '甲' : author, name)
      const asked: string[] = []
      page.on('request', request => request.url().includes('/assets/') && asked.push(request.url()))
      const response = await page.goto(address)
      expect(await response?.text()).toContain(`>${name}<`)
      await expect.poll(shown, { timeout: 90_000 }).toBe(name)
      // A later build has a zero more at the end of each name: a hash may end with one.
      const names = new Set(oldFiles.map(url => address + url.replace(/(?=\.\w+$)/, '0'.repeat(deployment + 1))))
      expect(asked.length).toBeGreaterThan(5)
      expect(asked.filter(url => !names.has(url))).toEqual([])
      page.removeAllListeners('request')
      await untilKept(page, deployment + 2)
    }

    await host.close()
    const response = await page.goto(address)
    expect(response?.fromServiceWorker()).toBe(true)
    expect(await response?.text()).toContain('>乙<')
    await expect.poll(shown, { timeout: 90_000 }).toBe('乙')
    // The page that was open all the time finds what it has not asked for yet.
    expect(oldFiles.length).toBeGreaterThan(10)
    expect(await old.evaluate(async urls => (await Promise.all(urls.map(url => fetch(url).then(({ ok }) => ok, () => false)))).filter(ok => !ok).length, oldFiles.map(url => address + url))).toBe(0)
    await context.close()
  }), TIMEOUT)

  it('a network that does not answer is not waited for', () => hosted(async (host) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(host.origin + base)
    await untilKept(page)
    await host.close()
    const asked: string[] = []
    const silent = createServer(({ url = '' }) => void asked.push(url)).listen(Number(new URL(host.origin).port), '127.0.0.1')
    await once(silent, 'listening')
    try {
      const response = await page.goto(`${host.origin}${base}${stepped().id}/`, { waitUntil: 'commit' })
      expect(response?.fromServiceWorker()).toBe(true)
      await page.waitForFunction(() => document.querySelector('#slideshow h1') && !document.querySelector('#first'))
      // A kept page takes nothing from the network that might be of another build.
      expect(asked).toContain(`${base}${stepped().id}/`)
      expect(asked.filter(url => /first-|assets\//.test(url))).toEqual([])
    }
    finally {
      silent.closeAllConnections()
      silent.close()
      await context.close()
    }
  }), TIMEOUT)

  it('a page whose files are nowhere any more is loaded anew, once', () => hosted(async (host) => {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.goto(host.origin + base)
    await page.locator('#first').waitFor({ state: 'detached' })
    await host.deployLater(author, '甲')
    let loads = 0
    page.on('load', () => loads++)
    // The last chapter is loaded when somebody goes there.
    await page.evaluate((path) => {
      history.pushState(null, '', path)
      dispatchEvent(new PopStateEvent('popstate', { state: null }))
    }, `${base}${slidesOf(source).at(-1)?.id}/`)
    await expect.poll(() => page.locator('#app').getAttribute('data-script'), { timeout: 90_000 }).toMatch(/[^0]0\.js$/)
    await page.waitForFunction(() => document.querySelector('#slideshow .slidev-page:not([style*="display: none"]) h1') && !document.querySelector('#first'))
    expect(page.url()).toBe(`${host.origin}${base}${slidesOf(source).at(-1)?.id}/`)
    expect(loads).toBe(1)
    await context.close()
  }), TIMEOUT)

  it('of a build that is only half there nothing is kept', () => hosted(async (host) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(host.origin + base)
    await untilKept(page)
    await host.deployLater(author, '甲')
    const late = join(host.folder, `${slidesOf(source).at(-1)?.id}/index.html`)
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
    expect(await (await page.goto(host.origin + base))?.text()).toContain(`>${author}<`)
    await context.close()
  }), TIMEOUT)
})
