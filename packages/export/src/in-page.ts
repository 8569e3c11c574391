// Functions that run in the browser, on the deck's print page. Each is sent there as text: it may use nothing from outside itself.
import type { NarrationParagraph } from './narration.ts'

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
    if (!svg) continue
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

/** A slide's page in the handout. */
export interface HandoutSlide {
  no: number
  headline: string
  /** Of a new chapter: its name. */
  chapter?: string
  sources: string[]
  narration: NarrationParagraph[]
}

/** What the handout says beside the slides' pictures. */
export interface HandoutText {
  title: string
  info: string
  author: string
  labels: { handout: string, contents: string, sources: string, size: string }
  slides: HandoutSlide[]
}

/**
 * Makes the print page a handout: title page, contents, then a page a slide with its narration.
 * @returns the numbers of slides whose narration finds no room on its page.
 */
export function layOutHandout(text: HandoutText): number[] {
  const SMALLEST = 9
  /** Width of a slide's picture, as in the style sheet. */
  const PICTURE = 682
  const make = (tag: string, className: string, ...kids: (Node | string)[]) => {
    const element = document.createElement(tag)
    if (className) element.className = className
    element.append(...kids)
    return element
  }
  /** Decoration that a screen reader passes over. */
  const mute = (className: string, content = '') => {
    const element = make('span', className, content)
    element.setAttribute('aria-hidden', 'true')
    return element
  }
  const FIRST = 3
  const pageOf = (i: number) => FIRST + i
  const page = (className: string, no: number, ...kids: Node[]) => {
    const element = make('section', `handout-page ${className}`, ...kids)
    element.id = `handout-${no}`
    return element
  }
  const foot = (no: number) => {
    const element = make('div', 'handout-foot', make('span', '', text.title), make('span', '', String(no)))
    element.setAttribute('aria-hidden', 'true')
    return element
  }

  const title = page('handout-title', 1, make('p', 'handout-kind', text.labels.handout), make('h1', '', text.title),
    ...text.info ? [make('p', 'handout-info', text.info)] : [],
    make('p', 'handout-author', ...text.author ? [text.author] : []), make('p', 'handout-size', text.labels.size))

  const list = make('ul', 'handout-list')
  text.slides.forEach((slide, i) => {
    const link = make('a', '', make('span', 'no', String(slide.no)), make('span', 'headline', slide.headline), mute('leader'), make('span', 'page', String(pageOf(i)))) as HTMLAnchorElement
    link.href = `#handout-${pageOf(i)}`
    const item = make('li', slide.chapter ? 'opens' : '', ...slide.chapter ? [make('span', 'chapter', slide.chapter)] : [], link)
    list.append(item)
  })
  const contents = page('handout-contents', 2, make('h1', '', text.labels.contents), list, foot(2))

  const slides = text.slides.map((slide, i) => {
    const picture = [...document.querySelectorAll<HTMLElement>('.print-slide-container')].find(each => Number.parseInt(each.id) === slide.no)
    if (!picture) throw new Error(`Slide ${slide.no} is not on the print page.`)
    const narration = make('div', 'handout-narration', ...slide.narration.map(({ pieces, clicked }) => {
      const paragraph = make('p', '')
      pieces.forEach((piece, j) => {
        if (j > 0 || clicked) paragraph.append(mute('click'))
        paragraph.append(piece)
      })
      return paragraph
    }))
    const sources = slide.sources.length > 0 ? [make('p', 'handout-sources', `${text.labels.sources} ${slide.sources.join(' ')}`)] : []
    // A scaled layer would come out as one object, apart from the page's structure: zoom paints in place.
    const { offsetWidth, offsetHeight } = picture
    picture.style.zoom = String(PICTURE / offsetWidth)
    const frame = make('div', 'handout-picture', picture)
    frame.style.height = `${Math.floor(offsetHeight * PICTURE / offsetWidth)}px`
    return page('handout-slide', pageOf(i), frame, narration, ...sources, foot(pageOf(i)))
  })
  const places = new Map(text.slides.map((slide, i) => [slide.no, pageOf(i)]))
  for (const slide of slides) {
    for (const link of slide.querySelectorAll<HTMLAnchorElement>('.print-slide-container a[href^="#"]')) {
      const place = places.get(Number.parseInt(link.getAttribute('href')?.slice(1) ?? ''))
      if (place) link.setAttribute('href', `#handout-${place}`)
    }
  }
  const handout = make('div', 'handout', title, contents, ...slides)
  for (const old of document.body.children) (old as HTMLElement).style.display = 'none'
  document.body.append(handout)

  const fit = (element: HTMLElement, size: number) => {
    while (element.scrollHeight > element.clientHeight && size > SMALLEST) {
      size -= 0.5
      element.style.setProperty('--handout-size', `${size}px`)
    }
    return element.scrollHeight <= element.clientHeight
  }
  const START = 17
  fit(contents, START)
  return slides.flatMap((element, i) => fit(element, START) ? [] : [text.slides[i]?.no ?? 0])
}
