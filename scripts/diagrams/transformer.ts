import { join, relative } from 'node:path'
import type { CodeblockTransformer } from '@slidev/types'
import { parseFence, parseFences, mermaidSource, type Fence } from '../../lib/fences.ts'
import { findChromium, launchChromium } from '../browser.ts'
import { DiagramPage } from './draw.ts'
import { drawingFile, readDrawing, writeDrawing } from './store.ts'

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
  const openPage = async () => {
    if (await findChromium()) return DiagramPage.open(await launchChromium())
    console.warn('\n  No Chromium found: changed diagrams are drawn by Mermaid in the page, without steps. "npm run diagrams" installs one and draws them.\n')
    return undefined
  }
  return async (context) => {
    if (!/^mermaid\b/.test(context.info)) return
    const root = context.options.userRoot
    const { fence, file } = locate(context)
    const kept = readDrawing(root, fence)
    if (kept !== undefined) return component(fence, kept)
    const place = (line: number) => `${relative(root, file)}:${line}`
    if (context.options.mode !== 'dev')
      throw new Error(`${place(fence.line)}  stale diagram: ${drawingFile(fence)} is missing; run "npm run diagrams".`)
    page ??= openPage()
    const drawer = await page
    if (!drawer) {
      context.code = mermaidSource(context.code).text
      return
    }
    try {
      const svg = await drawer.draw(fence)
      writeDrawing(join(root, drawingFile(fence)), svg)
      return component(fence, svg)
    }
    catch (error) {
      throw error instanceof Error && 'line' in error ? new Error(`${place(Number(error.line))}  broken diagram: ${error.message}`) : error
    }
  }
}
