import { request } from 'node:http'
import { getRandomPort } from 'get-port-please'
import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { readEdition, slideThat, source } from '../helpers/deck.ts'
import { position } from '../helpers/in-window.ts'
import { createProject, type Running } from '../helpers/project.ts'

/* The phone as remote control, from the addresses as they are printed. */

const PASSWORD = 'ge heim&流/1'
const PATIENCE = 120_000
const { slides } = await readEdition(source)

let project: Awaited<ReturnType<typeof createProject>>
let running: Running
let browser: Browser
let printed: string[]
let port: number
beforeAll(async () => {
  [project, browser, port] = await Promise.all([createProject(), connectBrowser(), getRandomPort('127.0.0.1')])
  running = project.start('start', ['--port', String(port), '--remote', PASSWORD])
  let output = ''
  for (const stream of [running.process.stdout, running.process.stderr]) stream?.on('data', (chunk: Buffer) => output += chunk.toString())
  await running.prints(/shortcuts/, PATIENCE)
   
  printed = [...output.replace(/\u001B\[[\d;]*m/g, '').matchAll(/> +(http:\S+)/g)].map(([, address = '']) => address)
}, 300_000)
afterAll(async () => {
  running?.process.kill('SIGTERM')
  await running?.finished
  await browser?.close()
  await project?.remove()
})

const answer = (host: string) => new Promise<number | undefined>((done, fail) => request({ host: '127.0.0.1', port, path: '/entry', headers: { host: `${host}:${port}`, accept: 'text/html' } }, response => done(response.statusCode)).on('error', fail).end())

it('prints addresses that are whole, by name and by number', () => {
  expect(printed.length).toBeGreaterThan(3)
  for (const address of printed) expect(new URL(address).searchParams.get('password') ?? PASSWORD).toBe(PASSWORD)
  expect(printed.some(address => /\/\/localhost:\d+\/presenter\/\?password=/.test(address))).toBe(true)
})

it('answers to this machine’s names in its own network, and to no other host’s', async () => {
  for (const name of ['127.0.0.1', 'localhost', 'my-laptop.local', 'my-laptop.lan']) expect(await answer(name), name).toBe(200)
  expect(await answer('example.org')).toBe(403)
})

it('leads from the printed address through its page to the presenter view, which steers the talk and draws the curtain', async () => {
  const entry = printed.find(address => address.includes('/entry')) ?? `http://localhost:${port}/entry?password=${encodeURIComponent(PASSWORD)}`
  const context = await browser.newContext()
  const [phone, hall] = [await context.newPage(), await context.newPage()]
  let asked = 0
  phone.on('dialog', (dialog) => {
    asked++
    void dialog.dismiss()
  })
  await hall.goto(`http://localhost:${port}/1`, { timeout: PATIENCE })
  await phone.goto(entry, { timeout: PATIENCE })
  await phone.locator('a[href*="presenter"]').click()
  await phone.locator('.slidev-presenter').waitFor()
  expect(new URL(phone.url()).pathname).toMatch(/^\/presenter\//)
  expect(asked).toBe(0)
  await hall.locator('#slideshow .slidev-layout h1:visible').waitFor()

  await phone.locator('.slidev-presenter .slidev-layout h1:visible').first().waitFor()
  await phone.keyboard.press('PageDown')
  await expect.poll(() => hall.evaluate(position)).toBe('2.0')
  const curtain = (page: typeof hall) => page.locator('.stage-curtain')
  for (const [key, colour] of [['.', 'black'], ['b', 'black'], ['w', 'white'], [',', 'white']] as const) {
    await phone.keyboard.press(key)
    await curtain(hall).waitFor()
    expect(await curtain(hall).getAttribute('class')).toContain(colour)
    const box = await curtain(hall).boundingBox()
    expect(box?.width).toBe(hall.viewportSize()?.width)
    // The presenter still sees the slide.
    expect((await curtain(phone).boundingBox())?.height).toBeLessThan(60)
    await phone.keyboard.press(key)
    await curtain(hall).waitFor({ state: 'detached' })
  }
  // What is not spoken comes a press later than the end.
  const closing = slideThat(slides, ({ layout }) => layout === 'closing')
  await phone.goto(`http://localhost:${port}/presenter/${closing.no}?password=${encodeURIComponent(PASSWORD)}`)
  await expect.poll(() => hall.evaluate(position), { timeout: 180_000 }).toBe(`${closing.no}.0`)
  await phone.locator('.slidev-presenter .slidev-layout h1:visible').first().waitFor()
  await phone.keyboard.press('PageDown')
  await curtain(hall).waitFor()
  expect(await hall.evaluate(position)).toBe(`${closing.no}.0`)
  await phone.keyboard.press('PageDown')
  await curtain(hall).waitFor({ state: 'detached' })
  await expect.poll(() => hall.evaluate(position)).toBe(`${closing.no + 1}.0`)

  await phone.keyboard.press('.')
  await curtain(hall).waitFor()
  await phone.keyboard.press('PageUp')
  await curtain(hall).waitFor({ state: 'detached' })
  await context.close()
}, 300_000)
