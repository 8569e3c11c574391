import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { editions, others, readEdition, slideThat, source } from '../helpers/deck.ts'
import { lastClick } from '../rendered/session.ts'
import { isThere, missingFiles, onPage, onSlide } from './browsers.ts'

/* Browsers differ in which files they ask for, and in what becomes of those that are on their way. */

let built: BuiltDeck
beforeAll(async () => {
  built = await buildDeck('published')
})
afterAll(() => built?.close())

describe.each(editions)('the $lang edition', (edition) => {
  // Firefox looks for an emoji of every digit.
  it('asks for no file in Firefox that is not there', async () => {
    const { slides } = await readEdition(edition)
    // What the app asks for on its way is in browsers/slides, what each page asks for by itself in site/first.
    const addresses = [slides[0], slideThat(slides, slide => lastClick(slide) >= 2), slides.at(-1)].map(slide => `${built.baseOf(edition)}${slide?.id}/`)
    const missing = await onPage('Firefox', addresses[0] ?? '', {}, async ({ open, evaluate }) => {
      const found: string[] = []
      for (const [i, address] of addresses.entries()) {
        if (i > 0) await open(address)
        await expect.poll(() => evaluate(isThere)).toBe(true)
        found.push(...await evaluate(missingFiles))
      }
      return found
    })
    expect(missing).toEqual([])
    checked('Firefox', 'pages that ask for no file that is not there', addresses.length)
  })
})

it('a page that is left while it loads is left, in Firefox too', async () => {
  const [other] = others
  if (!other) throw new Error('The talk has one edition.')
  const pathOf = (edition: typeof other) => new URL(built.baseOf(edition)).pathname
  const scripts = { held: Promise.resolve(), waiting: 0 }
  const server = createServer((request, response) => void (async () => {
    if (request.url?.endsWith('.js')) {
      scripts.waiting++
      await scripts.held
      scripts.waiting--
    }
    const answer = await fetch(`${built.origin}${request.url}`)
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(Buffer.from(await answer.arrayBuffer()))
  })().catch(() => response.destroy()))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { promise, resolve } = Promise.withResolvers<undefined>()
  try {
    await onSlide('Firefox', `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathOf(source)}`, {}, async ({ press, evaluate }) => {
      scripts.held = promise
      // The overview asks for every slide.
      await press(['o'])
      await expect.poll(() => scripts.waiting).toBeGreaterThan(0)
      await evaluate((path) => { location.assign(path) }, pathOf(other))
      await expect.poll(() => evaluate(() => location.pathname)).toBe(pathOf(other))
      checked('Firefox', 'a page is left while it loads', 1)
    })
  }
  finally {
    resolve(undefined)
    server.closeAllConnections()
    server.close()
  }
})
