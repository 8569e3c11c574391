import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mediaTypes, textEndings } from 'slidev-addon-site/media-types'
import { launchChromium } from 'slidev-addon-deck/browser'
import { buildDeck, root, type BuiltDeck } from '../rendered/built.ts'
import { startNginx, type RunningNginx } from './nginx.ts'
import { request } from './request.ts'

let built: BuiltDeck
let nginx: RunningNginx
let browser: Browser
beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('/', ['--precompress']), launchChromium()])
  nginx = await startNginx({ folder: built.folder })
})
afterAll(async () => {
  await Promise.all([nginx?.stop(), browser?.close()])
  await built?.close()
})

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => relative(folder, join(entry.parentPath, entry.name))).sort()
}

it('the recipes are up to date with this build', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'scripts/hosting.ts'), '--from', built.folder, '--check'])
  expect(stdout).toBe('')
})

it('another build of the same sources is the same, byte for byte', async () => {
  const other = await buildDeck()
  await other.close()
  const files = (await filesOf(built.folder)).filter(file => !/\.(?:br|gz)$/.test(file))
  expect(await filesOf(other.folder)).toEqual(files)
  const differing: string[] = []
  for (const file of files) {
    if (!(await readFile(join(built.folder, file))).equals(await readFile(join(other.folder, file)))) differing.push(file)
  }
  expect(differing).toEqual([])
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

it('nginx serves every file of it, with its type and its headers', async () => {
  const files = (await filesOf(built.folder)).filter(file => !/\.(?:br|gz)$/.test(file))
  const types = new Map<string, string>(Object.entries(mediaTypes))
  const wrong: string[] = []
  for (const file of files) {
    const answer = await request(`${nginx.origin}/${file.replace(/(^|\/)index\.html$/, '$1').split('/').map(encodeURIComponent).join('/')}`, { headers: { 'accept-encoding': 'br' } })
    const type = answer.headers['content-type']?.split(';')[0]
    const hashed = /^(?:en\/)?assets\//.test(file)
    const sound = answer.status === 200 && type === types.get(extname(file).slice(1))
      && nginx.headers.every(([name, value]) => answer.headers[name.toLowerCase()] === value)
      && answer.headers['cache-control'] === (hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (!sound) wrong.push(`${file}: ${answer.status} ${type}`)
  }
  expect(files.length).toBeGreaterThan(100)
  expect(wrong).toEqual([])
})

it('an unknown path is answered with the deck’s own 404 page', async () => {
  const { status, text } = await request(`${nginx.origin}/en/nowhere`)
  expect(status).toBe(404)
  expect(text).toBe(await readFile(join(built.folder, '404.html'), 'utf8'))
})

describe('in a browser', () => {
  /** What the browser says of the policies while the deck is opened and its colours are switched. */
  async function complaints(origin: string): Promise<string[]> {
    const page = await browser.newPage()
    const said: string[] = []
    page.on('console', message => /Policy/i.test(message.text()) && said.push(message.text()))
    page.on('pageerror', error => said.push(error.message))
    await page.goto(`${origin}/`)
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
    const strict = await startNginx({ folder: built.folder, alter: server => server.replace(/(style-src 'self')(?: 'sha256-[^']+')+/g, '$1').replace('fullscreen=', 'fullscreens=') })
    const said = await complaints(strict.origin)
    expect(said.some(text => text.includes('inline style'))).toBe(true)
    expect(said.some(text => text.includes('fullscreens'))).toBe(true)
    await strict.stop()
  })

  /** Whether a page may fill the screen and keep it awake. */
  async function allowed(origin: string): Promise<[fullScreen: boolean, awake: boolean]> {
    const page = await browser.newPage()
    await page.goto(`${origin}/`)
    const fullScreen = await page.evaluate(() => document.documentElement.requestFullscreen().then(() => document.fullscreenElement !== null, () => false))
    const awake = await page.evaluate(() => navigator.wakeLock.request('screen').then(lock => !lock.released, () => false))
    await page.close()
    return [fullScreen, awake]
  }

  it('full screen and keeping the screen awake stay allowed', async () => {
    expect(await allowed(nginx.origin)).toEqual([true, true])
    const strict = await startNginx({ folder: built.folder, alter: server => server.replaceAll('=(self)', '=()') })
    expect(await allowed(strict.origin)).toEqual([false, false])
    await strict.stop()
  })
})
