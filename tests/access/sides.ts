import type { Page } from 'playwright-chromium'
import type { Point } from './pixels.ts'

/** A stroke that says old or new: points along it and, for comparison, beside it, in px of the window. */
export interface SideStroke {
  what: string
  side: 'old' | 'new'
  /** What is seen of it, in px of the window. */
  length: number
  /** Three to each place: a slanting line is painted half beside its own points. */
  along: Point[]
  beside: Point[]
}

/** Every visible stroke of the slide being shown that says old or new: in diagrams, shifts and comparisons. */
export async function sideStrokes(page: Page): Promise<SideStroke[]> {
  // As text: thousands of points go over the wire much faster so.
  return JSON.parse(await page.evaluate(() => {
    const slide = [...document.querySelectorAll('#slideshow > [data-slidev-no]')].find(el => el.checkVisibility())
    const isShown = (el: Element) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const side = (el: Element | null) => el?.matches('.old, td:nth-child(2)') ? 'old' as const : el?.matches('.new, td:nth-child(3)') ? 'new' as const : undefined
    const BESIDE = 9
    // Dashes are five times as long, and more.
    const STEP = 2
    const strokes: SideStroke[] = []
    const covers = [...slide?.querySelectorAll('.diagram :is(.ground, text, .pill > .shape)') ?? []].filter(isShown).map(el => el.getBoundingClientRect())
    for (const el of slide?.querySelectorAll('.comparison td:nth-child(n + 2), .diagram :is(.old, .new):not(.pill, .hero:not(.edge)) > :is(.shape, .line, .lifeline)') ?? []) {
      const isSvg = el instanceof SVGGeometryElement
      const which = side(isSvg ? el.parentElement : el)
      if (!which || !isShown(el)) continue
      let at: (share: number) => { x: number, y: number }
      let length: number
      if (isSvg) {
        const matrix = el.getScreenCTM()
        const own = el.getTotalLength()
        length = own * (matrix?.a ?? 1)
        at = share => new DOMPoint(el.getPointAtLength(own * share).x, el.getPointAtLength(own * share).y).matrixTransform(matrix ?? undefined)
      }
      else {
        const rect = el.getBoundingClientRect()
        const zoom = rect.width / (el as HTMLElement).offsetWidth
        const middle = Number.parseFloat(getComputedStyle(el).borderTopWidth) * zoom / 2
        length = rect.width - 40
        at = share => ({ x: rect.left + 20 + length * share, y: rect.top + middle })
      }
      const count = Math.floor(length / STEP)
      const along: { x: number, y: number }[] = []
      const beside: { x: number, y: number }[] = []
      for (let i = 0; i < count; i++) {
        const point = at(i / count)
        // A label on a line covers it.
        if (covers.some(box => point.x > box.left - 2 && point.x < box.right + 2 && point.y > box.top - 2 && point.y < box.bottom + 2)) continue
        const next = at(Math.min(1, (i + 1) / count))
        const step = Math.hypot(next.x - point.x, next.y - point.y) || 1
        const across = (way: number) => ({ x: point.x - (next.y - point.y) / step * way, y: point.y + (next.x - point.x) / step * way })
        along.push(...[0, -1, 1].map(across))
        beside.push(...[-BESIDE, BESIDE].map(across))
      }
      // Shorter ones have too few dashes to count.
      if (along.length / 3 * STEP < 60) continue
      strokes.push({ what: `${which} ${el.tagName.toLowerCase()}.${(isSvg ? el.parentElement : el)?.getAttribute('class')?.replace(/ /g, '.') ?? ''}`, side: which, length: along.length / 3 * STEP, along, beside })
    }
    return JSON.stringify(strokes, (_key, value: unknown) => typeof value === 'number' ? Math.round(value * 10) / 10 : value)
  })) as SideStroke[]
}
