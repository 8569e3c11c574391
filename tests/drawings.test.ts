import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import { DiagramPage } from 'slidev-addon-diagrams/draw'
import { fencesOf } from 'slidev-addon-diagrams/problems'
import { overlapsIn } from 'slidev-addon-diagrams/overlaps'
import { DRAWINGS, drawingFile, formsOf, readDrawing } from 'slidev-addon-diagrams/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from './helpers/browser.ts'
import { editions, readEdition, root } from './helpers/deck.ts'

let browser: Browser
beforeAll(async () => {
  browser = await connectBrowser()
})
afterAll(() => browser.close())

const decks = await Promise.all(editions.map(readEdition))

describe.each(editions.map((edition, i) => ({ ...edition, deck: decks[i] })))('the $lang edition', ({ deck }) => {
  const fences = deck ? fencesOf(deck) : []

  it('has two diagrams or more in each chapter that argues a thesis', () => {
    const chapters = new Set(deck?.slides.filter(({ layout }) => layout === 'thesis').map(({ file }) => file))
    expect(chapters.size).toBeGreaterThan(0)
    for (const chapter of chapters) expect(fences.filter(({ file }) => file === chapter).length, chapter).toBeGreaterThanOrEqual(2)
  })

  it('has each diagram drawn, as it would be drawn now, byte for byte', async () => {
    const page = await DiagramPage.open(browser, fences[0]?.faces ?? [])
    for (const { file, fence, faces, marks } of fences) {
      for (const form of formsOf(fence)) expect(await page.draw(fence, { form, marks }), `${file}:${fence.line} ${form}`).toEqual(readDrawing(root, fence, faces, { form, marks }))
    }
  })

  it('has no label of a block diagram on a line, a node or another label', () => {
    for (const { file, fence, faces, marks } of fences.filter(each => each.fence.kind === 'block')) {
      for (const form of formsOf(fence)) {
        const drawing = readDrawing(root, fence, faces, { form, marks })
        expect(drawing && 'svg' in drawing && overlapsIn(drawing.svg), `${file}:${fence.line} ${form}`).toEqual([])
      }
    }
  })
})

it('no drawing is kept that no fence uses', () => {
  const used = decks.flatMap(fencesOf).flatMap(({ fence, faces, marks }) => formsOf(fence).map(form => drawingFile(fence, faces, { form, marks })))
  expect(readdirSync(join(root, DRAWINGS)).map(name => join(DRAWINGS, name)).sort()).toEqual([...new Set(used)].sort())
})

it('every drawing is marked as generated, without styles, ids, scripts or colours', () => {
  for (const name of readdirSync(join(root, DRAWINGS))) {
    const svg = readFileSync(join(root, DRAWINGS, name), 'utf8')
    expect(svg).toMatch(/^<!-- Generated .* Do not edit\. -->\n<svg /)
    expect(svg).not.toMatch(/<style|<script|\sid=|\sstyle=|#[0-9a-f]{3,6}\b|rgb\(|url\(/i)
  }
})
