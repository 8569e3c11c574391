import type { Browser } from 'playwright-chromium'
import { openStates } from './states.ts'

/** How far from a place, as a part of the slide's width and height, something of the kind has to be painted. */
const NEAR = 0.02

/**
 * Holds pictures of slides against what a browser shows of them.
 * @param count of the deck's slides.
 * @param pictures of each state of each slide, as PNG files of the size of a slide.
 * @returns for each the part of what is painted in either that has nothing near it in the other.
 */
export async function shownPictures(browser: Browser, address: string, count: number, pictures: readonly Buffer[]): Promise<number[]> {
  const { page, ids } = await openStates(browser, address, count)
  const context = page.context()
  const blank = await context.newPage()
  const strays: number[] = []
  for (const [i, id] of ids.entries()) {
    const shown = await page.locator(`[id="${id}"]`).screenshot()
    strays.push(await blank.evaluate(strayPart, { one: shown.toString('base64'), other: pictures[i]?.toString('base64') ?? '', near: NEAR }))
  }
  await context.close()
  return strays
}

/** Runs in a browser: the part of what is painted in either of two pictures that has nothing near it in the other. */
async function strayPart({ one, other, near }: { one: string, other: string, near: number }): Promise<number> {
  /** The places, in steps of two px, that differ from those around them: edges of letters and shapes. */
  const marksOf = async (png: string) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
    const [width, height] = [490, 276]
    const canvas = new OffscreenCanvas(width, height)
    const painter = canvas.getContext('2d')
    if (!painter) throw new Error('The browser paints no canvas.')
    painter.drawImage(image, 0, 0, width, height)
    const { data } = painter.getImageData(0, 0, width, height)
    const light = (x: number, y: number) => (data[4 * (y * width + x)] ?? 0) + (data[4 * (y * width + x) + 1] ?? 0) + (data[4 * (y * width + x) + 2] ?? 0)
    const marks = new Uint8Array(width * height)
    for (let y = 1; y < height; y++) for (let x = 1; x < width; x++) if (Math.abs(light(x, y) - light(x - 1, y)) + Math.abs(light(x, y) - light(x, y - 1)) > 120) marks[y * width + x] = 1
    return { marks, width, height }
  }
  const [a, b] = [await marksOf(one), await marksOf(other)]
  const [across, down] = [Math.round(near * a.width), Math.round(near * a.height)]
  const strayIn = (from: typeof a, to: typeof a) => {
    let [all, stray] = [0, 0]
    for (let y = 0; y < from.height; y++) {
      for (let x = 0; x < from.width; x++) {
        if (!from.marks[y * from.width + x]) continue
        all++
        let isNear = false
        for (let v = Math.max(0, y - down); !isNear && v <= Math.min(to.height - 1, y + down); v++) for (let u = Math.max(0, x - across); !isNear && u <= Math.min(to.width - 1, x + across); u++) isNear = to.marks[v * to.width + u] === 1
        if (!isNear) stray++
      }
    }
    return all === 0 ? 0 : stray / all
  }
  return Math.max(strayIn(a, b), strayIn(b, a))
}
