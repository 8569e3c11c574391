// Functions that run in the browser, on the deck's print page. Each is sent there as text: it may use nothing from outside itself.

/** For each picture of a slide in order that is there whole: the slide's number. */
export function arrivedSlides(): number[] {
  const isThere = (picture: Element) => {
    const slide = picture.querySelector('.slidev-page')
    if (!slide || slide.querySelector('.slidev-slide-loading')) return false
    // Until a slide's own script is there, Vue leaves an empty comment in its place. Not every layout has this class.
    return slide.querySelector('.slidev-layout') || [...slide.childNodes].every(node => !(node instanceof Comment) || node.data)
  }
  return [...document.querySelectorAll('.print-slide-container')].filter(isThere).map(({ id }) => Number.parseInt(id))
}

/** Width and height of a slide, in pixels. */
export function slideSize(): { width: number, height: number } {
  const picture = document.querySelector<HTMLElement>('.print-slide-container')
  return { width: picture?.offsetWidth ?? 0, height: picture?.offsetHeight ?? 0 }
}

/**
 * Waits until all faces in use are there and nothing moves.
 * @returns the faces that did not load.
 */
export async function settle(): Promise<string[]> {
  const frame = () => new Promise(requestAnimationFrame)
  await frame()
  await document.fonts.ready
  await Promise.all(document.getAnimations().filter(each => Number.isFinite(each.effect?.getComputedTiming().endTime)).map(each => each.finished.catch(() => undefined)))
  await frame()
  await document.fonts.ready
  return [...document.fonts].filter(face => face.status === 'error' || face.status === 'loading').map(face => `${face.family.replaceAll('"', '')} ${face.weight} (${face.unicodeRange.split(',')[0] ?? ''} …)`)
}

/**
 * Removes all other slides: a built deck does not heed Slidev's own `range`.
 * @returns the number of each picture's slide.
 */
export function keepOnly(slides: readonly number[]): number[] {
  return [...document.querySelectorAll('.print-slide-container')].flatMap((picture) => {
    const no = Number.parseInt(picture.id)
    if (slides.includes(no)) return [no]
    picture.remove()
    return []
  })
}

/**
 * Makes the slides ready for a tagged PDF, without changing what one sees.
 * @param given `fills` mark where pictures begin and end; `ids` are the slides' in order, '' where one has none.
 */
export function prepare({ fills, scheme, ids }: { fills: { start: string, end: string }, scheme: 'light' | 'dark', ids: readonly string[] }): void {
  document.documentElement.style.colorScheme = scheme
  // What is hidden until a click takes part in neither picture nor text; what stands beside the deck would fill a page of its own.
  const style = new CSSStyleSheet()
  // A sheet of its own: the page's policy refuses <style>.
  style.replaceSync('.slidev-vclick-hidden { visibility: hidden !important } body > :not(#app, .handout) { display: none !important }')
  document.adoptedStyleSheets.push(style)

  const SVG = 'http://www.w3.org/2000/svg'
  const marker = (svg: SVGSVGElement, fill: string) => {
    const { x, y, width, height } = svg.viewBox.baseVal
    const rect = document.createElementNS(SVG, 'rect')
    for (const [name, value] of Object.entries({ x: x + width / 2, y: y + height / 2, width: 0.02, height: 0.02 })) rect.setAttribute(name, String(value))
    rect.style.cssText = `fill: ${fill} !important; stroke: none !important; opacity: 1; visibility: visible`
    return rect
  }
  for (const picture of document.querySelectorAll<HTMLElement | SVGSVGElement>('[role="img"]')) {
    const svg = picture instanceof SVGSVGElement ? picture : picture.querySelector('svg')
    // States of a moving picture that do not show keep their places.
    if (!svg || getComputedStyle(picture).visibility === 'hidden') continue
    const describedBy = picture.getAttribute('aria-describedby')
    const words = [
      picture.querySelector(':scope > .mark')?.textContent,
      picture.getAttribute('aria-label'),
      describedBy && document.getElementById(describedBy)?.textContent,
    ]
    picture.setAttribute('aria-label', words.map(text => text?.trim()).filter(Boolean).join('\n'))
    picture.removeAttribute('aria-describedby')
    // Chromium gives a place in the structure only to what paints something of its own.
    if (getComputedStyle(picture).backgroundColor === 'rgba(0, 0, 0, 0)') picture.style.backgroundColor = 'rgb(128 128 128 / 0.5%)'
    svg.prepend(marker(svg, fills.start))
    svg.append(marker(svg, fills.end))
  }
  // Terms and translations side by side are a table to a PDF, which has no list of that kind.
  for (const list of document.querySelectorAll('dl:has(> div)')) {
    list.setAttribute('role', 'table')
    for (const entry of list.children) entry.setAttribute('role', 'row')
    for (const term of list.querySelectorAll('dt')) term.setAttribute('role', 'rowheader')
    for (const text of list.querySelectorAll('dd')) text.setAttribute('role', 'cell')
  }
  for (const aside of document.querySelectorAll('aside')) aside.setAttribute('role', 'group')
  // Links between slides, by number or id, lead to a slide's page.
  const places = new Map<number, string>()
  for (const { id } of document.querySelectorAll('.print-slide-container')) if (!places.has(Number.parseInt(id))) places.set(Number.parseInt(id), id)
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.print-slide-container a[href^="#"]')) {
    const target = link.hash.replace(/^#\/?/, '')
    const place = places.get(Number(target) || ids.indexOf(target) + 1)
    if (place) link.setAttribute('href', `#${place}`)
    else if (!document.getElementById(target)) link.removeAttribute('href')
  }
}

/**
 * Loads the handout's own faces, which its layout is measured with.
 * @returns those that did not load.
 */
export async function loadHandoutFonts(): Promise<string[]> {
  const faces = [...document.fonts].filter(face => face.family.includes('Handout'))
  await Promise.all(faces.map(face => face.load().catch(() => undefined)))
  return faces.filter(face => face.status !== 'loaded').map(face => `${face.family.replaceAll('"', '')} ${face.weight}`)
}

/**
 * Makes the print page a handout.
 * @param html its pages, with frames for the slides' pictures.
 * @returns the numbers of slides whose narration finds no room on its page.
 */
export function layOutHandout(html: string): number[] {
  /** Width of a slide's picture, as in the style sheet. */
  const PICTURE = 682
  const [LARGEST, SMALLEST] = [17, 9]
  const handout = document.createElement('div')
  handout.className = 'handout'
  handout.innerHTML = html
  const frames = [...handout.querySelectorAll<HTMLElement>('.handout-picture')]
  const pageOf = (no: number) => frames.find(frame => Number(frame.dataset['slide']) === no)?.parentElement
  for (const frame of frames) {
    const picture = [...document.querySelectorAll<HTMLElement>('.print-slide-container')].find(({ id }) => Number.parseInt(id) === Number(frame.dataset['slide']))
    if (!picture) throw new Error(`Slide ${frame.dataset['slide']} is not on the print page.`)
    // A scaled layer would come out as one object, apart from the page's structure: zoom paints in place.
    const { offsetWidth, offsetHeight } = picture
    picture.style.zoom = String(PICTURE / offsetWidth)
    frame.style.height = `${Math.floor(offsetHeight * PICTURE / offsetWidth)}px`
    frame.append(picture)
  }
  for (const link of handout.querySelectorAll<HTMLAnchorElement>('.print-slide-container a[href^="#"]')) {
    const page = pageOf(Number.parseInt(link.hash.slice(1)))
    if (page) link.setAttribute('href', `#${page.id}`)
  }
  for (const old of document.body.children) (old as HTMLElement).style.display = 'none'
  document.body.append(handout)

  const fits = (page: HTMLElement | null | undefined) => {
    if (!page) return true
    for (let size = LARGEST; page.scrollHeight > page.clientHeight && size > SMALLEST;) {
      size -= 0.5
      page.style.setProperty('--handout-size', `${size}px`)
    }
    return page.scrollHeight <= page.clientHeight
  }
  fits(handout.querySelector<HTMLElement>('.handout-contents'))
  return frames.filter(frame => !fits(frame.parentElement)).map(frame => Number(frame.dataset['slide']))
}

/** The file of a card that was laid out and finds no room on its page. */
export function overlongCard(): string | undefined {
  const card = document.querySelector<HTMLElement>('.card')
  return card && card.scrollHeight > card.clientHeight ? card.dataset['file'] : undefined
}
