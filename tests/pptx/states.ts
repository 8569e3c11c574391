import type { Browser, Page } from 'playwright-chromium'
import { ALONE } from '../rendered/session.ts'

/**
 * Opens the print page with a slide for each click, and finds what a PPTX has of it: the last click of each state of each slide, and where a
 * slide's picture is not printed, what is printed in its place.
 * @param count of the deck's slides.
 * @returns the page, whose context the caller closes, and the ids of those slides' elements, in order; which of them are printed ones.
 */
export async function openStates(browser: Browser, address: string, count: number): Promise<{ page: Page, ids: string[], printed: string[] }> {
  const context = await browser.newContext({ ...ALONE, colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(`${address}print/?print=clicks`)
  await page.waitForFunction((count) => {
    const slides = [...document.querySelectorAll('.print-slide-container')]
    return new Set(slides.map(({ id }) => Number.parseInt(id))).size === count && slides.every(slide => slide.querySelector('.slidev-layout h1'))
  }, count)
  await page.evaluate(() => document.fonts.ready)
  const { ids, printed } = await page.evaluate(() => {
    const last: { id: string, key: string }[] = []
    for (const slide of document.querySelectorAll('.print-slide-container')) {
      const key = `${Number.parseInt(slide.id)} ${[...slide.querySelectorAll('.moving .states > .diagram')].map(each => each.hasAttribute('data-away')).join()}`
      if (last.at(-1)?.key === key) last.pop()
      last.push({ id: slide.id, key })
    }
    const ids: string[] = []
    const printed: string[] = []
    for (const [i, { id }] of last.entries()) {
      ids.push(id)
      const slide = document.getElementById(id)
      const moving = slide?.querySelector('.moving')
      if (!slide || !moving || Number.parseInt(last[i + 1]?.id ?? '') === Number.parseInt(id)) continue
      const copy = slide.cloneNode(true) as HTMLElement
      copy.id = `${id} in print`
      copy.querySelector('.moving')?.setAttribute('data-form', 'pair')
      slide.after(copy)
      if (copy.querySelector('.moving')?.checkVisibility()) {
        copy.remove()
        continue
      }
      ids.push(copy.id)
      printed.push(copy.id)
    }
    return { ids, printed }
  })
  return { page, ids, printed }
}
