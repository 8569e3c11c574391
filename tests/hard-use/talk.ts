import { setTimeout } from 'node:timers/promises'
import { getRandomPort } from 'get-port-please'
import type { Browser, BrowserContext, Page } from 'playwright-chromium'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { expect } from 'vitest'
import { position } from '../helpers/in-window.ts'
import type { Project, Running } from '../helpers/project.ts'
import { ALONE, statesOf } from '../rendered/session.ts'

/** What a started talk prints last. */
const READY = /shortcuts/

/** A slide's number and how many clicks were made on it, as one word: `10.3`. */
export type Position = `${number}.${number}`

/** Every position of a deck in the order in which a clicker comes by. */
export const positionsOf = (slides: readonly DeckSlide[]): Position[] => statesOf(slides).map(({ slide, click }) => `${slide.no}.${click}` as const)

/** What a window shows: the slide that is visible, and the clicks of its address. */
export function positionOf(page: Page): Promise<string> {
  return page.evaluate(position).catch((error: unknown) => `gone: ${error instanceof Error ? error.message : String(error)}`)
}

/** Waits until a window shows a position. */
export const arrive = (page: Page, position: Position) => expect.poll(() => positionOf(page), { timeout: 90_000 }).toBe(position)

/** An empty window, and what is thrown or written to its console as an error. */
export async function openWindow(browser: Browser): Promise<{ context: BrowserContext, page: Page, faults: string[] }> {
  const context = await browser.newContext({ ...ALONE, viewport: { width: 1280, height: 720 }, bypassCSP: true })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  return { context, page, faults }
}

/** Keys of a clicker and a keyboard, with their codes. */
const KEYS = { PageDown: 34, PageUp: 33, ArrowRight: 39, ArrowLeft: 37 } as const
export type Key = keyof typeof KEYS

/** Presses keys without waiting for what they do, `gap` milliseconds apart; with none as fast as a browser takes them. */
export async function hammer(page: Page, keys: readonly Key[], gap = 0): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  const sent: Promise<unknown>[] = []
  for (const key of keys) {
    for (const type of ['rawKeyDown', 'keyUp'] as const) sent.push(cdp.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: KEYS[key] }))
    if (gap > 0) await setTimeout(gap)
  }
  await Promise.all(sent)
  await cdp.detach()
}

/** Two windows of a talk, and what was thrown in them. */
export interface Windows {
  presenter: Page
  audience: Page
  faults: string[]
  close: () => Promise<void>
}

/** A talk that is presented from a copy of the project. */
export class Talk {
  private readonly project: Project
  readonly port: number
  private running: Running | undefined

  private constructor(project: Project, port: number) {
    this.project = project
    this.port = port
  }

  /** Presents a project, in the source edition unless `args` say otherwise. */
  static async start(project: Project, env: NodeJS.ProcessEnv = {}): Promise<Talk> {
    const talk = new Talk(project, await getRandomPort('127.0.0.1'))
    await talk.restart(env)
    return talk
  }

  /** Starts it again on its port. */
  async restart(env: NodeJS.ProcessEnv = {}): Promise<void> {
    this.running = this.project.start('start', ['--port', String(this.port)], env)
    await this.running.prints(READY, 60_000)
  }

  async prints(pattern: RegExp): Promise<void> {
    await this.running?.prints(pattern)
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    this.running?.process.kill('SIGKILL')
    await this.running?.finished
  }

  address(path: string): string {
    return `http://localhost:${this.port}/${path}`
  }

  /** The presenter's and the audience's window. Each is a browser window of its own: a tab behind another stands still. */
  async windows(browser: Browser, path: string): Promise<Windows> {
    const faults: string[] = []
    const open = async (address: string) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' })
      const page = await context.newPage()
      page.on('pageerror', error => faults.push(error.message))
      await page.goto(this.address(address))
      await page.locator('#slideshow .slidev-layout h1:visible').waitFor({ timeout: 60_000 })
      return page
    }
    const [audience, presenter] = [await open(path), await open(`presenter/${path}`)]
    return { audience, presenter, faults, close: async () => void await Promise.all([audience, presenter].map(page => page.context().close())) }
  }
}
