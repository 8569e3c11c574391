import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRandomPort } from 'get-port-please'
import type { Page } from 'playwright-chromium'
import puppeteer, { type Page as FirefoxPage } from 'puppeteer-core'
import { Builder, By, Capabilities, Key as SeleniumKey, type WebDriver } from 'selenium-webdriver'
import { vi } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { startScreen } from '../helpers/screen.ts'
import { findTool, type Tool } from '../setup/tools.ts'

export const browserNames = ['Chromium', 'Firefox', 'WebKit'] as const
export type BrowserName = typeof browserNames[number]

/** Keys by their names in Playwright and Puppeteer, with what Selenium sends for each. */
const KEYS = {
  'ArrowRight': SeleniumKey.ARROW_RIGHT, 'ArrowLeft': SeleniumKey.ARROW_LEFT, 'ArrowDown': SeleniumKey.ARROW_DOWN, 'ArrowUp': SeleniumKey.ARROW_UP,
  'PageDown': SeleniumKey.PAGE_DOWN, 'PageUp': SeleniumKey.PAGE_UP, ' ': SeleniumKey.SPACE, 'Enter': SeleniumKey.ENTER, 'Escape': SeleniumKey.ESCAPE,
  'b': 'b', 'd': 'd', 'g': 'g', 'l': 'l', 'o': 'o', '?': '?',
  '0': '0', '1': '1', '2': '2', '3': '3', '4': '4', '5': '5', '6': '6', '7': '7', '8': '8', '9': '9',
} as const
export type Key = keyof typeof KEYS

/** How long a page may take, in milliseconds. */
const PATIENCE = 120_000
const WINDOW = { width: 980, height: 552 }
/** Firefox asks a proxy that is not there for whatever is not on this machine. */
const NOWHERE = { 'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': 9, 'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': 9 }
/** Where Debian's webkit2gtk-driver puts its browser. */
const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'

/** One window of a real browser, whoever made it. */
export interface BrowserWindow {
  version: string
  open: (address: string) => Promise<void>
  /** Presses keys one after the other, without waiting for what they do. */
  press: (keys: readonly Key[]) => Promise<void>
  /** Clicks the first element that a selector finds. */
  click: (selector: string) => Promise<void>
  /** Draws a finger over the page, from one place of the window to another. */
  swipe: (from: Place, to: Place) => Promise<void>
  /** Gives the page another size, in px. */
  resize: (width: number, height: number) => Promise<void>
  /** Runs a function in the page: it may use nothing from outside itself. */
  evaluate: <Result, Argument = undefined>(work: (argument: Argument) => Result, argument?: Argument) => Promise<Result>
  /** Addresses that it has asked for, of pages as well; some browsers leave out those of files. */
  requests: () => Promise<string[]>
  /** Waits for the one window that it has opened; that closes with this one. */
  opened: () => Promise<Omit<BrowserWindow, 'opened' | 'close'>>
  close: () => Promise<void>
}
interface Place { x: number, y: number }
type Opened = Awaited<ReturnType<BrowserWindow['opened']>>

/** What a window is to be like. */
interface Wants {
  lessMotion?: boolean
  /** Without any network; WebKit's driver cannot be without. */
  offline?: boolean
  /** As a visitor has it: with touch, service workers and windows as narrow as a phone. */
  isVisited?: boolean
}

/** A finger's way, in as many parts as it takes to be seen moving. */
function* wayOf(from: Place, to: Place): Generator<Place> {
  const parts = 6
  for (let i = 1; i <= parts; i++) yield { x: Math.round(from.x + (to.x - from.x) * i / parts), y: Math.round(from.y + (to.y - from.y) * i / parts) }
}

/** Opens a window. @throws where the browser is not there, or does not start. */
export const openWindow = (name: BrowserName, wants: Wants = {}): Promise<BrowserWindow> => openers[name](wants)

/** Whether the app shows a slide, with its fonts. Runs in the page. */
export const isThere = () => !document.querySelector('#first') && Boolean(document.querySelector('#slideshow .slidev-layout h1')) && document.fonts.status === 'loaded'

/** What the page has asked for and was not there. Runs in the page. */
export const missingFiles = () => performance.getEntriesByType('resource').filter(entry => (entry as PerformanceResourceTiming).responseStatus >= 400).map(({ name }) => name)

/** Opens a page in a browser, which is closed after use. */
export async function onPage<T>(name: BrowserName, address: string, wants: Wants, use: (window: BrowserWindow) => Promise<T>): Promise<T> {
  const window = await openWindow(name, wants)
  try {
    await window.open(address)
    return await use(window)
  }
  finally {
    await window.close()
  }
}

/** The same for a slide: waits until the app shows it. */
export const onSlide = <T>(name: BrowserName, address: string, wants: Wants, use: (window: BrowserWindow) => Promise<T>) => onPage(name, address, wants, async (window) => {
  // Not by `expect`: it is also called where no test runs.
  await vi.waitFor(async () => {
    if (!await window.evaluate(isThere)) throw new Error(`${address} shows no slide.`)
  }, { timeout: PATIENCE, interval: 20 })
  return use(window)
})

function chromiumWindow(page: Page): Opened {
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  return {
    version: page.context().browser()?.version() ?? '',
    open: async (address) => { await page.goto(address) },
    press: async (keys) => { for (const key of keys) await page.keyboard.press(key) },
    click: selector => page.click(selector),
    async swipe(from, to) {
      const cdp = await page.context().newCDPSession(page)
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Place[]) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
      await touch('touchStart', [from])
      for (const place of wayOf(from, to)) await touch('touchMove', [place])
      await touch('touchEnd', [])
      await cdp.detach()
    },
    resize: (width, height) => page.setViewportSize({ width, height }),
    evaluate: (work, argument) => page.evaluate(`(${work})(${JSON.stringify(argument)})`),
    requests: () => Promise.resolve(asked),
  }
}

function firefoxWindow(page: FirefoxPage, version: string): Opened {
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  return {
    version,
    open: async (address) => { await page.goto(address, { timeout: PATIENCE }) },
    press: async (keys) => { for (const key of keys) await page.keyboard.press(key) },
    click: selector => page.click(selector),
    async swipe(from, to) {
      await page.touchscreen.touchStart(from.x, from.y)
      for (const { x, y } of wayOf(from, to)) await page.touchscreen.touchMove(x, y)
      await page.touchscreen.touchEnd()
    },
    resize: (width, height) => page.setViewport({ width, height }),
    evaluate: <Result, Argument>(work: (argument: Argument) => Result, argument?: Argument) => page.evaluate(`(${work})(${JSON.stringify(argument)})`) as Promise<Result>,
    requests: () => Promise.resolve(asked),
  }
}

/** @param handle of the driver's window that it is. */
function webkitWindow(driver: WebDriver, version: string, handle: string): Opened {
  const here = async () => {
    await driver.switchTo().window(handle)
    return driver
  }
  const evaluate: Opened['evaluate'] = async (work, argument) => (await here()).executeScript(`return (${work})(arguments[0])`, argument)
  return {
    version,
    open: async address => (await here()).get(address),
    press: async keys => keys.reduce((all, key) => all.keyDown(KEYS[key]).keyUp(KEYS[key]), (await here()).actions()).perform(),
    click: async selector => (await here()).findElement(By.css(selector)).click(),
    // The driver makes a mouse of a finger: the page gets the events that a finger sends, from the pointer that there is.
    swipe: (from, to) => evaluate(({ from, to, way }) => {
      const send = (type: string, { x, y }: Place) => document.elementFromPoint(from.x, from.y)?.dispatchEvent(new PointerEvent(type, { pointerId: 1, pointerType: 'touch', isPrimary: true, bubbles: true, buttons: type === 'pointerup' ? 0 : 1, clientX: x, clientY: y }))
      send('pointerdown', from)
      for (const place of way) send('pointermove', place)
      send('pointerup', to)
    }, { from, to, way: [...wayOf(from, to)] }),
    async resize(width, height) {
      const frame = (await here()).manage().window()
      const inner = await evaluate(() => ({ width: innerWidth, height: innerHeight }))
      const outer = await frame.getRect()
      await frame.setRect({ ...outer, width: width + outer.width - inner.width, height: height + outer.height - inner.height })
    },
    evaluate,
    requests: () => evaluate(() => [location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)]),
  }
}

const openers: Readonly<Record<BrowserName, (wants: Wants) => Promise<BrowserWindow>>> = {
  async Chromium({ lessMotion, offline = false, isVisited = false }) {
    const browser = await connectBrowser()
    const page = await browser.newPage({ viewport: WINDOW, reducedMotion: lessMotion ? 'reduce' : 'no-preference', serviceWorkers: isVisited ? 'allow' : 'block', hasTouch: isVisited, offline })
    const opening = page.waitForEvent('popup', { timeout: 0 }).then(chromiumWindow)
    // Nobody may ask for it.
    opening.catch(() => undefined)
    return { ...chromiumWindow(page), opened: () => opening, close: () => browser.close() }
  },

  async Firefox({ lessMotion, offline }) {
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath: await needed('firefox-esr'), headless: true, extraPrefsFirefox: { 'ui.prefersReducedMotion': lessMotion ? 1 : 0, ...offline && NOWHERE } })
    const page = await browser.newPage()
    await page.setViewport(WINDOW)
    const version = await browser.version()
    const opening = new Promise<Opened>(done => page.once('popup', popup => popup && done(firefoxWindow(popup, version))))
    return { ...firefoxWindow(page, version), opened: () => opening, close: () => browser.close() }
  },

  async WebKit({ lessMotion, isVisited }) {
    const settings = await mkdtemp(join(tmpdir(), 'webkit-'))
    const running: ChildProcess[] = []
    const end = async () => {
      await Promise.all(running.reverse().map(child => new Promise<void>((done) => {
        if (child.exitCode !== null) return done()
        child.once('exit', () => done())
        child.kill()
      })))
      await rm(settings, { recursive: true, force: true })
    }
    try {
      // What Debian's desktop calls animations is less motion to a page.
      await mkdir(join(settings, 'gtk-3.0'))
      await writeFile(join(settings, 'gtk-3.0/settings.ini'), `[Settings]\ngtk-enable-animations=${lessMotion ? 0 : 1}\n`)
      // Its bar would keep the window wider than a phone.
      if (isVisited) await writeFile(join(settings, 'gtk-3.0/gtk.css'), '* { min-width: 0; margin: 0; padding: 0; border: 0; font-size: 4px; }')
      const { screen, display } = startScreen(await needed('Xvfb'), '1280x1024')
      running.push(screen)
      const port = await getRandomPort('127.0.0.1')
      running.push(spawn(await needed('WebKitWebDriver'), [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: { ...process.env, DISPLAY: await display, XDG_CONFIG_HOME: settings } }))
      const driver = await untilOpen(() => new Builder().usingServer(`http://127.0.0.1:${port}`)
        .withCapabilities(new Capabilities({ 'browserName': 'MiniBrowser', 'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] } })).build())
      const version = String((await driver.getCapabilities()).get('browserVersion'))
      const own = await driver.getWindowHandle()
      return {
        ...webkitWindow(driver, version, own),
        async opened() {
          const handles = () => driver.getAllWindowHandles()
          await driver.wait(async () => (await handles()).length > 1, PATIENCE)
          return webkitWindow(driver, version, (await handles()).find(handle => handle !== own) ?? own)
        },
        close: async () => {
          await driver.quit()
          await end()
        },
      }
    }
    catch (error) {
      await end()
      throw error
    }
  },
}

/** Where a program is that the set-up of the tests installs. */
async function needed(tool: Tool): Promise<string> {
  const path = await findTool(tool)
  if (!path) throw new Error(`${tool} is not installed: npm test sees to it.`)
  return path
}

/** Tries until a server that is starting answers. */
async function untilOpen<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (const start = Date.now(); ;) {
    try {
      return await ask()
    }
    catch (error) {
      if (Date.now() - start > PATIENCE || !String(error).includes('ECONNREFUSED')) throw error
      await new Promise(done => setTimeout(done, 100))
    }
  }
}
