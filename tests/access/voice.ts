import type { Page } from 'playwright-chromium'

/** In the page, before its own scripts: remembers every text that any live region comes to hold. */
export function listen(): void {
  const heard: string[] = []
  Object.assign(window, { heard })
  const LIVE = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]'
  new MutationObserver((records) => {
    const regions = new Set(records.flatMap(({ target, addedNodes }) => [target, ...addedNodes].flatMap(node => (node instanceof Element ? node : node.parentElement)?.closest(LIVE) ?? [])))
    for (const region of regions) if (region.textContent?.trim()) heard.push(region.textContent.trim())
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

/** All that was said so far. */
export const heardIn = (page: Page) => page.evaluate(() => [...(window as unknown as { heard: string[] }).heard])

/** Waits for the next thing to be said. */
export async function hear(page: Page, before: number): Promise<string> {
  await page.waitForFunction(count => (window as unknown as { heard: string[] }).heard.length > count, before, { timeout: 5000 })
  return (await heardIn(page))[before] ?? ''
}

const bare = (text: string) => text.replace(/\s+/g, '')

/** The texts of the shown slide that wait for a click, but for those that stand somewhere else as well. */
export function unrevealed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const slide = [...document.querySelectorAll('#slideshow > [data-slidev-no]')].find(el => el.checkVisibility())
    const texts = [...slide?.querySelectorAll('.slidev-vclick-target, .diagram [data-step] text') ?? []].filter(el => !el.closest('.pair'))
    const isShown = (el: Element) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    // What a picture has moved on from was shown before.
    const isPast = (el: Element) => {
      const state = el.closest('[data-away]')
      const states = [...state?.parentElement?.children ?? []]
      return state !== null && states.indexOf(state) < states.findIndex(each => !each.matches('[data-away]'))
    }
    const hidden = texts.filter(el => !isShown(el) && !isPast(el)).map(el => el.textContent?.trim() ?? '').filter(Boolean)
    const walker = document.createTreeWalker(slide ?? document.body, NodeFilter.SHOW_TEXT)
    let shown = ''
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node.parentElement && isShown(node.parentElement)) shown += node.textContent
    const bare = (text: string) => text.replace(/\s+/g, '')
    return hidden.filter(text => !bare(shown).includes(bare(text)))
  })
}

/** The texts that wait for a click and are read all the same. A diagram's name may say what it is about from the start. */
export function readEarly(tree: readonly string[], hidden: readonly string[]): string[] {
  const read = bare(tree.map(line => line.replace(/^\s*image “[^”]*”/, '')).join(''))
  return hidden.filter(text => read.includes(bare(text)))
}
