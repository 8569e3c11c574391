import type { Page, Route } from 'playwright-chromium'

declare global {
  interface Window { layoutShift?: number }
}

/** Something a slide shows: a text or a shape, where it is and how it looks. */
export interface Item {
  what: string
  /** Left, top, width and height in px. */
  box: number[]
  look: string
}
export type Layout = Item[]

/**
 * Keeps the app from coming until it is released, and again when it is held back anew; measures layout shifts.
 * @param files what of the app is kept back.
 */
export async function holdApp(page: Page, files = '**/assets/index-*.js'): Promise<{ hold: () => void, release: () => void }> {
  await page.addInitScript(() => {
    window.layoutShift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) window.layoutShift = (window.layoutShift ?? 0) + entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  let held: Route[] = []
  let isOpen = false
  await page.route(files, async (route) => {
    if (isOpen) await route.continue()
    else held.push(route)
  })
  return {
    hold: () => isOpen = false,
    release: () => {
      isOpen = true
      for (const route of held) void route.continue().catch(() => undefined)
      held = []
    },
  }
}

/** In the page: whether the app has taken over. */
export const hands = () => !document.querySelector('#first') && Boolean(document.querySelector('#slide-content'))

/** In the page: whether the slide that stands in it has its faces. */
export const faces = () => Boolean(document.querySelector('#first')) && document.fonts.status === 'loaded' && !document.documentElement.classList.contains('faces-coming')

/** In the page: everything a part of it shows. */
export function layout(selector: string): Layout {
  const within = document.querySelector(selector)
  if (!within) return []
  const items: Layout = []
  const boxOf = ({ x, y, width, height }: DOMRect) => [x, y, width, height]
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node instanceof Element ? node : node.parentElement
    if (!element?.checkVisibility() || element.closest('noscript')) continue
    const style = getComputedStyle(element)
    if (node instanceof SVGGeometryElement) items.push({ what: node.tagName, box: boxOf(node.getBoundingClientRect()), look: `${style.fill} ${style.stroke} ${style.strokeWidth} ${style.strokeDasharray} ${style.visibility} ${style.opacity}` })
    const text = node.nodeType === Node.TEXT_NODE ? node.textContent?.trim() : ''
    if (!text) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    items.push({ what: text, box: boxOf(range.getBoundingClientRect()), look: `${style.color} ${style.fill} ${style.fontSize} ${style.fontWeight} ${style.visibility} ${style.opacity}` })
  }
  return items
}
