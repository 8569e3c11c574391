// Runs in the browser, and is sent there as text: each function may use nothing from outside itself.
import type { FontRole } from 'slidev-addon-deck/fonts'

/** A slide to make reading matter of. */
export interface SlideMarkup {
  no: number
  /** Its anchor in the page. */
  id: string
  /** Its canvas after its last click. */
  markup: string
}

export interface ReadingInput {
  slides: readonly SlideMarkup[]
  /** The edition's address, with a slash at both ends. */
  base: string
  /** Anchors of the glossary's terms. */
  terms: Readonly<Record<string, string>>
  /** What the page writes itself, by its `data-reading`: `<!--name-->` stands in its place. */
  ownMatter: readonly string[]
  /** Classes that the page's styles know: all others go. */
  classes: readonly string[]
}

/** A diagram's drawing. */
export interface Drawing {
  id: string
  /** In the unit of its labels' size. */
  width: number
  /** Sizes of labels that differ from the deck's label size. */
  sizes: number[]
}

/** A slide as it is read: HTML without scripts, styles and the deck's own attributes. */
export interface ReadingPart {
  /** Content of its headline, '' where it has none. */
  headline: string
  /** Above the headline: what it opens. */
  kicker: string
  /** What it says below its headline. */
  body: string
  drawings: Drawing[]
}

/**
 * Makes reading matter of slides: what only the canvas needs goes, and what a slide says by its looks is said in HTML.
 * A slide's components and layouts say more with an attribute, `data-reading`: the name of the element that theirs becomes,
 * like `h4`; or `skip` (not in the page), `kicker` (goes above the headline), `rows` (tables in it are read row by row, with
 * the first cell as the row's heading), `glossary` or `sources` (the page writes its own).
 */
export function readingParts({ slides, base, terms, ownMatter, classes }: ReadingInput): ReadingPart[] {
  /** Attributes that stay: all others belong to the framework, or set something off that the page sets off itself. */
  const KEPT = new Set(['id', 'class', 'href', 'hreflang', 'lang', 'src', 'alt', 'width', 'height', 'controls', 'poster', 'type', 'open', 'colspan', 'rowspan', 'scope', 'role', 'tabindex', 'start', 'data-label', 'aria-label', 'aria-labelledby', 'aria-current'])
  const KEPT_IN_DRAWING = new Set(['class', 'viewBox', 'width', 'height', 'x', 'y', 'rx', 'ry', 'cx', 'cy', 'r', 'x1', 'y1', 'x2', 'y2', 'd', 'points', 'transform', 'font-size', 'aria-hidden'])
  const SKIPPED = 'script, style, template, button, input, select, textarea, canvas, object, embed, nav, [role="tooltip"], [aria-hidden="true"], [data-reading="skip"]'
  const BLOCKS = 'p, div, ul, ol, li, dl, dt, dd, table, figure, pre, blockquote, section, aside, hr, video, h1, h2, h3, h4, h5, h6'

  return slides.map(partOf)

  function partOf({ id, markup }: SlideMarkup): ReadingPart {
    const { body } = new DOMParser().parseFromString(markup, 'text/html')
    const slide = body.querySelector('.slidev-layout') ?? body
    const all = (selector: string) => [...slide.querySelectorAll<HTMLElement>(selector)]
    // Layouts put a picture or a frame beside what they lay out.
    for (const each of body.querySelectorAll<HTMLElement>('iframe, [style*="url("]')) {
      const [, src] = /url\("?([^")]+)/.exec(each.style.backgroundImage) ?? []
      const shown = src ? make('img', { src, alt: '' }) : each
      if ((src || each.matches('iframe')) && !slide.contains(shown)) slide.append(shown)
    }
    for (const each of all('[data-reading="skip"]')) each.remove()
    const drawings = all('.diagram:has(svg)').map((diagram, i) => draw(diagram, `${id}-diagram${i ? `-${i + 1}` : ''}`))
    for (const each of all(SKIPPED)) if (!each.closest('.drawing')) each.remove()
    const headline = slide.querySelector('h1') ?? slide.querySelector('h2, h3')
    // The headline is the third level here: what stands below it goes down as well.
    for (const each of all('h1, h2, h3, h4, h5, h6')) if (each !== headline) rename(each, `h${Math.max(4, Math.min(6, Number(each.tagName[1]) + 2))}`)
    for (const name of ownMatter) for (const each of all(`[data-reading="${name}"]`)) each.replaceWith(document.createComment(name))
    const [kicker] = all('[data-reading="kicker"]')
    kicker?.remove()
    for (const each of all('table')) readTable(each, Boolean(each.closest('[data-reading="rows"]')))
    for (const each of all('[data-reading]')) if (/^(?:[a-z]+|h\d)$/.test(each.dataset['reading'] ?? '') && each.dataset['reading'] !== 'rows') rename(each, each.dataset['reading'] ?? '')
    for (const each of all('dfn')) linkTerm(each)
    for (const each of all('iframe')) each.replaceWith(make('p', {}, make('a', { href: each.getAttribute('src') ?? '' }, each.title || (each.getAttribute('src') ?? ''))))
    for (const each of all('video, audio')) each.setAttribute('controls', '')
    // Wider than the page: reached by keyboard, and then scrolled.
    for (const each of all('pre')) each.tabIndex = 0
    for (const each of all('a[href]')) toAnchor(each)
    // Its label shows: said twice it would only delay.
    for (const each of all('[aria-label]')) if (each.firstElementChild?.textContent === each.ariaLabel) each.ariaLabel = null
    headline?.remove()
    for (const each of [...headline ? [headline, ...headline.querySelectorAll('*')] : [], ...all('*')]) clean(each)
    for (const each of all('div:not([class]), span:not([class], [lang])').reverse()) unwrap(each)
    return {
      headline: headline?.innerHTML ?? '',
      kicker: kicker?.textContent ?? '',
      body: slide.innerHTML.trim(),
      drawings,
    }
  }

  function make(tag: string, attributes: Record<string, string> = {}, ...content: (string | Node)[]): HTMLElement {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.append(...content)
    return element
  }

  function rename(element: Element, tag: string): void {
    element.replaceWith(make(tag, Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])), ...element.childNodes))
  }

  /** What only the canvas needed: its text stays a paragraph where nothing else makes it one. */
  function unwrap(element: Element): void {
    if (element.matches('div') && element.textContent.trim() && !element.querySelector(BLOCKS) && element.parentElement?.matches('div, section, aside, blockquote, body')) rename(element, 'p')
    else element.replaceWith(...element.childNodes)
  }

  /** A diagram becomes a figure: its drawing whole, and below it in words what it shows. */
  function draw(diagram: Element, id: string): Drawing {
    const svg = diagram.querySelector('svg')
    if (!svg) throw new Error(`${id} has no drawing.`)
    const { width } = svg.viewBox.baseVal
    const description = diagram.querySelector('p[hidden]')?.textContent ?? ''
    const mark = diagram.querySelector('.mark')?.textContent
    const caption = make('figcaption', {},
      make('p', { class: 'name', id: `${id}-name` }, diagram.getAttribute('aria-label') ?? ''),
      make('p', {}, ...mark ? [make('span', { class: 'mark' }, mark), ' '] : [], description))
    // On a narrow screen it is wider than the page: reached by keyboard, and then scrolled. Labels are no text beside the
    // description: Firefox would have them read from an SVG that is an image itself.
    svg.setAttribute('aria-hidden', 'true')
    const pan = make('div', { 'class': 'diagram pan', 'role': 'img', 'tabindex': '0', 'aria-labelledby': `${id}-name` }, svg)
    diagram.replaceWith(make('figure', { class: 'drawing', id }, pan, caption))
    return { id, width, sizes: [...svg.querySelectorAll('[font-size]')].map(each => Number.parseFloat(each.getAttribute('font-size') ?? '')).filter(size => size > 0) }
  }

  /** A word of the glossary leads to its definition. */
  function linkTerm(term: Element): void {
    const anchor = terms[term.textContent]
    if (anchor) term.replaceWith(make('a', { href: `#${anchor}` }, term.textContent))
  }

  /** A table that is read by rows stands row by row on a narrow screen: its parts keep their roles, its cells know their column. Any other table scrolls. */
  function readTable(table: HTMLElement, byRows: boolean): void {
    for (const head of table.querySelectorAll('thead th')) head.setAttribute('scope', 'col')
    if (!byRows) {
      const frame = make('div', { class: 'wide', role: 'group', tabindex: '0' })
      table.replaceWith(frame)
      frame.append(table)
      return
    }
    const columns = [...table.querySelectorAll('thead th')].map(({ textContent }) => textContent)
    table.className = 'rows'
    for (const row of table.querySelectorAll('tbody tr')) {
      const [first, ...cells] = row.querySelectorAll('td')
      first?.replaceWith(make('th', { scope: 'row', role: 'rowheader' }, ...first.childNodes))
      cells.forEach((cell, i) => cell.setAttribute('data-label', columns[i + 1] ?? ''))
    }
    table.setAttribute('role', 'table')
    const roles = { thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', 'thead th': 'columnheader', td: 'cell' }
    for (const [selector, role] of Object.entries(roles)) for (const part of table.querySelectorAll(selector)) part.setAttribute('role', role)
  }

  /** A link to another slide leads to its part of this page. */
  function toAnchor(link: Element): void {
    const href = link.getAttribute('href') ?? ''
    const target = href.startsWith(base) && slides.find(({ no, id }) => [String(no), id].includes(href.slice(base.length).replace(/\/$/, '')))
    if (target) link.setAttribute('href', `#${target.id}`)
  }

  function clean(element: Element): void {
    const isDrawn = element.closest('.drawing svg')
    // Formulas, and pictures that are no diagram of ours, are what their attributes say.
    const isOther = !isDrawn && element.closest('svg, math')
    for (const { name, value } of [...element.attributes]) {
      const goes = isOther ? /^(?:class|style|id|on\w+|data-.+)$/.test(name) : !(isDrawn ? KEPT_IN_DRAWING : KEPT).has(name) || (name === 'id' && value.startsWith('first-'))
      if (goes) element.removeAttribute(name)
    }
    if (isDrawn || isOther) return
    element.className = [...element.classList].filter(name => classes.includes(name)).join(' ')
    if (!element.className) element.removeAttribute('class')
  }
}

/**
 * Dresses the page that is open.
 * @returns what of it is set in each of the deck's own faces.
 */
export function textByFace(style: string): Record<FontRole, string> {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  document.adoptedStyleSheets = [sheet]
  const text = { display: '', body: '', strong: '' }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement) continue
    const { fontFamily, fontWeight } = getComputedStyle(node.parentElement)
    if (fontFamily.includes('Deck Serif')) text.display += node.textContent ?? ''
    else if (fontFamily.includes('Deck Sans')) text[Number(fontWeight) >= 600 ? 'strong' : 'body'] += node.textContent ?? ''
  }
  return text
}
