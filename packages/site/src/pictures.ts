import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-chromium'
import { root } from 'slidev-addon-deck/run-slidev'
import { serveBuild } from './static-server.ts'
import { COVER, editionBase } from './head.ts'
import type { EditionApp } from './render.ts'

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
const CANVAS_WIDTH = 980

/** A browser's page that draws a picture, closed when it is drawn. */
async function draw<Picture>(browser: Browser, work: (page: Page) => Promise<Picture>): Promise<Picture> {
  const context = await browser.newContext({ viewport: COVER, colorScheme: 'light', reducedMotion: 'reduce', serviceWorkers: 'block', bypassCSP: true })
  try {
    return await work(await context.newPage())
  }
  finally {
    await context.close()
  }
}

/** Draws public/favicon.svg in the formats that browsers and phones ask for: by their places below a build. */
export function drawIcons(browser: Browser): Promise<Map<string, Buffer>> {
  return draw(browser, async (page) => {
    const drawing = await readFile(join(root, 'public/favicon.svg'), 'utf8')
    const drawn = new Map([['favicon.ico', icoOf(await drawIcon(page, drawing, FAVICON, 'any'), FAVICON)]])
    for (const { file, size, purpose } of [...ICONS, { file: 'apple-touch-icon.png', size: APPLE_TOUCH, purpose: 'apple' } as const]) drawn.set(file, await drawIcon(page, drawing, size, purpose))
    return drawn
  })
}

/**
 * Draws an edition's cover as it is shown with a shared link. Called when the slides' pages are there.
 * @param siteBase address of the whole build
 * @throws where the edition's front page does not show its cover by itself
 */
export async function writeCover(browser: Browser, { edition, folder }: EditionApp, siteBase: string): Promise<void> {
  const base = editionBase(siteBase, edition)
  const served = await serveBuild(folder, base)
  try {
    await writeFile(join(folder, 'cover.png'), await draw(browser, async (page) => {
      // The page by itself, without the app.
      await page.route('**/assets/**', route => route.abort())
      return drawCover(page, served.origin + base)
    }))
  }
  finally {
    await served.close()
  }
}

/** @param purpose those but `any` have no corners of their own: what shows them cuts them. */
async function drawIcon(page: Page, drawing: string, size: number, purpose: keyof typeof FILL): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  const ground = purpose === 'any' ? 'transparent' : /<rect[^>]* fill="(#\w+)"/.exec(drawing)?.[1]
  if (!ground) throw new Error('public/favicon.svg no longer begins with a rectangle in the colour of its ground.')
  await page.setContent(`<style>html,body{margin:0;height:100%;background:${ground}}body{display:grid;place-items:center}svg{width:${FILL[purpose] * 100}%}</style>${drawing}`)
  return page.screenshot({ omitBackground: true })
}

/** The cover fills the picture's width; what of its height is too much goes at top and bottom, where it is empty. */
async function drawCover(page: Page, address: string): Promise<Buffer> {
  await page.goto(address)
  if (await page.locator('#first .slidev-layout.cover h1').count() !== 1) throw new Error(`${address} does not show the cover by itself.`)
  await page.addStyleTag({ content: `:root{--first-scale:${COVER.width / CANVAS_WIDTH}!important}#first :is(nav,.language-switch){display:none}` })
  await page.evaluate(() => document.fonts.ready)
  return page.screenshot()
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
