import type { Browser, Page } from 'playwright-chromium'

/**
 * Opens the print page with a slide for each click, and finds what a PPTX has of it: the last click of each state of each slide.
 * @param count of the deck's slides.
 * @returns the page, whose context the caller closes, and the ids of those slides' elements, in order.
 */
export async function openStates(browser: Browser, address: string, count: number): Promise<{ page: Page, ids: string[] }> {
  const context = await browser.newContext({ reducedMotion: 'reduce', colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(`${address}print/?print=clicks`)
  await page.waitForFunction((count) => {
    const slides = [...document.querySelectorAll('.print-slide-container')]
    return new Set(slides.map(({ id }) => Number.parseInt(id))).size === count && slides.every(slide => slide.querySelector('.slidev-layout h1'))
  }, count)
  await page.evaluate(() => document.fonts.ready)
  const ids = await page.evaluate(() => {
    const last: { id: string, key: string }[] = []
    for (const slide of document.querySelectorAll('.print-slide-container')) {
      const key = `${Number.parseInt(slide.id)} ${[...slide.querySelectorAll('.moving .states > .diagram')].map(each => each.hasAttribute('data-away')).join()}`
      if (last.at(-1)?.key === key) last.pop()
      last.push({ id: slide.id, key })
    }
    return last.map(({ id }) => id)
  })
  return { page, ids }
}
