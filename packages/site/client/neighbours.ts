import type { SlideRoute } from '@slidev/types'

/** How long a picture that glides (client/play.ts of slidev-addon-diagrams) is left alone before it is looked at again, in milliseconds. */
const GLIDING = 300

/** Calls something once there is nothing else to do; Safari cannot tell when that is. */
export function whenIdle(call: () => unknown): void {
  const attempt = () => {
    if (document.querySelector('.gliding')) setTimeout(whenIdle, GLIDING, call)
    else call()
  }
  if ('requestIdleCallback' in window) requestIdleCallback(attempt)
  else setTimeout(attempt, 200)
}

/** How many frames a loaded slide may take to be rendered. */
const FRAMES = 60

/**
 * Loads the slides beside one and lays them out, once there is nothing else to do. Slidev loads them within the frame that
 * shows the slide itself, which comes later for it; and a browser fetches faces and shapes text only when they are first laid
 * out, which the step to them would wait for.
 */
export function prepareNeighbours(slides: readonly SlideRoute[], no: number): void {
  for (const neighbour of [slides[no], slides[no - 2]]) {
    if (neighbour) whenIdle(() => void prepare(neighbour).catch(() => undefined))
  }
}

async function prepare(slide: SlideRoute): Promise<void> {
  await slide.load()
  whenIdle(() => {
    slide.meta.__preloaded = true
    void layOutOnceRendered(slide.no)
  })
}

async function layOutOnceRendered(no: number): Promise<void> {
  for (let frame = 0; frame < FRAMES; frame++) {
    const page = document.querySelector<HTMLElement>(`#slideshow > [data-slidev-no="${no}"]`)
    if (page?.firstElementChild && !page.querySelector('.slidev-slide-loading')) {
      whenIdle(() => layOut(page))
      return
    }
    await new Promise(requestAnimationFrame)
  }
}

/** Lays out a slide that does not show. Nothing of it is painted: it is as it was when this returns. */
function layOut(page: HTMLElement): void {
  const { style } = page
  if (style.display !== 'none') return
  style.visibility = 'hidden'
  style.display = ''
  page.getBoundingClientRect()
  style.display = 'none'
  style.visibility = ''
}
