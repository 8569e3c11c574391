import { statSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { CodeblockTransformer } from '@slidev/types'
import lz from 'lz-string'
import type { Browser } from 'playwright-chromium'
import { launchChromium, openChromium } from 'slidev-addon-deck/browser'
import { codeFences, diagramKinds, isMagicMove, isMermaid, mermaidSource, parseFence, type Fence } from 'slidev-addon-deck/fences'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import { editionOf, openProject, type DeckProject } from 'slidev-addon-deck/project'
import { labelFaces } from './config.ts'
import { DiagramPage } from './draw.ts'
import { optionOf } from './fence-option.ts'
import { BrokenDiagram, leftToMermaid, whyUndrawn } from './mermaid.ts'
import { assertMoves, statesOf } from './moving.ts'
import type { Form } from './page/block/style.ts'
import type { Drawing } from './page/index.ts'
import { formsOf, readDrawing, writeDrawing, type DrawingOptions } from './store.ts'
import { kindNames } from './words.ts'

/** How long, in milliseconds, the drawing browser leaves the machine to the first slides while presenting. */
const WARM_UP = 4000
/** How long a build's browser waits for a further fence. */
const IDLE = 1000

type Context = Parameters<CodeblockTransformer>[0]

/** What is known while blocks of one deck are transformed. */
interface Work {
  drawer: Drawer
  /** What was last said of a place, so that it is said once. */
  said: Map<string, string>
}

/** A fence on its way into a slide. */
interface Task extends Work {
  fence: Fence
  project: DeckProject
  faces: readonly FontFace[]
  options: DrawingOptions
  isDev: boolean
  file: string
}

/** A state of a moving picture with its drawings: across the slide, and as narrow as two side by side. */
interface StatePictures {
  state: Fence
  name: string
  wide: Drawing
  narrow: Drawing
}

/**
 * Replaces each mermaid fence by its drawing, and each magic-move block of mermaid fences by a picture that moves. One that
 * is not kept in drawings/ is drawn on the spot; only presenting keeps it there. What cannot be drawn is left to Slidev's own
 * Mermaid, with a line in the log.
 * @throws in a build, with file and line, where Mermaid cannot read a fence or states do not go together; presenting shows
 * the message in its place.
 */
export function createDiagramTransformer(): CodeblockTransformer {
  const work: Work = { drawer: new Drawer(), said: new Map() }
  return async (context) => {
    if (!isMermaid(context.info) && !isMagicMove(context.info)) return
    const { userRoot, entry, mode } = context.options
    const isDev = mode === 'dev'
    const project = await openProject(userRoot)
    const edition = editionOf(project, entry)
    const { block, file, isEdited } = locate(context, project.root)
    const faces = labelFaces(project, edition)
    const task = (fence: Fence, form: Form = 'wide'): Task => ({ ...work, fence, project, faces, options: { form, marks: edition.marks }, isDev, file })
    const nameOf = ({ title, info, kind }: Fence) => title || optionOf(info, 'alt') || kindNames[edition.words][kind as keyof typeof kindNames['en']]
    try {
      if (isMermaid(context.info)) {
        const drawing = await drawingOf(task(block))
        if ('svg' in drawing) return diagramHtml(block, nameOf(block), scaled(drawing.svg, block.info))
        // What only the deck reads is none of Mermaid's grammar.
        if (diagramKinds.some(kind => kind === block.kind)) context.code = mermaidSource(context.code).text
        return
      }
      const states = statesOf(block)
      if (!states) return
      assertMoves(states)
      const pictures = await Promise.all(states.map(async (state): Promise<StatePictures> => {
        const wide = await drawingOf(task(state))
        const narrow = formsOf(state).includes('narrow') ? await drawingOf(task(state, 'narrow')) : wide
        return { state, name: nameOf(state), wide, narrow }
      }))
      assertMoves(states, pictures.map(({ wide }) => wide))
      return movingHtml(pictures)
    }
    catch (error) {
      if (!(error instanceof BrokenDiagram)) throw error
      const message = `${file}:${error.line}  diagram-broken  ${error.message}`
      if (!isDev) throw new Error(message)
      // Of what was in the file before, `deck start` has told.
      if (!process.send || isEdited) say(work.said, `${file}:${block.line}`, message)
      return `<pre v-pre class="diagram-broken">${escapeHtml(message)}</pre>`
    }
  }
}

/** Says on the terminal what has not just been said of a place. */
function say(said: Map<string, string>, place: string, message: string): void {
  if (said.get(place) !== message) console.warn(message)
  said.set(place, message)
}

/**
 * A fence's drawing, or why it has none, which is told.
 * @throws BrokenDiagram where Mermaid cannot read it.
 */
async function drawingOf({ fence, project, faces, options, isDev, file, drawer, said }: Task): Promise<Drawing> {
  const place = `${file}:${fence.line}`
  const leave = (why: string, line = fence.line): Drawing => {
    say(said, place, leftToMermaid(`${file}:${line}`, why))
    return { undrawable: why }
  }
  const undrawn = whyUndrawn(fence)
  if (undrawn) return leave(undrawn.why, undrawn.line)
  try {
    const kept = readDrawing(project.root, fence, faces, options)
    const drawing = kept ?? await drawer.draw(fence, faces, isDev, options)
    if (isDev && kept) drawer.warmUp(faces)
    // A folder that can only be read keeps nothing.
    else if (isDev) await Promise.try(writeDrawing, project.root, fence, faces, drawing, options).catch(() => undefined)
    if ('undrawable' in drawing) return leave(drawing.undrawable)
    said.delete(place)
    return drawing
  }
  catch (error) {
    if (error instanceof BrokenDiagram) throw error
    return leave(error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error))
  }
}

/** The block with its place in the slide's file, for messages, and whether that file was edited since this process began. */
function locate({ code, slide, info }: Context, root: string): { block: Fence, file: string, isEdited: boolean } {
  const source = slide?.source
  if (!source) return { block: parseFence(code, info), file: 'unknown file', isEdited: true }
  const { raw, start, content, filepath } = source
  // Slidev counts the blank lines above a slide's text as its content, but leaves them out of it.
  const contentLine = start + raw.slice(0, raw.indexOf(content)).split('\n').length
  const found = codeFences(content, contentLine).find(fence => fence.code.trim() === code.trim())
  return {
    block: found ? { ...found, info } : parseFence(code, info, contentLine),
    file: relative(root, filepath).split(sep).join('/'),
    isEdited: (statSync(filepath, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > performance.timeOrigin,
  }
}

/** A drawing in the size that its fence asks for. */
function scaled(svg: string, info: string): string {
  const scale = Number(optionOf(info, 'scale') ?? 1)
  return svg.replace(/^<svg[^>]*>/, tag => tag.replace(/(?<= (?:width|height)=")[\d.]+/g, size => String(Math.round(Number(size) * scale * 10) / 10)))
}

/** A drawing as it stands in a slide's template. */
const svgHtml = (svg: string) => svg.replace('<svg', '<svg v-pre aria-hidden="true"')

/** The component that a drawn fence becomes in the slide. */
function diagramHtml({ description, steps }: Fence, title: string, svg: string): string {
  return `<Diagram${attributes({ title, description, ':steps': steps })}>${svgHtml(svg)}</Diagram>`
}

/** A state's picture: its drawing, or Slidev's own Mermaid where it has none. */
function pictureHtml({ code, info }: Fence, drawing: Drawing): string {
  if ('svg' in drawing) return svgHtml(scaled(drawing.svg, info))
  return `<Mermaid code-lz="${lz.compressToBase64(mermaidSource(code).text)}" />`
}

/** The component that a block of states becomes in the slide. */
function movingHtml(pictures: readonly StatePictures[]): string {
  const given = pictures.map(({ state: { description, info, steps }, name }) => ({ title: name, description, caption: optionOf(info, 'caption'), steps }))
  const slot = (name: string, html: string) => `<template #${name}>${html}</template>`
  const slots = pictures.flatMap(({ state, wide, narrow }, i) => [
    slot(`state${i}`, pictureHtml(state, wide)),
    ...i === 0 ? [slot('before', pictureHtml(state, narrow))] : [],
    ...i === pictures.length - 1 ? [slot('after', pictureHtml(state, narrow))] : [],
  ])
  return `<MovingDiagram${attributes({ ':states': JSON.stringify(given) })}>${slots.join('')}</MovingDiagram>`
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
