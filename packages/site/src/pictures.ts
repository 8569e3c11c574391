import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-chromium'
import { canvasOf } from 'slidev-addon-deck/deck'
import type { DeckProject } from 'slidev-addon-deck/project'
import { COVER } from './head.ts'
import type { SiteEdition } from './site.ts'
import { paperColours } from './sources.ts'
import { serveBuild } from './static-server.ts'

/** Icons of the installed app, below the build. A maskable one is cut to any shape: its drawing keeps clear of the edges. */
export const ICONS = [
  { file: 'icons/192.png', size: 192, purpose: 'any' },
  { file: 'icons/512.png', size: 512, purpose: 'any' },
  { file: 'icons/maskable-512.png', size: 512, purpose: 'maskable' },
] as const

/** Share of a picture's side that its drawing takes. */
const FILL = { any: 1, maskable: 0.86, apple: 0.92 } as const
const FAVICON = 32
const APPLE_TOUCH = 180

/** The picture that all icons are drawn from. */
const faviconOf = ({ root }: DeckProject) => join(root, 'public/favicon.svg')

/** Whether a deck has a picture to draw icons from: without one it has none. */
export const hasFavicon = (project: DeckProject) => existsSync(faviconOf(project))

/** The picture that all icons are drawn from, where the deck has it. */
export const readFavicon = (project: DeckProject) => readFile(faviconOf(project), 'utf8')

/** A browser's page that draws a picture, closed when it is drawn. A busy browser may be unable to: it is asked once more. */
async function draw<Picture>(browser: Browser, work: (page: Page) => Promise<Picture>): Promise<Picture> {
  return drawOnce(browser, work).catch((error: unknown) => {
    if (error instanceof Error && error.message.includes('Unable to capture screenshot')) return drawOnce(browser, work)
    throw error
  })
}

async function drawOnce<Picture>(browser: Browser, work: (page: Page) => Promise<Picture>): Promise<Picture> {
  const context = await browser.newContext({ viewport: COVER, colorScheme: 'light', reducedMotion: 'reduce', serviceWorkers: 'block', bypassCSP: true })
  try {
    return await work(await context.newPage())
  }
  finally {
    await context.close()
  }
}

/** Draws public/favicon.svg in the formats that browsers and phones ask for: by their places below a build; none where the deck has no such file. */
export async function drawIcons(browser: Browser, project: DeckProject): Promise<Map<string, Buffer>> {
  if (!hasFavicon(project)) return new Map()
  const drawing = await readFavicon(project)
  const ground = /<rect[^>]* fill="(#\w+)"/.exec(drawing)?.[1] ?? (await paperColours(project)).light
  return draw(browser, async (page) => {
    const icon = async (size: number, purpose: keyof typeof FILL) => {
      // Icons that have no corners of their own are cut by what shows them: they have a ground.
      const style = `html,body{margin:0;height:100%;background:${purpose === 'any' ? 'transparent' : ground}}body{display:grid;place-items:center}svg{width:${FILL[purpose] * 100}%}`
      await page.setViewportSize({ width: size, height: size })
      await page.setContent(`<style>${style}</style>${drawing}`)
      return page.screenshot({ omitBackground: true })
    }
    const drawn = new Map([['favicon.ico', icoOf(await icon(FAVICON, 'any'), FAVICON)]])
    for (const { file, size, purpose } of [...ICONS, { file: 'apple-touch-icon.png', size: APPLE_TOUCH, purpose: 'apple' } as const]) drawn.set(file, await icon(size, purpose))
    return drawn
  })
}

/**
 * Draws an edition's cover as it is shown with a shared link. Called when the slides' pages are there.
 * @throws where the edition's front page does not show its slide by itself
 */
export async function writeCover(browser: Browser, { deck, folder, ownBase }: SiteEdition): Promise<void> {
  const served = await serveBuild(folder, ownBase)
  const address = served.origin + ownBase
  try {
    await writeFile(join(folder, 'cover.png'), await draw(browser, async (page) => {
      // The page by itself, without the app.
      await page.route('**/assets/**', route => route.abort())
      await page.goto(address)
      if (await page.locator('#first > article:not([hidden])').count() !== 1) throw new Error(`${address} does not show its slide by itself.`)
      // The cover fills the picture's width; what of its height is too much goes at top and bottom, where it is empty.
      await page.addStyleTag({ content: `:root{--first-scale:${COVER.width / canvasOf(deck).width}!important}#first :is(nav,.language-switch){display:none}` })
      await page.evaluate(() => document.fonts.ready)
      return page.screenshot()
    }))
  }
  finally {
    await served.close()
  }
}

/** A PNG as ICO file (Microsoft's icon format: a directory with one entry, then the picture). */
function icoOf(png: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(1, 4)
  head.writeUInt8(size, 6)
  head.writeUInt8(size, 7)
  head.writeUInt16LE(1, 10)
  head.writeUInt16LE(32, 12)
  head.writeUInt32LE(png.length, 14)
  head.writeUInt32LE(head.length, 18)
  return Buffer.concat([head, png])
}
