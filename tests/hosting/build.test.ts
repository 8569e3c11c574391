import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Browser } from 'playwright-chromium'
import { textEndings } from 'slidev-addon-site/precompress'
import { CACHE_CONTROL, securityHeaders } from 'slidev-addon-site/security-headers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, PUBLISHED_BASE as BASE, type BuiltDeck } from '../helpers/built.ts'
import { filesOf } from '../helpers/files.ts'
import { readEdition, slideThat, source } from '../helpers/deck.ts'
import { lastClick, Session } from '../rendered/session.ts'
import { untilKept } from '../site/deployment.ts'
import { startNginx, type RunningNginx } from './nginx.ts'
import { request } from './request.ts'

let built: BuiltDeck
let nginx: RunningNginx
let browser: Browser
beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('published'), connectBrowser()])
  nginx = await startNginx({ folder: built.folder, base: BASE })
})
afterAll(async () => {
  await Promise.all([nginx?.stop(), browser?.close()])
  await built?.close()
})

it('every text file from 1 KB on has its compressed ones beside it, no other has', async () => {
  const files = await filesOf(built.folder)
  const texts = new Set<string>(textEndings)
  const expected: string[] = []
  for (const file of files.filter(name => !/\.(?:br|gz)$/.test(name))) {
    expected.push(file)
    if (texts.has(extname(file).slice(1)) && (await stat(join(built.folder, file))).size >= 1024) expected.push(`${file}.br`, `${file}.gz`)
  }
  expect(files).toEqual(expected.sort())
  expect(files.filter(file => file.endsWith('.br')).length).toBeGreaterThan(50)
  for (const file of files.filter(name => name.endsWith('.br')).map(name => name.slice(0, -3))) {
    const text = await readFile(join(built.folder, file))
    expect(brotliDecompressSync(await readFile(join(built.folder, `${file}.br`))).equals(text), file).toBe(true)
    expect(gunzipSync(await readFile(join(built.folder, `${file}.gz`))).equals(text), file).toBe(true)
  }
})

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.webmanifest': 'application/manifest+json', '.txt': 'text/plain',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.pdf': 'application/pdf',
}

it('nginx serves every file of it, with its type and its headers', async () => {
  const files = (await filesOf(built.folder)).filter(file => !/\.(?:br|gz)$|^_headers$/.test(file))
  const wrong: string[] = []
  for (const file of files) {
    const answer = await request(`${nginx.origin}${BASE}${file.replace(/(^|\/)index\.html$/, '$1').split('/').map(encodeURIComponent).join('/')}`, { headers: { 'accept-encoding': 'br' } })
    const type = answer.headers['content-type']?.split(';')[0]
    const hashed = /^(?:\w+\/)?assets\//.test(file)
    const sound = answer.status === 200 && type === TYPES[extname(file)]
      && securityHeaders.every(([name, value]) => answer.headers[name.toLowerCase()] === value)
      && answer.headers['cache-control'] === CACHE_CONTROL[hashed ? 'hashed' : 'other']
    if (!sound) wrong.push(`${file}: ${answer.status} ${type} ${answer.headers['cache-control']}`)
  }
  expect(files.length).toBeGreaterThan(100)
  expect(wrong).toEqual([])
})

it('an unknown path, and what is for other hosts, are answered with the deck’s own 404 page', async () => {
  for (const path of ['en/nowhere', '_headers']) {
    const { status, text } = await request(`${nginx.origin}${BASE}${path}`)
    expect([path, status]).toEqual([path, 404])
    expect(text).toBe(await readFile(join(built.folder, '404.html'), 'utf8'))
  }
})

describe('in a browser', () => {
  /** What the browser says of the policies while the deck is opened and its colours are switched. */
  async function complaints(origin: string, alter?: (html: string) => string): Promise<string[]> {
    const page = await browser.newPage({ serviceWorkers: 'block' })
    const address = origin + BASE
    if (alter) {
      await page.route(address, async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, body: alter(await response.text()) })
      })
    }
    const said: string[] = []
    page.on('console', message => /Policy/i.test(message.text()) && said.push(message.text()))
    page.on('pageerror', error => said.push(error.message))
    await page.goto(address)
    await page.locator('h1').first().waitFor()
    await page.waitForFunction(() => document.querySelector('#app .slidev-page'))
    for (const dark of [true, false]) {
      await page.keyboard.press('d')
      await page.waitForFunction(dark => document.documentElement.classList.contains('dark') === dark, dark)
    }
    await page.close()
    return said
  }

  it('no policy is violated, and none names what the browser does not know', async () => {
    expect(await complaints(nginx.origin)).toEqual([])
  })

  it('a missing hash and an unknown feature are seen', async () => {
    const strict = await startNginx({ folder: built.folder, base: BASE, alter: server => server.replace('fullscreen=', 'fullscreens=') })
    const said = await complaints(strict.origin, html => html.replace(/(style-src (?:'|&#39;)self(?:'|&#39;))(?: (?:'|&#39;)sha256-[^'&]+(?:'|&#39;))+/g, '$1'))
    expect(said.some(text => text.includes('inline style'))).toBe(true)
    expect(said.some(text => text.includes('fullscreens'))).toBe(true)
    await strict.stop()
  })

  it('reload and back keep the place, and all of it opens after one visit with nginx stopped', async () => {
    const passing = await startNginx({ folder: built.folder, base: BASE })
    const { slides } = await readEdition(source)
    const { no, id } = slideThat(slides.slice(1), slide => lastClick(slide) >= 1)
    const session = await Session.open(browser, passing.origin + BASE, 'light', { reducedMotion: 'reduce' })
    const { page } = session
    for (const path of [id, `${no}/`]) {
      await session.load(path)
      await page.reload()
      expect(await session.arrive(no, 0)).toBeUndefined()
      await page.keyboard.press('ArrowDown')
      await session.arrive(no + 1, 0)
      await page.goBack()
      expect(await session.arrive(no, 0)).toBeUndefined()
    }
    await untilKept(page)
    await passing.stop()
    await session.load('')
    for (const slide of slides) {
      if (slide.no > 1) await page.keyboard.press('ArrowDown')
      expect(await session.arrive(slide.no, 0), slide.id).toBeUndefined()
    }
    expect((await page.goto(`${passing.origin}${BASE}read/`))?.status()).toBe(200)
    expect(await page.locator('article').count()).toBe(slides.length - 1)
    await session.close()
  })

  /** Whether a page may fill the screen and keep it awake. */
  async function allowed(origin: string): Promise<[fullScreen: boolean, awake: boolean]> {
    // A browser without a window has nothing to keep awake until it is permitted.
    const context = await browser.newContext({ permissions: ['screen-wake-lock'] })
    const page = await context.newPage()
    await page.goto(origin + BASE)
    const fullScreen = await page.evaluate(() => document.documentElement.requestFullscreen().then(() => document.fullscreenElement !== null, () => false))
    const awake = await page.evaluate(() => navigator.wakeLock.request('screen').then(lock => !lock.released, () => false))
    await context.close()
    return [fullScreen, awake]
  }

  it('full screen and keeping the screen awake stay allowed', async () => {
    expect(await allowed(nginx.origin)).toEqual([true, true])
    const strict = await startNginx({ folder: built.folder, base: BASE, alter: server => server.replaceAll('=(self)', '=()') })
    expect(await allowed(strict.origin)).toEqual([false, false])
    await strict.stop()
  })
})
