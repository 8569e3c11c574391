import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { editions, type Edition } from 'slidev-addon-deck/editions'
import { launchChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { precompress } from 'slidev-addon-site/precompress'
import { editionBase } from 'slidev-addon-site/head'
import { startNginx, type NginxSettings } from '../hosting/nginx.ts'
import { buildDeck, root, type BuiltDeck } from '../rendered/built.ts'
import { lastClick, Session } from '../rendered/session.ts'
import { untilKept } from './deployment.ts'

const BASE = '/talk/'
const WALK = 240_000

let built: BuiltDeck
let folder = ''
let browser: Browser
const slidesOf = new Map<Edition, DeckSlide[]>()

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck(BASE), launchChromium()])
  folder = await mkdtemp(join(tmpdir(), 'deck-nginx-'))
  await cp(built.folder, folder, { recursive: true })
  await precompress(folder)
  for (const edition of editions) slidesOf.set(edition, (await loadDeck(root, edition.entry)).slides)
})
afterAll(() => Promise.all([browser?.close(), built?.close(), folder && rm(folder, { recursive: true, force: true })]))

/** Has a page report every violation of its policy from its first moment on. */
async function watchPolicy(session: Session): Promise<string[]> {
  const violations: string[] = []
  await session.page.exposeFunction('reportViolation', (text: string) => violations.push(text))
  await session.page.addInitScript(() => addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, documentURI }) => {
    (window as unknown as { reportViolation: (text: string) => void }).reportViolation(`${documentURI}: ${violatedDirective} ${blockedURI}`)
  }))
  return violations
}

async function withNginx<T>(use: (origin: string, stop: () => Promise<void>) => Promise<T>, settings: Partial<NginxSettings> = {}): Promise<T> {
  const nginx = await startNginx({ folder, base: BASE, ...settings })
  let isStopped = false
  const stop = async () => {
    if (!isStopped) await nginx.stop()
    isStopped = true
  }
  try {
    return await use(nginx.origin, stop)
  }
  finally {
    await stop()
  }
}

describe.each(editions)('on nginx, below a base path, in the edition $language', (edition) => {
  const slides = () => slidesOf.get(edition) ?? []

  it('no slide and no click violates the policy, nor does the page for reading; refresh and back keep the place', () => withNginx(async (origin) => {
    const address = origin + editionBase(BASE, edition)
    const session = await Session.open(browser, address, 'light', { reducedMotion: 'reduce', serviceWorkers: 'block' })
    const violations = await watchPolicy(session)
    const { page } = session
    const wrong: string[] = []
    await session.load('')
    for (const slide of slides()) {
      for (let click = 0; click <= lastClick(slide); click++) {
        const missing = await session.arrive(slide.no, click)
        if (missing) wrong.push(`slide ${slide.no}, click ${click}: ${missing}`)
        await page.keyboard.press('ArrowRight')
      }
    }
    const third = slides()[2]
    for (const path of [`${third?.id}`, `${third?.no}/`]) {
      const response = await page.goto(address + path)
      if (response?.status() !== 200) wrong.push(`${path}: ${response?.status()}`)
      for (const again of [() => page.reload(), async () => {
        await page.keyboard.press('ArrowDown')
        await session.arrive(4, 0)
        await page.goBack()
      }]) {
        await again()
        const missing = await session.arrive(3, 0)
        if (missing) wrong.push(`${path}: ${missing}`)
      }
    }
    const unknown = await page.goto(`${address}99/`)
    if (unknown?.status() !== 404 || await page.locator(`a[href^="${BASE}"]`).count() === 0) wrong.push('an unknown slide is not answered with the friendly page')
    await page.goto(`${address}read/`)
    await page.locator('h1').waitFor()
    await session.close()
    expect(wrong).toEqual([])
    expect(violations).toEqual([])
  }), WALK)

  it('all of it opens after one visit with nginx stopped', () => withNginx(async (origin, stop) => {
    const address = origin + editionBase(BASE, edition)
    const session = await Session.open(browser, address)
    await session.load('')
    await untilKept(session.page)
    await stop()
    const wrong: string[] = []
    for (const slide of slides()) {
      const click = lastClick(slide)
      await session.load(`${slide.id}/${click ? `?clicks=${click}` : ''}`)
      const missing = await session.arrive(slide.no, click)
      if (missing) wrong.push(`${slide.id}: ${missing}`)
    }
    await session.page.goto(`${address}read/`)
    if (await session.page.locator('article, section').count() < slides().length / 2) wrong.push('the page for reading is not whole')
    await session.close()
    expect(wrong).toEqual([])
  }), WALK)
})

it('a policy that forbids what a slide needs is seen', () => withNginx(async (origin) => {
  const session = await Session.open(browser, origin + BASE, 'light', { serviceWorkers: 'block' })
  const violations = await watchPolicy(session)
  await session.load('')
  await session.arrive(1, 0)
  await session.close()
  expect(violations.some(text => text.includes('font-src'))).toBe(true)
}, { alter: server => server.replaceAll(`font-src 'self'`, `font-src 'none'`) }))
