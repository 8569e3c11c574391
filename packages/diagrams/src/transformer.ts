import { join, relative } from 'node:path'
import type { CodeblockTransformer } from '@slidev/types'
import { languageOf, type Language } from 'slidev-addon-deck/editions'
import { parseFence, parseFences, mermaidSource, type Fence } from 'slidev-addon-deck/fences'
import { openChromium } from 'slidev-addon-deck/browser'
import { DiagramPage } from './draw.ts'
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

const attribute = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')

/** The component that a drawn fence becomes in the slide. */
function component(fence: Fence, svg: string): string {
  return `<Diagram title="${attribute(fence.title)}" description="${attribute(fence.description)}" :steps="${fence.steps}">${svg.replace('<svg', '<svg v-pre aria-hidden="true"')}</Diagram>`
}

/**
 * Replaces each mermaid fence by its drawing. A build takes drawings as they are kept in diagrams/ and stops where one
 * is missing; while presenting, a changed fence is drawn anew, or left to Slidev's own Mermaid where no Chromium is to be had.
 */
export function createDiagramTransformer(): CodeblockTransformer {
  let page: Promise<DiagramPage | undefined> | undefined
  let warned = false
  const openPage = (language: Language) => page ??= openChromium().then(browser => browser && DiagramPage.open(browser, language))
  const warn = () => {
    if (!warned) console.warn('\n  No Chromium found: changed diagrams are drawn by Mermaid in the page, without steps. "npm run diagrams" installs one and draws them.\n')
    warned = true
  }
  return async (context) => {
    if (!/^mermaid\b/.test(context.info)) return
    const root = context.options.userRoot
    const { fence, file } = locate(context)
    const language = languageOf(context.options.data.headmatter['lang'])
    const kept = readDrawing(root, fence, language)
    const isDev = context.options.mode === 'dev'
    if (kept !== undefined) {
      // A browser that is up before the first edit draws it within the second. One that fails to start is told of when a
      // fence needs it: it must not end the talk.
      if (isDev) setTimeout(() => openPage(language).catch(() => undefined), WARM_UP).unref()
      return component(fence, kept)
    }
    const place = (line: number) => `${relative(root, file)}:${line}`
    if (!isDev)
      throw new Error(`${place(fence.line)}  stale diagram: ${drawingFile(fence, language)} is missing; run "npm run diagrams".`)
    const drawer = await openPage(language)
    if (!drawer) {
      warn()
      context.code = mermaidSource(context.code).text
      return
    }
    try {
      const svg = await drawer.draw(fence)
      writeDrawing(join(root, drawingFile(fence, language)), svg)
      return component(fence, svg)
    }
    catch (error) {
      throw error instanceof Error && 'line' in error ? new Error(`${place(Number(error.line))}  broken diagram: ${error.message}`) : error
    }
  }
}
