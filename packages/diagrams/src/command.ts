import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import { launchChromium } from 'slidev-addon-deck/browser'
import { runScript } from 'slidev-addon-deck/command-line'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import type { Command } from 'slidev-addon-deck/parts'
import { openProject } from 'slidev-addon-deck/project'
import { formatViolation } from 'slidev-addon-deck/violation'
import { writing } from 'slidev-addon-deck/writing'
import { DiagramPage } from './draw.ts'
import { assertReadable, BrokenDiagram, leftToMermaid, whyUndrawn, type Undrawn } from './mermaid.ts'
import type { Form } from './page/block/style.ts'
import type { Drawing } from './page/index.ts'
import { fencesOf, movingProblems, type DeckFence } from './problems.ts'
import { drawingFile, DRAWINGS, formsOf, readDrawing, writeDrawing } from './store.ts'

const USAGE = `Usage: deck diagrams [--all]

Draws every new or changed \`\`\`mermaid fence of every edition into ${DRAWINGS}/, and removes drawings that no fence uses.
Names the fences that are left to Slidev's own Mermaid. Installs a Chromium where there is none.

  --all   draw the unchanged ones anew too
  --help`

/** `deck diagrams`. */
export const command: Command = {
  summary: 'draw the changed Mermaid diagrams',
  run: (root, args) => runScript(USAGE, { all: { type: 'boolean', default: false } }, async ({ all }) => {
    const project = await openProject(root)
    const decks = await Promise.all(project.editions.map(({ entry }) => loadDeck(project, entry)))
    const fences = decks.flatMap(fencesOf)
    const { drawn, broken } = await writing(`No diagram was drawn into ${DRAWINGS}`, () => drawFences(root, fences, all))
    // What has the same id in two states is compared as it is drawn.
    const apart = broken ? [] : decks.flatMap(movingProblems)
    for (const problem of apart) console.error(formatViolation(problem))
    const faults = broken + apart.length
    if (!faults) removeUnused(root, fences)
    console.log(`${fences.length} diagrams, ${drawn} drawn${faults ? `, ${faults} broken` : ''}`)
    return faults ? 1 : 0
  }, args),
}

/** Draws fences, and names those that are broken or left to Slidev's own Mermaid. @returns how many were drawn, and how many are broken. */
async function drawFences(root: string, fences: readonly DeckFence[], all: boolean) {
  const count = { drawn: 0, broken: 0 }
  let browser: Browser | undefined
  const pages = new Map<readonly FontFace[], DiagramPage>()
  const draw = async ({ fence, faces, marks }: DeckFence, form: Form) => {
    browser ??= await launchChromium()
    const page = pages.get(faces) ?? await DiagramPage.open(browser, faces)
    pages.set(faces, page)
    const drawing = await page.draw(fence, { form, marks })
    writeDrawing(root, fence, faces, drawing, { form, marks })
    count.drawn++
    return drawing
  }
  const drawingOf = async (each: DeckFence, form: Form): Promise<Drawing | Undrawn> => {
    const { fence, faces, marks } = each
    const undrawn = whyUndrawn(fence)
    if (undrawn) {
      await assertReadable(fence, marks)
      return undrawn
    }
    const drawing = !all && readDrawing(root, fence, faces, { form, marks }) || await draw(each, form)
    return 'undrawable' in drawing ? { why: drawing.undrawable, line: fence.line } : drawing
  }
  try {
    for (const { each, form } of fences.flatMap(each => formsOf(each.fence).map(form => ({ each, form })))) {
      try {
        const drawing = await drawingOf(each, form)
        if ('why' in drawing) console.warn(leftToMermaid(`${each.file}:${drawing.line}`, drawing.why))
      }
      catch (error) {
        if (!(error instanceof BrokenDiagram)) throw error
        count.broken++
        console.error(`${each.file}:${error.line}  diagram-broken  ${error.message}`)
      }
    }
    return count
  }
  finally {
    await browser?.close()
  }
}

function removeUnused(root: string, fences: readonly DeckFence[]): void {
  const used = new Set(fences.flatMap(({ fence, faces, marks }) => formsOf(fence).map(form => drawingFile(fence, faces, { form, marks }))))
  const folder = join(root, DRAWINGS)
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (/^[\da-f]{12}\.svg/.test(name) && !used.has(join(DRAWINGS, name))) rmSync(join(folder, name))
  }
}
