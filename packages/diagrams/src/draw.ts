import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-chromium'
import { diagramKinds, mermaidSource, type Fence } from 'slidev-addon-deck/fences'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { LABEL_SIZE, MAX_SCALE, mermaidConfig } from './config.ts'
import { drawInPage } from './in-page.ts'

const require = createRequire(import.meta.url)

/** A fence that cannot be drawn; `line` is the 1-based line in its file that the message is about. */
export class DiagramError extends Error {
  readonly line: number
  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

/** Turns what Mermaid says of its own input into a message about the slide's file. */
export function diagramError(error: unknown, fence: Fence): DiagramError {
  const said = (error instanceof Error ? error.message : String(error))
    .replace(/^(page\.evaluate: )?(Error: )?/, '').split(/\n\s+at /)[0]?.trim() ?? ''
  const mermaidLine = /(?:on line |line: ?)(\d+)/i.exec(said)?.[1]
  const { lines } = mermaidSource(fence.code)
  const offset = mermaidLine ? lines[Math.min(Number(mermaidLine), lines.length) - 1] ?? 0 : -1
  // Mermaid counts the lines it was given; the message carries the file's own.
  return new DiagramError(said.replace(/ on line \d+/, ''), fence.line + 1 + offset)
}

/** Whether fences of this kind are drawn ahead of time; others are left to Slidev's own Mermaid. */
export const isDrawn = ({ kind }: Fence) => diagramKinds.some(known => known === kind)

/** A page in which fences are drawn, one after another. */
export class DiagramPage {
  private readonly page: Page
  /** Fences wait for one another: Mermaid keeps its state in the page. */
  private last: Promise<unknown> = Promise.resolve()
  private constructor(page: Page) {
    this.page = page
  }

  /** Opens a page in a running browser and loads Mermaid and the faces of labels into it. */
  static async open(browser: Browser, labelFaces: readonly FontFace[]): Promise<DiagramPage> {
    const page = await browser.newPage()
    // Loaded late: only drawing reads fonts, and who checks diagrams should not wait for that.
    const { wholeFonts } = await import('slidev-addon-deck/font-files')
    const files = await wholeFonts(labelFaces)
    const faces = files.map(({ face, path, range }) => {
      const data = readFileSync(path).toString('base64')
      return `@font-face{font-family:'${face.family}';src:url(data:font/woff2;base64,${data})${range ? `;unicode-range:${range}` : ''}}`
    })
    await page.setContent(`<!doctype html><style>${faces.join('')}</style><body></body>`)
    await page.addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') })
    const loaded = await page.evaluate(async font => (await document.fonts.load(font, '国A')).length, `${LABEL_SIZE}px '${files[0]?.face.family}'`)
    if (loaded !== files.length) throw new Error(`The label face did not load (${loaded} of ${files.length} files).`)
    return new DiagramPage(page)
  }

  /**
   * Draws one fence as an SVG without styles, ids or scripts.
   * @throws DiagramError with Mermaid's message and the line it is about.
   */
  async draw(fence: Fence): Promise<string> {
    const { text } = mermaidSource(fence.code)
    const drawing = this.last.then(() => this.page.evaluate(drawInPage, { source: text, kind: fence.kind, config: mermaidConfig, maxScale: MAX_SCALE, marks: fence.marks, statements: fence.statements }))
    this.last = drawing.catch(() => undefined)
    return drawing.catch((error: unknown) => {
      throw diagramError(error, fence)
    })
  }
}
