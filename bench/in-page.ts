/** What a page tells of itself; times in ms since the Unix epoch, so that they compare across documents. */
export type Report =
  | { kind: 'sight', at: number, sight: Sight }
  | { kind: 'key', at: number }
  | { kind: 'first-contentful-paint' | 'largest-contentful-paint', at: number, started: number }
  | { kind: 'layout-shift', at: number, value: number }
  | { kind: 'busy', at: number }
  | { kind: 'glide', at: number, longest: number }

/** What a frame shows. */
export interface Sight {
  address: string
  /** Headlines that show in their own fonts, without their blanks. */
  titles: string[]
  /** Those of them whose slide shows a diagram, with no font missing. */
  drawn: string[]
}

/**
 * Runs in the page before its own scripts, and tells through the binding `name` each change of what its frames show,
 * at the end of the first frame that shows it, the slide before still being there or not; the keys pressed, at the time the browser got them; paints and shifts;
 * and of each picture that glides its longest frame.
 */
export function watch(name: string): void {
  const tell = (report: Report) => (Reflect.get(window, name) as (text: string) => void)(JSON.stringify(report))
  const wall = (time: number) => performance.timeOrigin + time
  const parentOf = (element: Element): Element | null => element.parentElement ?? (element.getRootNode() instanceof ShadowRoot ? (element.getRootNode() as ShadowRoot).host : null)

  const shows = (element: Element, width: number, height: number): boolean => {
    const box = element.getBoundingClientRect()
    if (box.width < width || box.height < height || box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth || box.top >= innerHeight) return false
    if (!element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) return false
    let opacity = 1
    for (let at: Element | null = element; at; at = parentOf(at)) opacity *= Number(getComputedStyle(at).opacity)
    return opacity > 0.99
  }
  const hasFont = (element: Element): boolean => {
    const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(element)
    return document.fonts.check(`${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`, element.textContent)
  }
  const isDrawn = (picture: Element): boolean => shows(picture, 80, 30)
    && (picture instanceof HTMLImageElement ? picture.complete && picture.naturalWidth > 0 : picture.querySelector('path, rect, polygon, circle, text') !== null)
  /** Ours stands in .diagram, Slidev's own in the shadow of .mermaid, Marp's is an image. */
  const picturesOf = (slide: Element): Element[] => [
    ...slide.querySelectorAll('.diagram svg, img'),
    ...[...slide.querySelectorAll('.mermaid')].flatMap(host => [...host.shadowRoot?.querySelectorAll('svg') ?? []]),
  ]
  const look = (): Sight => {
    const headings = [...document.querySelectorAll('h1')].filter(heading => shows(heading, 1, 1) && hasFont(heading))
    const titleOf = (heading: Element) => heading.textContent.replace(/\s+/g, '')
    const drawn = document.fonts.status !== 'loaded' ? [] : headings.filter((heading) => {
      const slide = heading.closest('.slidev-layout, section')
      return slide !== null && picturesOf(slide).some(isDrawn)
    })
    return { address: location.href, titles: [...new Set(headings.map(titleOf))], drawn: [...new Set(drawn.map(titleOf))] }
  }

  let last = ''
  let frame = performance.now()
  let glide: Element | null = null
  let longest = 0
  const each = () => {
    // Not the time that the frame bears: that may lie before the key whose work has held it up.
    const now = performance.now()
    const took = now - frame
    if (took > 50) tell({ kind: 'busy', at: wall(now) })
    frame = now
    if (glide) longest = Math.max(longest, took)
    const gliding = document.querySelector('.glide')
    if (gliding !== glide) {
      if (glide) tell({ kind: 'glide', at: wall(now), longest })
      glide = gliding
      longest = 0
    }
    requestAnimationFrame(each)
    // To look at every element would hold the glide up.
    if (glide) return
    const sight = look()
    const text = JSON.stringify(sight)
    if (text !== last) {
      last = text
      // A message posted here comes after the frame's painting.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        tell({ kind: 'sight', at: wall(performance.now()), sight })
      }
      port2.postMessage(undefined)
    }
  }
  requestAnimationFrame(each)

  addEventListener('keydown', event => tell({ kind: 'key', at: wall(event.timeStamp) }), { capture: true })
  const observe = (type: string, use: (entry: PerformanceEntry) => void) => new PerformanceObserver(list => list.getEntries().forEach(use)).observe({ type, buffered: true })
  observe('paint', entry => entry.name === 'first-contentful-paint' && tell({ kind: 'first-contentful-paint', at: wall(entry.startTime), started: wall(0) }))
  observe('largest-contentful-paint', entry => tell({ kind: 'largest-contentful-paint', at: wall(entry.startTime), started: wall(0) }))
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number, hadRecentInput: boolean }
    if (!hadRecentInput) tell({ kind: 'layout-shift', at: wall(entry.startTime), value })
  })
}
