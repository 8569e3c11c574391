/*
 * Runs in the page of a slide, before anything is painted: sets the colour scheme, fetches the app once the slide shows,
 * and answers keys and clicks until the app takes over (setup/main.ts). Its text is in every page, so it is kept small.
 */

{
  const root = document.documentElement
  // Slidev's own key and values.
  let scheme: string | null = null
  try {
    scheme = localStorage.getItem('slidev-color-schema')
  }
  catch { /* A page without storage has the system's scheme. */ }
  const isDark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.classList.add(isDark ? 'dark' : 'light')
  // Until its faces are there, text stands elsewhere than with them, though unseen; three seconds are as long as `font-display: block` waits.
  const facesAreHere = () => root.classList.remove('faces-coming')
  root.classList.add('faces-coming')
  setTimeout(facesAreHere, 3000)

  const afterFrame = (work: () => void) => requestAnimationFrame(() => setTimeout(work))

  const FORWARD = [' ', 'ArrowRight', 'PageDown']
  const BACK = ['ArrowLeft', 'PageUp']
  const listening = new AbortController()

  addEventListener('DOMContentLoaded', () => {
    const first = document.querySelector<HTMLElement>('#first')
    const [current, next] = first?.querySelectorAll('article') ?? []
    const app = document.querySelector<HTMLElement>('#app')
    if (!first || !current || !app) return

    // Laying it out asks for the faces; before that none is awaited.
    void first.offsetHeight
    // A frame later, when the lines are where they stay: a browser counts it as a shift where they come and move at once.
    void document.fonts.ready.then(() => afterFrame(facesAreHere))

    // From a disk nothing else would come: neither the app nor another page.
    if (location.protocol === 'file:') {
      current.textContent = app.dataset['disk'] ?? ''
      return
    }

    let isOnNext = false
    /** Steps beyond the slides that are in the page: the app makes them. */
    let queued = 0
    /** The app cannot come. */
    let isAlone = false
    let clicks = Number(new URLSearchParams(location.search).get('clicks')) || 0
    const article = () => isOnNext && next ? next : current
    const show = () => {
      const { dataset } = article()
      document.title = dataset['title'] ?? document.title
      current.hidden = isOnNext
      if (next) next.hidden = !isOnNext
      reveal()
      history.replaceState(history.state, '', (dataset['path'] ?? '') + search())
    }
    /** What clicks take away; all else with a click is brought by it. */
    const going = new Set(first.querySelectorAll('[data-slidev-clicks-start]:not(.slidev-vclick-hidden)'))
    const search = () => clicks ? `?clicks=${clicks}` : ''
    /** Shows what the clicks so far bring. */
    const reveal = () => {
      // The other editions are linked on the slide, and on a phone in the bar after it.
      for (const part of [article(), article().nextElementSibling]) for (const link of part?.querySelectorAll<HTMLAnchorElement>('a[hreflang]') ?? []) link.search = search()
      for (const step of article().querySelectorAll<HTMLElement>('[data-slidev-clicks-start]')) {
        const { slidevClicksStart: start, slidevClicksEnd: end } = step.dataset
        step.classList.toggle('slidev-vclick-hidden', going.has(step) === (Number(start) <= clicks && !(Number(end) <= clicks)))
      }
      for (const state of article().querySelectorAll<HTMLElement>('[data-comes]')) {
        const { comes, goes } = state.dataset
        state.toggleAttribute('data-away', clicks < Number(comes) || clicks >= Number(goes))
      }
      for (const diagram of article().querySelectorAll<HTMLElement>('[data-shown]')) {
        const since = Number(diagram.dataset['since'] ?? Number.POSITIVE_INFINITY)
        diagram.dataset['shown'] = Array.from({ length: Math.max(0, clicks - since + 1) }, (_, i) => i + 1).join(' ')
      }
    }
    const step = (by: 1 | -1) => {
      const total = Number(article().dataset['clicks'])
      if (queued) {
        queued += by
        return
      }
      if (by === 1 && clicks < total) clicks++
      else if (by === -1 && clicks > 0) clicks--
      else if (by === 1 && !isOnNext && next) {
        history.pushState(null, '', next.dataset['path'])
        isOnNext = true
        clicks = 0
      }
      else if (by === -1 && isOnNext) {
        isOnNext = false
        clicks = Number(current.dataset['clicks'])
      }
      else {
        const path = article().dataset[by === 1 ? 'next' : 'previous']
        if (path && isAlone) location.assign(path)
        else if (path) queued += by
        return
      }
      show()
    }
    if (clicks) reveal()

    const { signal } = listening
    addEventListener('keydown', (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return
      const by = FORWARD.includes(event.key) && !(event.key === ' ' && event.shiftKey) ? 1 : BACK.includes(event.key) || event.key === ' ' ? -1 : undefined
      if (!by) return
      event.preventDefault()
      // The app listens as well as soon as it is there.
      event.stopImmediatePropagation()
      step(by)
    }, { capture: true, signal })
    first.addEventListener('click', (event) => {
      if (event.target instanceof Element && !event.target.closest('a, button')) step(event.clientX > innerWidth / 2 ? 1 : -1)
    }, { signal })
    // Back and forward are the browser's until the app is there.
    addEventListener('popstate', () => location.reload(), { signal })

    window.firstSlide = {
      handOver() {
        listening.abort()
        first.remove()
        app.inert = false
        return queued
      },
    }

    // All that the slide needs is there: what comes now no longer holds it up.
    const start = () => afterFrame(() => {
      const { script = '', style = '', preload = '', manifest = '' } = app.dataset
      const add = <Name extends 'link' | 'script'>(name: Name, properties: Partial<HTMLElementTagNameMap[Name]>) => {
        const element = Object.assign(document.createElement(name), { crossOrigin: '' }, properties)
        element.addEventListener('error', () => {
          isAlone = true
        })
        document.head.append(element)
        return element
      }
      document.head.append(Object.assign(document.createElement('link'), { rel: 'manifest', href: manifest }))
      for (const href of preload.split(' ').filter(Boolean)) add('link', { rel: 'modulepreload', href })
      add('link', { rel: 'stylesheet', href: style }).addEventListener('load', () => add('script', { type: 'module', src: script }))
    })
    if (document.readyState === 'complete') start()
    else addEventListener('load', start)
  })
}
