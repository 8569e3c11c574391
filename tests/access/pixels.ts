import type { Browser, CDPSession, Page } from 'playwright-chromium'

/** Where to look, in px of the screenshot. */
export interface Point { x: number, y: number }

/** How what was painted along a line changes. */
export interface Stroke {
  /** Times that it was left off, as dashes are. */
  gaps: number
  /** Contrast between what is painted and the gaps, or what is beside it (WCAG 2.2). */
  contrast: number
}

/** What linear red, green and blue become, row by row. */
export type ColourMatrix = readonly [number, number, number, number, number, number, number, number, number]

export const AS_IT_IS: ColourMatrix = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/** A PNG of what a page shows, or of a part of it, in Base64: without the waits and the small files of Playwright's own. */
export async function picture(cdp: CDPSession, clip?: { x: number, y: number, width: number, height: number }): Promise<string> {
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true, ...clip && { clip: { ...clip, scale: 1 } } })
  return data
}

/** Reads screenshots: a blank page that decodes them. */
export class Pixels {
  private readonly page: Page
  private readers = 0

  private constructor(page: Page) {
    this.page = page
  }

  static async open(browser: Browser): Promise<Pixels> {
    const page = await browser.newPage()
    await page.evaluate(READ)
    return new Pixels(page)
  }

  close(): Promise<void> {
    return this.page.close()
  }

  /**
   * Relative luminance (WCAG 2.2) at each point of each list, as often as it is asked of a picture: a PNG in Base64.
   * One answer for each matrix that the colours are seen through.
   */
  async reader(lists: readonly (readonly Point[])[]): Promise<(png: string, through: readonly ColourMatrix[]) => Promise<number[][][]>> {
    const id = this.readers++
    // As text: thousands of points go over the wire much faster so.
    await this.page.evaluate(([id, lists]) => (window as unknown as Reader).remember(id, lists), [id, JSON.stringify(lists)] as const)
    return async (png, through) => JSON.parse(await this.page.evaluate(([id, png, through]) => (window as unknown as Reader).luminances(id, png, through), [id, png, through] as const)) as number[][][]
  }

  /** The same of one picture. */
  async luminances(png: string, lists: readonly (readonly Point[])[]): Promise<number[][]> {
    return (await (await this.reader(lists))(png, [AS_IT_IS]))[0] ?? []
  }

  /** How many px differ by a contrast of at least 3:1 between two screenshots of the same size. */
  changed(before: string, after: string): Promise<number> {
    return this.page.evaluate(([before, after]) => (window as unknown as Reader).changed(before, after), [before, after] as const)
  }
}

interface Reader {
  remember: (id: number, lists: string) => void
  luminances: (id: number, png: string, through: readonly ColourMatrix[]) => Promise<string>
  changed: (before: string, after: string) => Promise<number>
}

/** Defines the reader in a page. */
const READ = `
  const pixels = async (png) => {
    const bytes = Uint8Array.from(atob(png), char => char.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
    context.drawImage(image, 0, 0)
    return context.getImageData(0, 0, image.width, image.height)
  }
  const part = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  const within = value => Math.min(1, Math.max(0, value))
  const luminance = ({ data, width }, x, y, [rr, rg, rb, gr, gg, gb, br, bg, bb] = [${AS_IT_IS.join()}]) => {
    const at = (Math.floor(y) * width + Math.floor(x)) * 4
    const [r, g, b] = [part(data[at]), part(data[at + 1]), part(data[at + 2])]
    return 0.2126 * within(rr * r + rg * g + rb * b) + 0.7152 * within(gr * r + gg * g + gb * b) + 0.0722 * within(br * r + bg * g + bb * b)
  }
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  const remembered = new Map()
  window.remember = (id, lists) => {
    remembered.set(id, JSON.parse(lists))
    remembered.delete(id - 20)
  }
  window.luminances = async (id, png, through) => {
    const image = await pixels(png)
    const at = matrix => ({ x, y }) => Math.round(1e4 * luminance(image, Math.min(x, image.width - 1), Math.min(y, image.height - 1), matrix)) / 1e4
    return JSON.stringify(through.map(matrix => remembered.get(id).map(points => points.map(at(matrix)))))
  }
  window.changed = async (before, after) => {
    const [a, b] = await Promise.all([pixels(before), pixels(after)])
    let count = 0
    for (let y = 0; y < a.height; y++) for (let x = 0; x < a.width; x++) if (ratio(luminance(a, x, y), luminance(b, x, y)) >= 3) count++
    return count
  }
`

/**
 * What the luminances along a stroke tell of it.
 * @param along three to each place, of which the one counts that stands out most.
 * @param beside what is painted next to it.
 */
export function strokeOf(along: readonly number[], beside: number): Stroke {
  const contrast = (luminance: number) => (Math.max(luminance, beside) + 0.05) / (Math.min(luminance, beside) + 0.05)
  const places = Array.from({ length: Math.floor(along.length / 3) }, (_, i) => Math.max(...along.slice(3 * i, 3 * i + 3).map(contrast)))
  // A quarter of it stands out more: the ends of dashes do less, what crosses it may do more.
  const full = places.toSorted((a, b) => b - a)[Math.floor(places.length / 4)] ?? 1
  const isInk = places.map(each => each > Math.sqrt(full))
  return { gaps: full < 1.5 ? 0 : isInk.filter((now, i) => i > 0 && now && !isInk[i - 1]).length, contrast: Math.round(full * 100) / 100 }
}
