import type { Page } from 'playwright-chromium'
import type { Point } from './pixels.ts'

/** A stroke that says old or new: points along it and, for comparison, beside it, in px of the window. */
export interface SideStroke {
  what: string
  side: 'old' | 'new'
  /** In px of the window. */
  length: number
  along: Point[]
  beside: Point[]
}

/** Every visible stroke of the slide being shown that says old or new: in diagrams, shifts and comparisons. */
export function sideStrokes(page: Page): Promise<SideStroke[]> {
  return page.evaluate(() => {
    const slide = [...document.querySelectorAll('#slideshow > [data-slidev-no]')].find(el => el.checkVisibility())
    const isShown = (el: Element) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const side = (el: Element | null) => el?.matches('.old, td:nth-child(2)') ? 'old' as const : el?.matches('.new, td:nth-child(3)') ? 'new' as const : undefined
    const BESIDE = 9
    const strokes: SideStroke[] = []
    for (const el of slide?.querySelectorAll('.shift .side, .comparison td:nth-child(n + 2), .diagram :is(.old, .new) > :is(.shape, .line, .lifeline)') ?? []) {
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
      const count = Math.floor(length)
      // Too short to have dashes.
      if (count < 60) continue
      const along: { x: number, y: number }[] = []
      const beside: { x: number, y: number }[] = []
      for (let i = 0; i < count; i++) {
        const point = at(i / count)
        const next = at(Math.min(1, (i + 1) / count))
        along.push({ x: point.x, y: point.y })
        const step = Math.hypot(next.x - point.x, next.y - point.y) || 1
        for (const way of [-BESIDE, BESIDE]) beside.push({ x: point.x - (next.y - point.y) / step * way, y: point.y + (next.x - point.x) / step * way })
      }
      strokes.push({ what: `${which} ${el.tagName.toLowerCase()}.${(isSvg ? el.parentElement : el)?.getAttribute('class')?.replace(/ /g, '.') ?? ''}`, side: which, length, along, beside })
    }
    return strokes
  })
}
