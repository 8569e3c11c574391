import { statSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { CodeblockTransformer } from '@slidev/types'
import type { Browser } from 'playwright-chromium'
import { launchChromium, openChromium } from 'slidev-addon-deck/browser'
import { diagramKinds, mermaidSource, parseFence, parseFences, type Fence } from 'slidev-addon-deck/fences'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import { editionOf, openProject } from 'slidev-addon-deck/project'
import { labelFaces } from './config.ts'
import { DiagramPage } from './draw.ts'
import { optionOf } from './fence-option.ts'
import { BrokenDiagram, leftToMermaid, whyUndrawn } from './mermaid.ts'
import type { Drawing } from './page/index.ts'
import { type DrawingOptions, readDrawing, writeDrawing } from './store.ts'
import { kindNames } from './words.ts'

/** How long, in milliseconds, the drawing browser leaves the machine to the first slides while presenting. */
const WARM_UP = 4000
/** How long a build's browser waits for a further fence. */
const IDLE = 1000

type Context = Parameters<CodeblockTransformer>[0]

/**
 * Replaces each mermaid fence by its drawing. One that is not kept in drawings/ is drawn on the spot; only presenting keeps
 * it there. What cannot be drawn is left to Slidev's own Mermaid, with a line in the log.
 * @throws in a build, with file and line, where Mermaid cannot read a fence; presenting shows the message in its place.
 */
export function createDiagramTransformer(): CodeblockTransformer {
  const drawer = new Drawer()
  const said = new Map<string, string>()
  return async (context) => {
    if (!/^mermaid\b/.test(context.info)) return
    const { userRoot, entry, mode } = context.options
    const isDev = mode === 'dev'
    const project = await openProject(userRoot)
    const edition = editionOf(project, entry)
    const { fence, file, isEdited } = locate(context, project.root)
    const place = `${file}:${fence.line}`
    const say = (message: string) => {
      if (said.get(place) !== message) console.warn(message)
      said.set(place, message)
    }
    const leave = (why: string): undefined => {
      say(leftToMermaid(place, why))
      // What only the deck reads is none of Mermaid's grammar.
      if (diagramKinds.some(kind => kind === fence.kind)) context.code = mermaidSource(context.code).text
    }

    const undrawn = whyUndrawn(fence)
    if (undrawn) return leave(undrawn)
    const faces = labelFaces(project, edition)
    const options: DrawingOptions = { marks: edition.marks }
    try {
      const kept = readDrawing(project.root, fence, faces, options)
      const drawing = kept ?? await drawer.draw(fence, faces, isDev, options)
      if (isDev && kept) drawer.warmUp(faces)
      // A folder that can only be read keeps nothing.
      else if (isDev) await Promise.try(writeDrawing, project.root, fence, faces, drawing, options).catch(() => undefined)
      if ('undrawable' in drawing) return leave(drawing.undrawable)
      said.delete(place)
      const name = fence.title || optionOf(context.info, 'alt') || kindNames[edition.words][fence.kind as keyof typeof kindNames['en']]
      return component(fence, name, scaled(drawing.svg, Number(optionOf(context.info, 'scale') ?? 1)))
    }
    catch (error) {
      if (!(error instanceof BrokenDiagram)) return leave(error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error))
      const message = `${file}:${error.line}  diagram-broken  ${error.message}`
      if (!isDev) throw new Error(message)
      // Of what was in the file before, `deck start` has told.
      if (!process.send || isEdited) say(message)
      return `<pre v-pre class="diagram-broken">${escapeHtml(message)}</pre>`
    }
  }
}

/** The fence with its place in the slide's file, for messages, and whether that file was edited since this process began. */
function locate({ code, slide, info }: Context, root: string): { fence: Fence, file: string, isEdited: boolean } {
  const source = slide?.source
  if (!source) return { fence: parseFence(code, info), file: 'unknown file', isEdited: true }
  const { raw, start, content, filepath } = source
  // Slidev counts the blank lines above a slide's text as its content, but leaves them out of it.
  const contentLine = start + raw.slice(0, raw.indexOf(content)).split('\n').length
  const found = parseFences(content, contentLine).find(fence => fence.code.trim() === code.trim())
  return {
    fence: found ?? parseFence(code, info, contentLine),
    file: relative(root, filepath).split(sep).join('/'),
    isEdited: (statSync(filepath, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > performance.timeOrigin,
  }
}

/** A drawing in another size. */
function scaled(svg: string, scale: number): string {
  return svg.replace(/^<svg[^>]*>/, tag => tag.replace(/(?<= (?:width|height)=")[\d.]+/g, size => String(Math.round(Number(size) * scale * 10) / 10)))
}

/** The component that a drawn fence becomes in the slide. */
function component({ description, steps }: Fence, title: string, svg: string): string {
  return `<Diagram${attributes({ title, description, ':steps': steps })}>${svg.replace('<svg', '<svg v-pre aria-hidden="true"')}</Diagram>`
}

/** Draws in a browser that is started when a fence needs it: one that stays while presenting, and that ends with the last fence of a build. */
class Drawer {
  private opened: Promise<{ browser: Browser, page: DiagramPage }> | undefined
  private waiting = 0

  /** @throws where there is no browser, and what `DiagramPage.draw` throws. */
  async draw(fence: Fence, faces: readonly FontFace[], isDev: boolean, options: DrawingOptions): Promise<Drawing> {
    this.waiting++
    try {
      const { page } = await this.open(faces, isDev)
      return await page.draw(fence, options)
    }
    finally {
      this.waiting--
      if (!isDev) setTimeout(() => this.close(), IDLE)
    }
  }

  /** A browser that is up before the first edit draws it within the second. One that fails to start is told of when a fence needs it. */
  warmUp(faces: readonly FontFace[]): void {
    setTimeout(() => this.open(faces, true).catch(() => undefined), WARM_UP).unref()
  }

  private open(faces: readonly FontFace[], isDev: boolean) {
    return this.opened ??= (async () => {
      // Nobody waits for an installation while presenting.
      const browser = isDev ? await openChromium() : await launchChromium()
      if (!browser) throw new Error('No Chromium was found: "deck diagrams" installs one.')
      browser.on('disconnected', () => this.opened = undefined)
      return { browser, page: await DiagramPage.open(browser, faces) }
    })()
  }

  private async close(): Promise<void> {
    if (this.waiting > 0) return
    await this.opened?.then(({ browser }) => browser.close(), () => undefined)
  }
}
