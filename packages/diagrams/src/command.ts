import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from 'slidev-addon-deck/browser'
import { runScript } from 'slidev-addon-deck/command-line'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import type { Command } from 'slidev-addon-deck/parts'
import { openProject } from 'slidev-addon-deck/project'
import { writing } from 'slidev-addon-deck/writing'
import { DiagramError, DiagramPage, isDrawn } from './draw.ts'
import { fencesOf, type DeckFence } from './problems.ts'
import { drawingFile, DRAWINGS, readDrawing, writeDrawing } from './store.ts'

const USAGE = `Usage: deck diagrams [--all]

Draws every new or changed \`\`\`mermaid fence of every edition into ${DRAWINGS}/, and removes drawings that no fence uses.
Installs a Chromium where there is none.

  --all   draw the unchanged ones anew too`

export const command: Command = {
  summary: 'draw the changed Mermaid diagrams',
  run: (root, args) => runScript(USAGE, { all: { type: 'boolean', default: false } }, async ({ all }) => {
    const project = await openProject(root)
    const decks = await Promise.all(project.editions.map(({ entry }) => loadDeck(project, entry)))
    const fences = decks.flatMap(fencesOf).filter(({ fence }) => isDrawn(fence))
    const toDraw = fences.filter(({ fence, faces }) => all || readDrawing(root, fence, faces) === undefined)
    const broken = await writing(`No diagram was drawn into ${DRAWINGS}`, () => draw(root, toDraw))
    if (!broken) removeUnused(root, fences)
    console.log(`${fences.length} diagrams, ${toDraw.length - broken} drawn${broken ? `, ${broken} broken` : ''}`)
    return broken ? 1 : 0
  }, args),
}

/** Draws fences, and says which cannot be drawn. @returns how many those are. */
async function draw(root: string, fences: readonly DeckFence[]): Promise<number> {
  if (fences.length === 0) return 0
  const browser = await launchChromium()
  try {
    const pages = new Map<readonly FontFace[], DiagramPage>()
    let broken = 0
    for (const { file, fence, faces } of fences) {
      const page = pages.get(faces) ?? await DiagramPage.open(browser, faces)
      pages.set(faces, page)
      try {
        writeDrawing(root, fence, faces, await page.draw(fence))
      }
      catch (error) {
        if (!(error instanceof DiagramError)) throw error
        broken++
        console.error(`${file}:${error.line}  diagram-broken  ${error.message}`)
      }
    }
    return broken
  }
  finally {
    await browser.close()
  }
}

function removeUnused(root: string, fences: readonly DeckFence[]): void {
  const used = new Set(fences.map(({ fence, faces }) => drawingFile(fence, faces)))
  if (!existsSync(join(root, DRAWINGS))) return
  for (const name of readdirSync(join(root, DRAWINGS))) {
    const file = join(DRAWINGS, name)
    if (!used.has(file)) rmSync(join(root, file))
  }
}
