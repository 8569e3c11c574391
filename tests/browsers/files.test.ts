import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { editions, readEdition } from '../helpers/deck.ts'
import { openWindow } from './browsers.ts'

/* Browsers differ in which faces they ask for: Firefox looks for an emoji of every digit. */

let built: BuiltDeck
beforeAll(async () => {
  built = await buildDeck('plain')
})
afterAll(() => built?.close())

describe.each(editions)('the $lang edition', (edition) => {
  it('asks for no file in Firefox that is not there', async () => {
    const { slides } = await readEdition(edition)
    const window = await openWindow('Firefox')
    const missing: string[] = []
    for (const { id } of slides) {
      // The app of the page before may still be on its way: Firefox then breaks the load off, once.
      const open = () => window.open(`${built.baseOf(edition)}${id}/`)
      await open().catch(open)
      missing.push(...await window.evaluate(async () => {
        await document.fonts.ready
        await new Promise(done => setTimeout(done, 300))
        return performance.getEntriesByType('resource').filter(entry => (entry as PerformanceResourceTiming).responseStatus >= 400).map(({ name }) => name)
      }))
    }
    await window.close()
    expect(missing).toEqual([])
  })
})
