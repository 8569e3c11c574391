import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRandomPort } from 'get-port-please'
import puppeteer from 'puppeteer-core'
import { Builder, Capabilities, Key as SeleniumKey } from 'selenium-webdriver'
import { connectBrowser } from '../helpers/browser.ts'
import { findTool, type Tool } from '../setup/tools.ts'

export const browserNames = ['Chromium', 'Firefox', 'WebKit'] as const
export type BrowserName = typeof browserNames[number]
export type Key = 'ArrowRight' | 'ArrowLeft'

/** How long a page may take, in milliseconds. */
const PATIENCE = 120_000
const WINDOW = { width: 980, height: 552 }
/** Where Debian's webkit2gtk-driver puts its browser. */
const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'

/** One window of a real browser, whoever made it. */
export interface BrowserWindow {
  version: string
  open: (address: string) => Promise<void>
  /** Presses keys one after the other, without waiting for what they do. */
  press: (keys: readonly Key[]) => Promise<void>
  /** Runs a function in the page: it may use nothing from outside itself. */
  evaluate: <Result, Argument = undefined>(work: (argument: Argument) => Result, argument?: Argument) => Promise<Result>
  close: () => Promise<void>
}

/** Opens a window. @throws where the browser is not there, or does not start. */
export const openWindow = (name: BrowserName, wants: { lessMotion?: boolean } = {}): Promise<BrowserWindow> => openers[name](wants.lessMotion ?? false)

const openers: Readonly<Record<BrowserName, (lessMotion: boolean) => Promise<BrowserWindow>>> = {
  async Chromium(lessMotion) {
    const browser = await connectBrowser()
    const page = await browser.newPage({ viewport: WINDOW, reducedMotion: lessMotion ? 'reduce' : 'no-preference', serviceWorkers: 'block' })
    return {
      version: browser.version(),
      open: async (address) => { await page.goto(address) },
      press: async (keys) => { for (const key of keys) await page.keyboard.press(key) },
      evaluate: (work, argument) => page.evaluate(`(${work})(${JSON.stringify(argument)})`),
      close: () => browser.close(),
    }
  },

  async Firefox(lessMotion) {
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath: await needed('firefox-esr'), headless: true, extraPrefsFirefox: { 'ui.prefersReducedMotion': lessMotion ? 1 : 0 } })
    const page = await browser.newPage()
    await page.setViewport(WINDOW)
    return {
      version: await browser.version(),
      open: async (address) => { await page.goto(address, { timeout: PATIENCE }) },
      press: async (keys) => { for (const key of keys) await page.keyboard.press(key) },
      evaluate: <Result, Argument>(work: (argument: Argument) => Result, argument?: Argument) => page.evaluate(`(${work})(${JSON.stringify(argument)})`) as Promise<Result>,
      close: () => browser.close(),
    }
  },

  async WebKit(lessMotion) {
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
      const screen = spawn(await needed('Xvfb'), ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
      running.push(screen)
      const display = await firstLine(screen)
      const port = await getRandomPort('127.0.0.1')
      running.push(spawn(await needed('WebKitWebDriver'), [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: { ...process.env, DISPLAY: `:${display}`, XDG_CONFIG_HOME: settings } }))
      const driver = await untilOpen(() => new Builder().usingServer(`http://127.0.0.1:${port}`)
        .withCapabilities(new Capabilities({ 'browserName': 'MiniBrowser', 'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] } })).build())
      return {
        version: String((await driver.getCapabilities()).get('browserVersion')),
        open: address => driver.get(address),
        press: keys => keys.reduce((all, key) => {
          const code = key === 'ArrowRight' ? SeleniumKey.ARROW_RIGHT : SeleniumKey.ARROW_LEFT
          return all.keyDown(code).keyUp(code)
        }, driver.actions()).perform(),
        evaluate: (work, argument) => driver.executeScript(`return (${work})(arguments[0])`, argument),
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

/** The first line that Xvfb writes: the number of its display. */
const firstLine = (child: ChildProcess) => new Promise<string>((done, fail) => {
  child.stdio[3]?.once('data', (text: Buffer) => done(text.toString().trim()))
  child.once('exit', code => fail(new Error(`Xvfb ended with ${code}.`)))
})

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
