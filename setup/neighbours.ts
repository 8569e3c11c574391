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

/**
 * Fetches the faces that the slides beside one will be set in, once there is nothing else to do:
 * a browser asks for a face only when its text shows, and the step would wait for it.
 */
export function fetchNeighbours(no: number): void {
  const whenIdle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200))
  whenIdle(() => {
    for (const neighbour of [no + 1, no - 1]) {
      const slide = document.querySelector(`#slideshow > [data-slidev-no="${neighbour}"]`)
      for (const [face, text] of slide ? textsByFace(slide) : []) void document.fonts.load(face, text).catch(() => undefined)
    }
  })
}
