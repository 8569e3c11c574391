import { useNav } from '@slidev/client'
import { defineAppSetup } from '@slidev/types'
import { talk } from 'virtual:talk'
import { prepareNeighbours, whenIdle } from '../client/neighbours.ts'
import { keepOffline } from '../client/offline.ts'

const frame = () => new Promise(requestAnimationFrame)

/** Whether the slide that the router is at is on the canvas. */
const isOnCanvas = () => [...document.querySelectorAll<HTMLElement>('#slideshow > .slidev-page')].some(page => page.style.display !== 'none') && window.deckSlide?.().isThere

/** Waits until that slide is there, with its faces. */
async function isShown(): Promise<void> {
  while (!isOnCanvas()) await frame()
  // The faces are asked for when the slide is laid out.
  await frame()
  await document.fonts.ready
  await frame()
}

export default defineAppSetup(({ app, router }) => {
  if (import.meta.env.DEV) return
  window.deckSlide = () => {
    const { currentSlideNo: { value: no }, clicksContext: { value: { isMounted: isThere, current: click, total: clicks } } } = app.runWithContext(() => useNav())
    return { no, isThere, click, clicks }
  }
  router.afterEach(({ name }) => {
    if (name !== 'play' && name !== 'presenter') return
    whenIdle(async () => {
      await isShown()
      const { slides, currentSlideNo } = app.runWithContext(() => useNav())
      prepareNeighbours(slides.value, currentSlideNo.value)
    })
  })

  const { firstSlide } = window
  // Where the page shows its slide already (client/first.ts), the app takes over when the same slide stands behind it.
  void router.isReady().then(async () => {
    // Printing and presenting are the speaker's, at whose place the network is the least of it; a file from a disk has all it needs.
    if (!firstSlide) return router.currentRoute.value.name === 'play' && !talk.files && keepOffline()
    await isShown()
    // Keys pressed in the meantime have changed the address.
    const base = import.meta.env.BASE_URL.slice(0, -1)
    for (;;) {
      const address = location.pathname.slice(base.length) + location.search
      if (router.resolve(address).fullPath === router.currentRoute.value.fullPath) break
      await router.replace(address)
      await isShown()
    }
    const steps = firstSlide.handOver()
    const { next, prev } = app.runWithContext(() => useNav())
    for (let made = 0; made < Math.abs(steps); made++) {
      await (steps > 0 ? next() : prev())
      // A slide's clicks are known when it is there.
      await isShown()
    }
    keepOffline()
  })
})
