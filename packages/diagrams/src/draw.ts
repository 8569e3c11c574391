import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-chromium'
import { mermaidSource, type Fence } from 'slidev-addon-deck/fences'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { LABEL_SIZE, MAX_SCALE, mermaidConfig } from './config.ts'
import { brokenDiagram, BrokenDiagram } from './mermaid.ts'
import type { drawDiagram, Drawing, DrawRequest } from './page/index.ts'
import { drawingStyle, type DrawingOptions } from './store.ts'

/** @throws BrokenDiagram where the steps that a slide counts are not those of its drawing: a click would show nothing, or something would never show. */
function assertStepsDrawn(svg: string, { stepsPresent, classLines, line }: Fence): void {
  const drawn = new Set([...svg.matchAll(/ data-step="(\d+)"/g)].map(([, step]) => Number(step)))
  const stray = stepsPresent.find(step => !drawn.has(step)) ?? [...drawn].find(step => !stepsPresent.includes(step))
  if (stray === undefined) return
  const at = classLines.find(({ names }) => names.includes(`step${stray}`))?.line
  throw new BrokenDiagram(`Nothing in this diagram appears with step${stray}: give that class to something that is there, in a line like "class a step${stray}".`, at ?? line)
}

/** A page in which fences are drawn, one after another. */
export class DiagramPage {
  private readonly page: Page
  /** Fences wait for one another: Mermaid keeps its state in the page. */
  private last: Promise<unknown> = Promise.resolve()
  private constructor(page: Page) {
    this.page = page
  }

  /** Opens a page in a running browser and loads Mermaid, the code that draws and the faces of labels into it. */
  static async open(browser: Browser, labelFaces: readonly FontFace[]): Promise<DiagramPage> {
    const page = await browser.newPage()
    // Loaded late: only drawing needs them, and who checks diagrams should not wait for that.
    const [{ wholeFonts }, { build }] = await Promise.all([import('slidev-addon-deck/font-files'), import('rolldown')])
    const files = await wholeFonts(labelFaces)
    const faces = files.map(({ face, path, range }) => {
      const data = readFileSync(path).toString('base64')
      return `@font-face{font-family:'${face.family}';src:url(data:font/woff2;base64,${data})${range ? `;unicode-range:${range}` : ''}}`
    })
    const { output } = await build({ input: join(import.meta.dirname, 'page/index.ts'), write: false, logLevel: 'silent', treeshake: { moduleSideEffects: false }, output: { format: 'iife', name: 'page' } })
    await page.setContent(`<!doctype html><style>${faces.join('')}</style><body></body>`)
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js') })
    await page.addScriptTag({ content: output[0].code })
    const loaded = await page.evaluate(async font => (await document.fonts.load(font, '国A')).length, `${LABEL_SIZE}px '${files[0]?.face.family}'`)
    if (loaded !== files.length) throw new Error(`The label face did not load (${loaded} of ${files.length} files).`)
    return new DiagramPage(page)
  }

  /**
   * Draws one fence as an SVG without styles, ids or scripts.
   * @throws BrokenDiagram where Mermaid cannot read it, or where it has to be mended.
   */
  async draw(fence: Fence, options: DrawingOptions = {}): Promise<Drawing> {
    const { kind, marks, statements, classLines } = fence
    const request: DrawRequest = { source: mermaidSource(fence.code).text, kind, config: mermaidConfig, maxScale: MAX_SCALE, marks, statements, classLines, ...drawingStyle(fence, options) }
    const drawing = this.last.then(() => this.page.evaluate(
      given => (window as unknown as { page: { drawDiagram: typeof drawDiagram } }).page.drawDiagram(given), request))
    this.last = drawing.catch(() => undefined)
    const drawn = await drawing
    if ('broken' in drawn) throw brokenDiagram(drawn.broken, fence)
    if ('fault' in drawn) throw new BrokenDiagram(drawn.fault, drawn.line)
    if ('svg' in drawn) assertStepsDrawn(drawn.svg, fence)
    return drawn
  }
}
