// npm run diagrams: draws every changed mermaid fence of every edition into diagrams/ and removes drawings no fence uses.
// --all draws the unchanged ones anew too.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { editions } from 'slidev-addon-deck/editions'
import { ensureChromium, launchChromium } from 'slidev-addon-deck/browser'
import { fencesOf } from './check.ts'
import { DiagramError, DiagramPage } from './draw.ts'
import { drawingFile, readDrawing, writeDrawing } from './store.ts'
import { loadDeck } from 'slidev-addon-deck/load-deck'

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } })
const root = process.cwd()
const decks = await Promise.all(editions.map(({ entry }) => loadDeck(root, entry)))
const fences = decks.flatMap(fencesOf)
const toDraw = fences.filter(({ fence, language }) => values.all || readDrawing(root, fence, language) === undefined)

let broken = 0
if (toDraw.length) {
  await ensureChromium()
  const browser = await launchChromium()
  try {
    const pages = new Map(await Promise.all([...new Set(toDraw.map(({ language }) => language))]
      .map(async language => [language, await DiagramPage.open(browser, language)] as const)))
    for (const { file, fence, language } of toDraw) {
      try {
        const svg = await pages.get(language)?.draw(fence)
        if (svg) writeDrawing(join(root, drawingFile(fence, language)), svg)
      }
      catch (error) {
        if (!(error instanceof DiagramError)) throw error
        broken++
        console.error(`${file}:${error.line}  broken diagram: ${error.message}`)
      }
    }
  }
  finally {
    await browser.close()
  }
}
if (!broken) {
  const used = new Set(fences.map(({ fence, language }) => drawingFile(fence, language)))
  for (const name of readdirSync(join(root, 'diagrams')))
    if (!used.has(join('diagrams', name))) rmSync(join(root, 'diagrams', name))
}
console.log(`${fences.length} diagrams, ${toDraw.length - broken} drawn${broken ? `, ${broken} broken` : ''}`)
process.exitCode = broken ? 1 : 0
