import { join } from 'node:path'
import type { Page } from 'playwright-chromium'
import { build } from 'rolldown'
import { flat } from './look.ts'
import type { Item, PictureItem, ReadDeck } from './model.ts'
import type { readSlides } from './page/index.ts'

let bundled: Promise<string> | undefined

/** What runs in the page, as one script. */
export function pageScript(): Promise<string> {
  return bundled ??= build({ input: join(import.meta.dirname, 'page/index.ts'), write: false, logLevel: 'silent', treeshake: { moduleSideEffects: false }, output: { format: 'iife', name: 'pptxPage' } })
    .then(({ output }) => output[0].code)
}

/**
 * Reads the slides of an open print page.
 * @param script what `pageScript` gives.
 * @param ids of all the deck's slides in their order, '' where one has none.
 */
export async function readPage(page: Page, script: string, ids: readonly string[]): Promise<ReadDeck> {
  await page.evaluate(`${script}\n;globalThis.pptxPage = pptxPage`)
  // As text: that is handed over sooner than so many objects.
  const read = await page.evaluate(given => JSON.stringify((globalThis as unknown as { pptxPage: { readSlides: typeof readSlides } }).pptxPage.readSlides(given)), ids)
  return JSON.parse(read) as ReadDeck
}

/** Takes the pictures of what has no native form, as PNG, by their ids. */
export async function takePictures(page: Page, items: readonly PictureItem[]): Promise<Map<string, Uint8Array>> {
  const pictures = new Map<string, Uint8Array>()
  for (const { id } of items) {
    const ground = page.locator(`[data-ground-picture="${id}"]`)
    const isGround = await ground.count() > 0
    const element = isGround ? ground : page.locator(`[data-picture="${id}"]`)
    // Of what an element paints behind others: without those.
    if (isGround) await ground.evaluate(each => each.toggleAttribute('data-alone', true))
    pictures.set(id, await element.screenshot({ animations: 'disabled', style: '[data-alone] * { visibility: hidden !important } [data-alone] { color: transparent !important }' }))
    if (isGround) await ground.evaluate(each => each.toggleAttribute('data-alone', false))
  }
  return pictures
}

/** All pictures among some items. */
export const picturesAmong = (items: readonly Item[]): PictureItem[] => flat(items).filter(item => item.kind === 'picture')
