// Runs in the browser, and is sent there as text: it may use nothing from outside itself.

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
  /** Classes of elements that the page writes itself: `<!--class-->` stands in their place. */
  ownMatter: readonly string[]
}

/** A diagram's drawing. */
export interface Drawing {
  id: string
  /** In the unit of its labels' size. */
  width: number
}

/** A slide as it is read: HTML without scripts, styles and the deck's own attributes. */
export interface ReadingPart {
  /** Content of its headline. */
  headline: string
  /** Above the headline: which thesis it opens. */
  kicker: string
  /** What it says below its headline. */
  body: string
  drawings: Drawing[]
  /** Text that is set in the deck's faces: statements, and the labels of its drawings. */
  statements: string
  labels: string
}

/** Makes reading matter of slides: what only the canvas needs goes, and what a slide says by its looks is said in HTML. */
export function readingParts({ slides, base, terms, ownMatter }: ReadingInput): ReadingPart[] {
  /** Attributes that stay: all others belong to the framework, or set something off that the page sets off itself. */
  const KEPT = new Set(['id', 'class', 'href', 'hreflang', 'lang', 'src', 'alt', 'width', 'height', 'colspan', 'rowspan', 'scope', 'role', 'tabindex', 'start', 'data-label', 'aria-label', 'aria-labelledby', 'aria-current'])
  const KEPT_IN_DRAWING = new Set(['class', 'viewBox', 'width', 'height', 'x', 'y', 'rx', 'ry', 'cx', 'cy', 'r', 'x1', 'y1', 'x2', 'y2', 'd', 'points', 'transform', 'role', 'aria-labelledby'])
  /** Classes that the page's own styles know. */
  const CLASSES = /^(?:clause|term|callout|takeaway|question|caution|evidence|label|shift|old|new|compass|current|past|author|drawing|diagram|pan|name|mark|comparison|wide)$/
  const DECORATION = 'script, style, template, button, input, nav, .deck-footer, .tip, .arrow, .numeral, .deck-link svg, .slidev-layout.cover > [aria-hidden="true"]'

  return slides.map(partOf)

  function partOf({ no, id, markup }: SlideMarkup): ReadingPart {
    const { body } = new DOMParser().parseFromString(markup, 'text/html')
    const layout = body.querySelector('.slidev-layout')
    const headline = layout?.querySelector('h1')
    if (!layout || !headline) throw new Error(`Slide ${no} has no headline to read.`)
    for (const element of layout.querySelectorAll(DECORATION)) element.remove()
    const drawings = [...layout.querySelectorAll('.diagram')].map((diagram, i) => draw(diagram, `${id}-diagram${i ? `-${i + 1}` : ''}`))
    for (const name of ownMatter) layout.querySelector(`.${name}`)?.replaceWith(document.createComment(name))
    for (const each of layout.querySelectorAll('.term')) linkTerm(each)
    // The headline is the third level here: what stands below it goes down as well.
    for (const each of layout.querySelectorAll('h2, h3, h4, h5, h6')) rename(each, `h${Math.min(6, Number(each.tagName[1]) + 2)}`)
    for (const each of layout.querySelectorAll('.shift')) pair(each)
    for (const each of layout.querySelectorAll('.callout')) each.removeAttribute('aria-label')
    for (const each of layout.querySelectorAll('table')) readTable(each, layout.classList.contains('comparison'))
    for (const each of layout.querySelectorAll('a[href]')) toAnchor(each)
    const kicker = layout.querySelector('.kicker')
    kicker?.remove()
    headline.remove()
    for (const each of [headline, ...headline.querySelectorAll('*'), ...layout.querySelectorAll('*')]) clean(each)
    for (const each of layout.querySelectorAll('div:not([class]), span:not([class], [lang])')) each.replaceWith(...each.childNodes)
    return {
      headline: headline.innerHTML,
      kicker: kicker?.textContent ?? '',
      body: layout.innerHTML.trim(),
      drawings: drawings.map(({ id, width }) => ({ id, width })),
      statements: [headline, ...layout.querySelectorAll('.takeaway')].map(({ textContent }) => textContent).join(''),
      labels: drawings.map(({ labels }) => labels).join(''),
    }
  }

  function make(tag: string, attributes: Record<string, string> = {}, ...content: (string | Node)[]): HTMLElement {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.append(...content)
    return element
  }

  function rename(element: Element, tag: string): void {
    element.replaceWith(make(tag, {}, ...element.childNodes))
  }

  /** A diagram becomes a figure: its drawing whole, and below it in words what it shows. */
  function draw(diagram: Element, id: string): Drawing & { labels: string } {
    const svg = diagram.querySelector('svg')
    if (!svg) throw new Error(`${id} has no drawing.`)
    const { width } = svg.viewBox.baseVal
    const description = diagram.querySelector('p[hidden]')?.textContent ?? ''
    const mark = diagram.querySelector('.mark')?.textContent
    svg.removeAttribute('aria-hidden')
    svg.setAttribute('role', 'img')
    svg.setAttribute('aria-labelledby', `${id}-name`)
    const caption = make('figcaption', {},
      make('p', { class: 'name', id: `${id}-name` }, diagram.getAttribute('aria-label') ?? ''),
      make('p', {}, ...mark ? [make('span', { class: 'mark' }, mark), ' '] : [], description))
    // On a narrow screen it is wider than the page: reached by keyboard, and then scrolled.
    const pan = make('div', { class: 'diagram pan', role: 'group', tabindex: '0', 'aria-labelledby': `${id}-name` }, svg)
    diagram.replaceWith(make('figure', { class: 'drawing', id }, pan, caption))
    return { id, width, labels: svg.textContent }
  }

  /** A word of the glossary leads to its definition. */
  function linkTerm(term: Element): void {
    const word = term.textContent
    const anchor = terms[word]
    if (!anchor) throw new Error(`The glossary has no “${word}”.`)
    term.replaceWith(make('a', { class: 'term', href: `#${anchor}` }, word))
  }

  /** What was and what becomes of it, as a list of two. */
  function pair(shift: Element): void {
    const side = (name: 'old' | 'new') => {
      const text = shift.querySelector(`.${name}`)
      const when = text?.querySelector('.when')
      when?.remove()
      return make('div', { class: name }, make('dt', {}, when?.textContent ?? ''), make('dd', {}, text?.textContent ?? ''))
    }
    shift.replaceWith(make('div', { class: 'shift' }, make('h4', {}, shift.querySelector('.aspect')?.textContent ?? ''), make('dl', {}, side('old'), side('new'))))
  }

  /** A table of a comparison stands row by row on a narrow screen: its parts keep their roles, its cells know their column. Any other table scrolls. */
  function readTable(table: HTMLElement, isComparison: boolean): void {
    for (const head of table.querySelectorAll('thead th')) head.setAttribute('scope', 'col')
    if (!isComparison) {
      const frame = make('div', { class: 'wide', role: 'group', tabindex: '0' })
      table.replaceWith(frame)
      frame.append(table)
      return
    }
    const columns = [...table.querySelectorAll('thead th')].map(({ textContent }) => textContent)
    table.classList.add('comparison')
    const roles = { table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', 'thead th': 'columnheader', td: 'cell' }
    for (const row of table.querySelectorAll('tbody tr')) {
      const [first, ...cells] = row.querySelectorAll('td')
      first?.replaceWith(make('th', { scope: 'row', role: 'rowheader' }, ...first.childNodes))
      cells.forEach((cell, i) => cell.setAttribute('data-label', columns[i + 1] ?? ''))
      cells[0]?.classList.add('old')
      cells[1]?.classList.add('new')
    }
    table.setAttribute('role', roles.table)
    for (const [selector, role] of Object.entries(roles)) for (const part of table.querySelectorAll(selector)) part.setAttribute('role', role)
  }

  /** A link to another slide leads to its part of this page. */
  function toAnchor(link: Element): void {
    const href = link.getAttribute('href') ?? ''
    const target = href.startsWith(base) && slides.find(({ no, id }) => [String(no), id].includes(href.slice(base.length).replace(/\/$/, '')))
    if (target) link.setAttribute('href', `#${target.id}`)
  }

  function clean(element: Element): void {
    const kept = element.closest('svg') ? KEPT_IN_DRAWING : KEPT
    for (const { name, value } of [...element.attributes]) if (!kept.has(name) || (name === 'id' && value.startsWith('first-'))) element.removeAttribute(name)
    if (element.closest('svg')) return
    element.className = [...element.classList].filter(name => CLASSES.test(name)).join(' ')
    if (!element.className) element.removeAttribute('class')
  }
}
