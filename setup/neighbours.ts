import { nextTick } from 'vue'
import type { SlideRoute } from '@slidev/types'

/** All faces' texts of an element, by the shorthand that `document.fonts.load` takes. */
function textsByFace(element: Element): Map<string, string> {
  const texts = new Map<string, string>()
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // A diagram's description is for screen readers alone.
    if (!node.textContent?.trim() || !node.parentElement || node.parentElement.closest('[hidden]')) continue
    const { fontFamily, fontWeight } = getComputedStyle(node.parentElement)
    const face = `${fontWeight} 1em ${fontFamily.split(',')[0] ?? ''}`
    texts.set(face, (texts.get(face) ?? '') + node.textContent)
  }
  return texts
}

/** Calls something once there is nothing else to do; Safari cannot tell when that is. */
const whenIdle = window.requestIdleCallback ?? ((call: () => void) => setTimeout(call, 200))

/**
 * Loads and lays out the slides beside one, and fetches the faces that they will be set in, once there is nothing else to do.
 * Slidev does so within the frame that shows the slide itself, which comes later for it; and a browser asks for a face only
 * when its text shows, which the step would wait for.
 */
export function prepareNeighbours(slides: readonly SlideRoute[], no: number): void {
  for (const neighbour of [slides[no], slides[no - 2]]) {
    if (!neighbour) continue
    whenIdle(() => void prepare(neighbour).catch(() => undefined))
  }
}

async function prepare(slide: SlideRoute): Promise<void> {
  slide.meta.__preloaded = true
  await slide.load()
  await nextTick()
  const element = document.querySelector(`#slideshow > [data-slidev-no="${slide.no}"]`)
  for (const [face, text] of element ? textsByFace(element) : []) void document.fonts.load(face, text).catch(() => undefined)
}
