import { join, relative } from 'node:path'
import type { CodeblockTransformer } from '@slidev/types'
import { openChromium } from 'slidev-addon-deck/browser'
import { parseFence, parseFences, mermaidSource, type Fence } from 'slidev-addon-deck/fences'
import type { FontFace } from 'slidev-addon-deck/fonts'
import { attributes } from 'slidev-addon-deck/html'
import { editionOf, openProject } from 'slidev-addon-deck/project'
import { labelFaces } from './config.ts'
import { DiagramPage, isDrawn } from './draw.ts'
import { drawingFile, readDrawing, writeDrawing } from './store.ts'

/** How long, in milliseconds, the drawing browser leaves the machine to the first slides while presenting. */
const WARM_UP = 4000

type Context = Parameters<CodeblockTransformer>[0]

/** The fence with its place in the slide's file, for messages. */
function locate({ code, slide }: Context): { fence: Fence, file: string } {
  const source = slide?.source
  const found = source && parseFences(source.content, source.contentStart + 1).find(fence => fence.code.trim() === code.trim())
  return { fence: found ?? parseFence(code), file: source?.filepath ?? 'unknown file' }
}

/** The component that a drawn fence becomes in the slide. */
function component({ title, description, steps }: Fence, svg: string): string {
  return `<Diagram${attributes({ title, description, ':steps': steps })}>${svg.replace('<svg', '<svg v-pre aria-hidden="true"')}</Diagram>`
}

/**
 * Replaces each mermaid fence by its drawing. A build takes drawings as they are kept in drawings/ and stops where one
 * is missing; while presenting, a changed fence is drawn anew, or left to Slidev's own Mermaid where no Chromium is to be had.
 */
export function createDiagramTransformer(): CodeblockTransformer {
  let page: Promise<DiagramPage | undefined> | undefined
  let warned = false
  const openPage = (faces: readonly FontFace[]) => page ??= openChromium().then(browser => browser && DiagramPage.open(browser, faces))
  const warn = () => {
    if (!warned) console.warn('\n  No Chromium found: changed diagrams are drawn by Mermaid in the page, without steps. "npm run diagrams" installs one and draws them.\n')
    warned = true
  }
  return async (context) => {
    if (!/^mermaid\b/.test(context.info)) return
    const project = await openProject(context.options.userRoot)
    const { root } = project
    const { fence, file } = locate(context)
    if (!isDrawn(fence)) return
    const faces = labelFaces(project, editionOf(project, context.options.entry))
    const kept = readDrawing(root, fence, faces)
    const isDev = context.options.mode === 'dev'
    if (kept !== undefined) {
      // A browser that is up before the first edit draws it within the second. One that fails to start is told of when a
      // fence needs it: it must not end the talk.
      if (isDev) setTimeout(() => openPage(faces).catch(() => undefined), WARM_UP).unref()
      return component(fence, kept)
    }
    const place = (line: number) => `${relative(root, file)}:${line}`
    if (!isDev)
      throw new Error(`${place(fence.line)}  stale diagram: ${drawingFile(fence, faces)} is missing; run "deck diagrams".`)
    const drawer = await openPage(faces)
    if (!drawer) {
      warn()
      context.code = mermaidSource(context.code).text
      return
    }
    try {
      const svg = await drawer.draw(fence)
      writeDrawing(root, fence, faces, svg)
      return component(fence, svg)
    }
    catch (error) {
      throw error instanceof Error && 'line' in error ? new Error(`${place(Number(error.line))}  broken diagram: ${error.message}`) : error
    }
  }
}
