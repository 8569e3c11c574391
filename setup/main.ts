import { defineAppSetup } from '@slidev/types'
import { keepOffline } from './offline.ts'

/** The slide the router is at is on the canvas, with its faces. */
async function isShown(): Promise<void> {
  const frame = () => new Promise(requestAnimationFrame)
  while (!document.querySelector('#slideshow > .slidev-page:not([style*="display: none"]) .slidev-layout')) await frame()
  // The faces are asked for when the slide is laid out.
  await frame()
  await document.fonts.ready
  await frame()
}

/** In a page that shows its slide already (site/first.ts), takes over from there when the same slide stands behind it. */
export default defineAppSetup(({ router }) => {
  const { firstSlide } = window
  void router.isReady().then(async () => {
    // Printing and presenting are the speaker's, at whose place the network is the least of it.
    const isPublic = import.meta.env.PROD && router.currentRoute.value.name === 'play'
    if (!firstSlide) return isPublic && keepOffline()
    await isShown()
    // Keys pressed in the meantime have changed the address.
    const base = import.meta.env.BASE_URL.slice(0, -1)
    for (;;) {
      const address = location.pathname.slice(base.length) + location.search
      if (router.resolve(address).fullPath === router.currentRoute.value.fullPath) break
      await router.replace(address)
      await isShown()
    }
    firstSlide.handOver()
    keepOffline()
  })
})
