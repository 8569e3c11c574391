import { chromium, type Browser } from 'playwright-chromium'
import { inject } from 'vitest'

/** Asks for something that suites share (tests/setup/services.ts). */
export async function ask(path: 'browser' | 'build', order = ''): Promise<string> {
  const answer = await fetch(`${inject('services')}/${path}`, { method: 'POST', body: order })
  const said = await answer.text()
  if (!answer.ok) throw new Error(said)
  return said
}

/** How long something may take to come, in milliseconds: long enough for a machine whose cores are all busy. */
const PATIENCE = 120_000

/** The browser that all suites share; each opens contexts of its own, which are gone when it closes the connection. */
export async function connectBrowser(): Promise<Browser> {
  const browser = await chromium.connect(await ask('browser'))
  const open = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await open(options)
    context.setDefaultTimeout(PATIENCE)
    return context
  }
  return browser
}
