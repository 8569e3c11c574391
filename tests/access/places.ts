import type { Page } from 'playwright-chromium'

/** A page, dialog or menu beside the slides, to be looked at as it stands once opened. */
export interface Place {
  name: string
  /** Where it is, below an edition's address. */
  path: string
  /** Opens it, and returns when it is there. */
  open: (page: Page) => Promise<unknown>
}

const controls = 'main nav:not(.language-switch)'
const button = (page: Page, icon: string) => page.locator(`${controls} button:has([class*="${icon}"])`).first()
const shown = (page: Page, selector: string) => page.locator(selector).filter({ visible: true }).first().waitFor()

/** A menu of the controls, opened with the keyboard. */
async function openMenu(page: Page, icon: string, content: string): Promise<void> {
  await shown(page, '#slideshow h1')
  await button(page, icon).focus()
  await page.keyboard.press('Enter')
  await page.locator(content).waitFor()
}

async function press(page: Page, key: string, opens: string): Promise<void> {
  await shown(page, '#slideshow h1')
  await page.keyboard.press(key)
  await page.locator(opens).waitFor()
}

/**
 * Everything that a viewer or speaker comes to beside the slides themselves.
 * @param no a slide of several clicks.
 * @param last the last slide.
 */
export const placesOf = (no: number, last: number) => [
  { name: 'controls', path: `${no}?clicks=1`, open: async page => {
    await shown(page, '#slideshow h1')
    await button(page, 'arrow-right').focus()
  } },
  { name: 'overview', path: `${no}`, open: page => press(page, 'o', `#slidev-overview-${no}:focus`) },
  { name: 'go to a slide', path: `${no}`, open: async page => {
    await press(page, 'g', '#slidev-goto-input:focus')
    await page.keyboard.type('1')
    await page.locator('#slidev-goto-list [role="option"]').first().waitFor()
  } },
  { name: 'keys', path: `${no}`, open: page => press(page, '?', 'dialog[open]') },
  { name: 'settings', path: `${no}`, open: page => openMenu(page, 'settings-adjust', '.slider >> nth=0') },
  { name: 'sync settings', path: `${no}`, open: page => openMenu(page, 'arrow-up-bold', '[role="radiogroup"]') },
  { name: 'presenter', path: `presenter/${no}?clicks=1`, open: page => shown(page, '.slidev-presenter .slidev-note') },
  { name: 'presenter, timer running', path: `presenter/${no}`, open: async page => {
    await shown(page, '.slidev-presenter .slidev-note')
    await page.locator('.timer-controls button').first().focus()
    await page.keyboard.press('Enter')
    await page.locator('.pace-mark').waitFor()
  } },
  { name: 'presenter, overview', path: `presenter/${no}`, open: page => press(page, 'o', `#slidev-overview-${no}:focus`) },
  { name: 'presenter, keys', path: `presenter/${no}`, open: page => press(page, '?', 'dialog[open]') },
  { name: 'presenter, last slide', path: `presenter/${last}`, open: page => shown(page, '.slidev-presenter .slidev-note') },
  { name: 'slides and notes', path: 'overview', open: page => shown(page, 'main .slidev-layout h1') },
  { name: 'unknown address', path: 'nowhere', open: page => shown(page, 'h1') },
  { name: 'notes', path: 'notes', open: page => shown(page, 'main .slidev-note') },
] as const satisfies readonly Place[]

/** The name of one of these. */
export type PlaceName = ReturnType<typeof placesOf>[number]['name']
