/* What a window of the talk shows. These run in the page, in any browser: they may use nothing from outside themselves. */

/** The number of the slide that shows, and the clicks of the address, as one word: `10.3`. In a file the address has them behind its `#`. */
export function position(): string {
  const shown = [...document.querySelectorAll<HTMLElement>('#slideshow > [data-slidev-no]')].filter(el => el.checkVisibility() && el.querySelector('.slidev-layout h1'))
  const search = location.search || location.hash.split('?')[1]
  return `${shown.map(el => el.dataset['slidevNo']).join('+') || 'nothing'}.${new URLSearchParams(search).get('clicks') ?? 0}`
}

/** Resolves when the app has stood where it is for two seconds: no step is under way or waiting. The address may follow later. */
export const isStill = () => new Promise<boolean>((done) => {
  const place = () => JSON.stringify(window.deckSlide?.())
  let [last, since] = [place(), performance.now()]
  const look = () => {
    if (place() !== last) [last, since] = [place(), performance.now()]
    if (performance.now() - since > 2000) done(true)
    else setTimeout(look, 20)
  }
  look()
})
