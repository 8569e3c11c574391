import type { Browser, Page } from 'playwright-chromium'

/** Where to look, in px of the screenshot. */
export interface Point { x: number, y: number }

/** How what was painted along a line changes. */
export interface Stroke {
  /** Times that it was left off, as dashes are. */
  gaps: number
  /** Contrast between what is painted and the gaps, or what is beside it (WCAG 2.2). */
  contrast: number
}

/** Reads screenshots: a blank page that decodes them. */
export class Pixels {
  private readonly page: Page

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

  /** Relative luminance (WCAG 2.2) at each point. */
  luminances(png: Buffer, points: readonly Point[]): Promise<number[]> {
    return this.page.evaluate(([png, points]) => (window as unknown as Reader).luminances(png, points), [png.toString('base64'), points] as const)
  }

  /** How many px differ by a contrast of at least 3:1 between two screenshots of the same size. */
  changed(before: Buffer, after: Buffer): Promise<number> {
    return this.page.evaluate(([before, after]) => (window as unknown as Reader).changed(before, after), [before.toString('base64'), after.toString('base64')] as const)
  }
}

interface Reader {
  luminances: (png: string, points: readonly Point[]) => Promise<number[]>
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
  const luminance = ({ data, width }, x, y) => {
    const at = (Math.floor(y) * width + Math.floor(x)) * 4
    return 0.2126 * part(data[at]) + 0.7152 * part(data[at + 1]) + 0.0722 * part(data[at + 2])
  }
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  window.luminances = async (png, points) => {
    const image = await pixels(png)
    return points.map(({ x, y }) => luminance(image, Math.min(x, image.width - 1), Math.min(y, image.height - 1)))
  }
  window.changed = async (before, after) => {
    const [a, b] = await Promise.all([pixels(before), pixels(after)])
    let count = 0
    for (let y = 0; y < a.height; y++) for (let x = 0; x < a.width; x++) if (ratio(luminance(a, x, y), luminance(b, x, y)) >= 3) count++
    return count
  }
`

/** What the luminances along a stroke tell of it: of \`beside\`, what is painted next to it. */
export function strokeOf(along: readonly number[], beside: number): Stroke {
  const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  const sorted = along.toSorted((a, b) => contrast(b, beside) - contrast(a, beside))
  // The tenth of it that stands out most, but for what crosses it.
  const ink = sorted[Math.floor(sorted.length / 4)] ?? beside
  const full = contrast(ink, beside)
  const isInk = along.map(each => contrast(each, beside) > Math.sqrt(full))
  return { gaps: full < 1.5 ? 0 : isInk.filter((now, i) => i > 0 && now && !isInk[i - 1]).length, contrast: Math.round(full * 100) / 100 }
}
