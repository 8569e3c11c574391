import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { readHosting, serve, type Served } from '../../bench/server.ts'
import type { Stop } from '../../bench/talk.ts'
import { conditions } from '../../bench/traffic.ts'
import { Visit } from '../../bench/visit.ts'
import { ensureChromium } from 'slidev-addon-deck/browser'

const stops: Stop[] = [{ title: '潮水', hasDiagram: false, clickless: true }, { title: '树根', hasDiagram: true, clickless: true }]
/** How long anything may take, in ms: longer than a page takes to count as idle. */
const PATIENCE = 5000
/** The same where it never comes. */
const IMPATIENCE = 3000

const slide = (title: string, rest = '', script = '') => `<!doctype html><link rel="icon" href="data:,"><div class="slidev-layout"><h1>${title}</h1>${rest}</div><script>${script}</script>`
const diagram = (style = '') => `<div class="diagram" style="${style}"><svg width="300" height="200"><rect width="300" height="200"/></svg></div>`
/** A key that leads to a page of its own, as before an app is there. */
const leads = 'addEventListener("keydown", () => location.href = "/2/")'

let chromium: string
beforeAll(async () => {
  chromium = await ensureChromium()
})

/** Serves pages and visits them. */
async function visit<T>(files: Readonly<Record<string, string>>, use: (visit: Visit, served: Served) => Promise<T>, patience = PATIENCE): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bench visit '))
  let served: Served | undefined
  let opened: Visit | undefined
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
    }
    served = await serve(await readHosting(folder))
    opened = await Visit.open(chromium, served, conditions.plain, patience)
    return await use(opened, served)
  }
  finally {
    await opened?.close()
    await served?.close()
    await rm(folder, { recursive: true })
  }
}

it('counts what the page and its service worker load, foreign requests and shifts', async () => {
  const shift = 'setTimeout(() => document.body.prepend(Object.assign(document.createElement("p"), { textContent: "late", style: "height:200px" })), 500)'
  const files = {
    'index.html': slide('潮 水', '<link rel="stylesheet" href="https://fonts.invalid/a.css">', `navigator.serviceWorker.register("/sw.js");${shift}`),
    'sw.js': 'addEventListener("install", event => event.waitUntil(caches.open("deck").then(cache => cache.add("/deck.bin"))))',
    'deck.bin': 'x'.repeat(50_000),
  }
  await visit(files, async (opened, { sent }) => {
    const found = await opened.firstSlide(stops[0] as Stop)
    expect(found).toMatchObject({ foreign: 1, painted: { requests: 1 }, idle: { requests: 1 }, worker: { requests: 2 } })
    // What Chromium says it got is what the server sent.
    expect(found.idle.bytes).toBe(sent.filter(({ worker }) => !worker).reduce((sum, { bytes }) => sum + bytes, 0))
    expect(found.worker.bytes).toBeGreaterThan(50_000)
    expect(found.cls).toBeGreaterThan(0.05)
    expect(found.fcp).toBeGreaterThan(0)
    expect(found.lcp).toBeGreaterThanOrEqual(found.fcp)
  })
})

it('times a key across pages until the diagram is drawn', async () => {
  const late = `setTimeout(() => document.querySelector('.slidev-layout').innerHTML += '${diagram()}', 300)`
  await visit({ 'index.html': slide('潮水', '', leads), '2/index.html': slide('树根', '', late) }, async (opened) => {
    const { drawn, lost } = await opened.earlyKey(stops)
    expect(drawn).toBeGreaterThan(300)
    expect(lost).toBe(0)
  })
})

it('counts a press that nothing came of', async () => {
  const deaf = `let deaf = true; setTimeout(() => deaf = false, 2000); addEventListener("keydown", () => { if (!deaf) location.href = "/2/" })`
  await visit({ 'index.html': slide('潮水', '', deaf), '2/index.html': slide('树根', diagram()) }, async (opened) => {
    const { drawn, lost } = await opened.earlyKey(stops)
    expect(lost).toBe(1)
    expect(drawn).toBeGreaterThan(2000)
  })
})

it.each([
  ['opacity:0', 'an invisible diagram'],
  ['visibility:hidden', 'a hidden diagram'],
  ['position:absolute;left:-9999px', 'a diagram outside the window'],
])('does not take %s for drawn', async (style) => {
  const files = { 'index.html': slide('潮水', '', leads), '2/index.html': slide('树根', diagram(style)) }
  await visit(files, opened => expect(opened.earlyKey(stops)).rejects.toThrow('the diagram of "树根" did not come within 3 s'), IMPATIENCE)
})

it.each(['<h1 style="opacity:0">潮水</h1>', '<h1>别的</h1>', '<script src="/missing.js"></script>'])('fails where the first slide does not show: %s', async (html) => {
  await visit({ 'index.html': html }, opened => expect(opened.firstSlide(stops[0] as Stop)).rejects.toThrow(/the first slide, "潮水", did not come.*the page showed/), IMPATIENCE)
})
