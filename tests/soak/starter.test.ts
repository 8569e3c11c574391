import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { findChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { openProject } from 'slidev-addon-deck/project'
import { x } from 'tinyexec'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { serveBuilt } from '../helpers/built.ts'
import { root } from '../helpers/deck.ts'
import { DECK } from '../helpers/project.ts'

/* Slidev's own starter, as somebody has it who tries the kit in a deck of theirs. */

let folder = ''
const deck = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await x(process.execPath, [join(root, DECK), ...args], { nodeOptions: { cwd: folder, env: { CHROMIUM_PATH: await findChromium() ?? '' } } })
  return { code: exitCode, output: stdout + stderr }
}

beforeAll(async () => {
  // In the project's folder, where Slidev and the kit are found from.
  folder = await mkdtemp(join(root, '.starter-'))
  await cp(join(dirname(createRequire(import.meta.url).resolve('create-slidev/package.json')), 'template'), folder, { recursive: true })
  const slides = join(folder, 'slides.md')
  await writeFile(slides, (await readFile(slides, 'utf8')).replace('---\n', '---\naddons: [diagrams, present, site]\n'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('is built: every slide comes, with nothing thrown by the kit, and what it lacks is named once', async () => {
  const { code, output } = await deck('build')
  expect(code, output).toBe(0)
  const told = output.split('\n').filter(line => / {2}policy {2}/.test(line))
  expect(told.length, output).toBeGreaterThan(0)
  for (const line of told) expect(line).toMatch(/^\S+\.md:\d+ {2}policy {2}.*policy: 'open' in deck\.config\.ts/)
  expect(new Set(told).size).toBe(told.length)

  const { slides } = await loadDeck(await openProject(folder), 'slides.md')
  const built = await serveBuilt(join(folder, 'dist'))
  const browser = await connectBrowser()
  try {
    const page = await browser.newPage({ serviceWorkers: 'block' })
    const faults: string[] = []
    page.on('pageerror', error => faults.push(error.message))
    for (const { no } of slides) {
      await page.goto(`${built.origin}/${no}/`)
      await page.waitForFunction(no => !document.querySelector('#first') && [...document.querySelectorAll(`#slideshow > [data-slidev-no="${no}"] .slidev-layout`)].some(slide => slide.checkVisibility()), no)
    }
    expect(slides.length).toBeGreaterThan(10)
    // Code made while it runs is what the policy keeps out.
    expect(faults.filter(fault => !/Content Security Policy|unsafe-eval|Refused to|CSP/i.test(fault))).toEqual([])
  }
  finally {
    await browser.close()
    await built.close()
  }
}, 600_000)

it('is exported', async () => {
  const { code, output } = await deck('export', '--only', 'deck', '--range', '1-4')
  expect(code, output).toBe(0)
  const [pdf = '', ...more] = await readdir(join(folder, 'export'))
  expect(more).toEqual([])
  expect((await readFile(join(folder, 'export', pdf))).subarray(0, 5).toString()).toBe('%PDF-')
}, 600_000)
