// Functions that run in the browser, on the finished deck. Each is sent there as text: it may use nothing from outside itself.
import type { App } from 'vue'
import type { FontRole } from 'slidev-addon-deck/fonts'

/** A slide as it stands on the screen. */
export interface Picture {
  /** Its markup, with what lies over every slide; without styles of its own, which a strict policy forbids. */
  markup: string
  /** What it shows, by the face it is set in. */
  text: Record<FontRole, string>
}

/** A slide to go to. */
export interface Stop {
  no: number
  /** Its address below the edition's, without a click. */
  path: string
  /** Clicks it takes. */
  clicks: number
}

/** A slide before its first click and after its last. */
export interface Pictures {
  first: Picture
  last: Picture
}

/**
 * Goes through the slides of the running deck.
 * @returns the pictures of all slides, or of those before the first that did not come within `patience` milliseconds.
 */
export async function visit({ stops, patience }: { stops: readonly Stop[], patience: number }): Promise<Pictures[]> {
  const pages = () => [...document.querySelectorAll<HTMLElement>('#slideshow > .slidev-page')]
  const isShown = (page: HTMLElement) => page.style.display !== 'none'

  // Each entry in the browser's history costs more than the slide it is for.
  history.pushState = history.replaceState = () => undefined
  const app = () => document.querySelector<Element & { __vue_app__?: App }>('#app')?.__vue_app__

  const until = async (isSo: () => boolean): Promise<boolean> => {
    const end = performance.now() + patience
    while (!isSo()) {
      if (performance.now() > end) return false
      await new Promise(done => setTimeout(done))
    }
    return true
  }
  const go = (path: string, isThere: () => boolean): Promise<boolean> => {
    void app()?.config.globalProperties.$router.replace(path)
    return until(isThere)
  }
  const isOn = (no: number) => {
    const [page, ...others] = pages().filter(isShown)
    return page?.dataset['slidevNo'] === String(no) && others.length === 0 && Boolean(page.querySelector('.slidev-layout h1')) && !page.querySelector('.slidev-slide-loading')
  }
  const isRevealed = (no: number) => {
    const page = pages().find(each => each.dataset['slidevNo'] === String(no))
    const steps = [...page?.querySelectorAll<SVGElement>('.diagram [data-step]') ?? []]
    return Boolean(page) && !page?.querySelector('.slidev-vclick-hidden')
      && steps.every(({ dataset, parentElement }) => (parentElement?.closest<HTMLElement>('.diagram')?.dataset['shown'] ?? '').split(' ').includes(dataset['step'] ?? ''))
  }

  const pictures: Pictures[] = []
  if (!await until(() => Boolean(app()))) return pictures
  for (const { no, path, clicks } of stops) {
    if (!await go(path, () => isOn(no))) return pictures
    const first = picture()
    if (clicks > 0 && !await go(`${path}?clicks=${clicks}`, () => isOn(no) && isRevealed(no))) return pictures
    pictures.push({ first, last: clicks > 0 ? picture() : first })
  }
  return pictures

  function picture(): Picture {
    const canvas = document.querySelector('#slide-content') ?? document.body
    const text = { display: '', body: '', strong: '' }
    const hidden = new Set<Element>(pages().filter(page => !isShown(page)))
    const walk = (element: Element) => {
      if (hidden.has(element)) return
      const style = getComputedStyle(element)
      const role = style.fontFamily.includes('Serif') ? 'display' : Number(style.fontWeight) >= 600 ? 'strong' : 'body'
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) text[role] += node.textContent ?? ''
        if (node instanceof Element) walk(node)
      }
      for (const pseudo of element instanceof HTMLElement ? ['::before', '::after'] as const : []) {
        const { content, fontFamily, fontWeight } = getComputedStyle(element, pseudo)
        if (!content.startsWith('"')) continue
        text[fontFamily.includes('Serif') ? 'display' : Number(fontWeight) >= 600 ? 'strong' : 'body'] += content
      }
      // A list's own numerals are in the face of its items.
      if (style.display === 'list-item') text[role] += '0123456789.•一二三四五六七八九十、'
    }
    walk(canvas)

    const copy = canvas.cloneNode(true) as HTMLElement
    const originals = [...canvas.querySelectorAll('*')]
    const gone = [...copy.querySelectorAll('*')].filter((_, i) => originals[i] && hidden.has(originals[i]))
    for (const page of gone) page.remove()
    for (const element of copy.querySelectorAll('*')) {
      element.removeAttribute('style')
      // The app's own slide has the same names beside it, for a moment.
      for (const name of ['id', 'for', 'aria-describedby', 'aria-labelledby', 'aria-controls']) {
        const value = element.getAttribute(name)
        if (value) element.setAttribute(name, value.split(' ').map(id => `first-${id}`).join(' '))
      }
    }
    const comments = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT)
    const notes: Node[] = []
    while (comments.nextNode()) notes.push(comments.currentNode)
    for (const note of notes) note.parentNode?.removeChild(note)
    return { markup: copy.innerHTML, text }
  }
}
