// Functions that run in the browser, on the finished deck. Each is sent there as text: it may use nothing from outside itself.
import type { App } from 'vue'
import type { FontRole } from 'slidev-addon-deck/fonts'
import type { PageError } from './page-errors.ts'

/** A slide as it stands on the screen. */
export interface Picture {
  /** Its markup, with what lies over every slide. */
  markup: string
  /** What it shows in the kit's faces, by the face. */
  text: Record<FontRole, string>
}

/** A slide to go to. */
export interface Stop {
  no: number
  /** Its address below the edition's, without a click. */
  path: string
}

/** A slide before its first click and after its last. */
export interface Pictures {
  /** How many clicks it takes. */
  clicks: number
  first: Picture
  last: Picture
}

/** What the Content-Security-Policy of the pages would not let through. */
export interface Refusal {
  /** The directive, like `img-src`. */
  directive: string
  /** An address, or CSP's word for what has none: `inline`, `eval`, `data`. */
  what: string
  /** The slide that asked for it, as far as that can be seen. */
  slide: number
}

/** What came of the slides. */
export interface Visit {
  /** Those before the first that did not come. */
  pictures: Pictures[]
  /** What was waited for in vain, where one did not come. */
  missing?: string
}

/** Added to each page before its scripts run: notes what the page's policy (which only reports) would have refused. */
export function watchPolicy(): void {
  const refusals: Refusal[] = []
  Object.assign(window, { deckRefusals: refusals })
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    const pages = [...document.querySelectorAll<HTMLElement>('#slideshow > .slidev-page')]
    // The slides beside the one that shows are loaded too: the one that names the address asked for it.
    const page = pages.find(each => blockedURI.includes('/') && each.innerHTML.includes(blockedURI.replace(/\/$/, '').replaceAll('&', '&amp;'))) ?? pages.find(each => each.style.display !== 'none')
    refusals.push({ directive: effectiveDirective, what: blockedURI, slide: Number(page?.dataset['slidevNo'] ?? 0) })
  })
}

export const refusals = (): Refusal[] => (window as unknown as { deckRefusals: Refusal[] }).deckRefusals

/**
 * Goes through the slides of the running deck, without transitions.
 * @param patience how long, in milliseconds, each may take to come; after an error it is two seconds.
 */
export async function visit({ stops, patience }: { stops: readonly Stop[], patience: number }): Promise<Visit> {
  const pages = () => [...document.querySelectorAll<HTMLElement>('#slideshow > .slidev-page')]
  const isShown = (page: HTMLElement) => page.style.display !== 'none'
  const hasFailed = () => (window as unknown as { deckErrors: PageError[] }).deckErrors.length > 0 || pages().some(page => isShown(page) && page.querySelector('.slidev-layout.error'))

  // Each entry in the browser's history costs more than the slide it is for.
  history.pushState = history.replaceState = () => undefined
  const still = new CSSStyleSheet()
  still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }')
  document.adoptedStyleSheets.push(still)
  const app = () => document.querySelector<Element & { __vue_app__?: App }>('#app')?.__vue_app__

  const until = async (isSo: () => boolean | undefined): Promise<boolean> => {
    const start = performance.now()
    while (!isSo()) {
      if (performance.now() > start + (hasFailed() ? 2000 : patience)) return false
      await new Promise(done => setTimeout(done))
    }
    return true
  }
  const go = async (path: string) => {
    await app()?.config.globalProperties.$router.replace(path)
  }
  const isOn = (no: number) => {
    const [page, ...others] = pages().filter(isShown)
    const shown = window.deckSlide?.()
    return page?.dataset['slidevNo'] === String(no) && others.length === 0 && shown?.no === no && shown.isThere
  }

  const pictures: Pictures[] = []
  if (!await until(() => Boolean(app() && window.deckSlide))) return { pictures, missing: 'the app' }
  for (const { no, path } of stops) {
    await go(path)
    if (!await until(() => isOn(no))) return { pictures, missing: 'its content' }
    const first = picture()
    const clicks = window.deckSlide?.().clicks ?? 0
    if (clicks > 0) {
      await go(`${path}?clicks=${clicks}`)
      if (!await until(() => isOn(no) && window.deckSlide?.().click === clicks)) return { pictures, missing: `its click ${clicks}` }
      await new Promise(done => setTimeout(done))
    }
    pictures.push({ clicks, first, last: clicks > 0 ? picture() : first })
  }
  return { pictures }

  function picture(): Picture {
    const canvas = document.querySelector('#slide-content') ?? document.body
    const text = { display: '', body: '', strong: '' }
    const add = ({ fontFamily, fontWeight }: CSSStyleDeclaration, shown: string) => {
      if (fontFamily.includes('Deck Serif')) text.display += shown
      else if (fontFamily.includes('Deck Sans')) text[Number(fontWeight) >= 600 ? 'strong' : 'body'] += shown
    }
    const walk = (element: Element) => {
      if (element instanceof HTMLElement && element.matches('.slidev-page') && !isShown(element)) return
      const style = getComputedStyle(element)
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) add(style, node.textContent ?? '')
        if (node instanceof Element) walk(node)
      }
      for (const pseudo of element instanceof HTMLElement ? ['::before', '::after'] as const : []) {
        const own = getComputedStyle(element, pseudo)
        if (own.content.startsWith('"')) add(own, own.content)
      }
      // A list's own numerals are in the face of its items.
      if (style.display === 'list-item') add(style, '0123456789.•一二三四五六七八九十、')
    }
    walk(canvas)

    const copy = canvas.cloneNode(true) as HTMLElement
    for (const page of copy.querySelectorAll<HTMLElement>('.slidev-page')) {
      if (!isShown(page)) page.remove()
      // The app sets these on every slide; a style of the page's own would ask for a weaker policy.
      for (const name of ['user-select', 'display']) page.style.removeProperty(name)
    }
    for (const element of copy.querySelectorAll('*')) {
      if (element.getAttribute('style') === '') element.removeAttribute('style')
      // The app's own slide has the same names beside it, for a moment.
      for (const { name, value } of element.attributes) {
        if (/^(?:id|for|aria-(?:describedby|labelledby|controls))$/.test(name)) element.setAttribute(name, value.split(' ').map(id => `first-${id}`).join(' '))
        else if (value.includes('url(#') || (name.endsWith('href') && element instanceof SVGElement && value.startsWith('#'))) element.setAttribute(name, value.replace(/(^|url\()#/g, '$1#first-'))
      }
    }
    const comments = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT)
    const notes: Node[] = []
    while (comments.nextNode()) notes.push(comments.currentNode)
    for (const note of notes) note.parentNode?.removeChild(note)
    return { markup: copy.innerHTML, text }
  }
}
