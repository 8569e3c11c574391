import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { writeAddressAfterFrame } from './late-address.ts'

let frames: (() => void)[]
let written: string[]
let document: EventTarget & { hidden: boolean }

/** A browser's history, as far as it is used: it says what was written in it. */
class FakeHistory {
  get state(): unknown {
    return written.at(-1)
  }

  pushState(state: unknown) {
    written.push(`push ${String(state)}`)
  }

  replaceState(state: unknown) {
    written.push(`replace ${String(state)}`)
  }

  go(delta: number) {
    written.push(`go ${delta}`)
  }
}
let history: FakeHistory
let window: EventTarget

beforeEach(() => {
  window = new EventTarget()
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  frames = []
  written = []
  document = Object.assign(new EventTarget(), { hidden: false })
  vi.stubGlobal('document', document)
  vi.stubGlobal('History', FakeHistory)
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  history = new FakeHistory()
  writeAddressAfterFrame(history as unknown as History)
})
afterEach(() => vi.unstubAllGlobals())

const paint = () => frames.splice(0).forEach(frame => frame())

it('writes a step’s changes in their order once its frame is painted', async () => {
  history.replaceState('a')
  history.pushState('b')
  paint()
  expect(written).toEqual([])
  await vi.waitUntil(() => written.length > 0)
  expect(written).toEqual(['replace a', 'push b'])
})

it('tells the state that is about to be written, and then the browser’s own', async () => {
  history.pushState('a')
  expect(history.state).toBe('a')
  paint()
  await vi.waitUntil(() => written.length > 0)
  expect(history.state).toBe('push a')
})

it('has it written before anybody moves in the history', () => {
  history.pushState('a')
  history.go(-1)
  expect(written).toEqual(['push a', 'go -1'])
})

it('has it written when the history has moved, before others hear of it', () => {
  const heard: number[] = []
  window.addEventListener('popstate', () => heard.push(written.length))
  history.pushState('a')
  window.dispatchEvent(new Event('popstate'))
  expect(heard).toEqual([1])
})

it('waits for no frame in a window that does not show, or is about to', () => {
  history.pushState('a')
  document.hidden = true
  document.dispatchEvent(new Event('visibilitychange'))
  expect(written).toEqual(['push a'])
  history.pushState('b')
  expect(written).toEqual(['push a', 'push b'])
  expect(frames).toHaveLength(1)
})
