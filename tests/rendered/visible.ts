import type { Page } from 'playwright-chromium'

/** The text that the shown slide paints. */
export function visibleText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const slide = [...document.querySelectorAll('#slideshow > [data-slidev-no]')].find(el => el.checkVisibility())
    const walker = document.createTreeWalker(slide ?? document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim()
      if (text && node.parentElement?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) found.push(text)
    }
    return found
  })
}
