import { chromium, type Browser } from 'playwright-chromium'
import { inject } from 'vitest'

/** Asks for something that suites share (tests/setup/services.ts). */
export async function ask(path: 'browser' | 'build', order = ''): Promise<string> {
  const answer = await fetch(`${inject('services')}/${path}`, { method: 'POST', body: order })
  const said = await answer.text()
  if (!answer.ok) throw new Error(said)
  return said
}

/** The browser that all suites share; each opens contexts of its own, which are gone when it closes the connection. */
export const connectBrowser = async (): Promise<Browser> => chromium.connect(await ask('browser'))
