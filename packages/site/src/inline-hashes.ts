import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultTreeAdapter as tree, parse, type DefaultTreeAdapterTypes } from 'parse5'
import type { InlineSources } from './security-headers.ts'

/** What a page holds that a Content-Security-Policy has to know, and what no policy without `unsafe-…` lets through. */
export interface InlineContent {
  scripts: string[]
  styles: string[]
  /** Line of the page (from 1), element and attribute of each inline handler, style and javascript: address. */
  refused: { line: number, what: string }[]
}

/**
 * What Slidev's client puts into `<style>` elements while it runs: usePrintStyles (nothing, outside of print) and logic/dark.ts
 * (switching the colour scheme without a transition). A browser test finds a further one.
 */
const CLIENT_STYLES = [
  '',
  `*,*::before,*::after{${['-webkit-', '-moz-', '-o-', '-ms-', ''].map(prefix => `${prefix}transition:none!important`).join(';')}}`,
]

/** Types of script a browser runs or reads as settings; anything else is data, which no policy concerns (WHATWG HTML, “prepare the script element”). */
const RUN = /^(?:|module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i

/**
 * Finds the inline scripts and styles of an HTML page as a browser does, `<template>` and `<noscript>` included.
 * @param html the page's text.
 */
export function inlineContent(html: string): InlineContent {
  const found: InlineContent = { scripts: [], styles: [], refused: [] }
  // Without scripting a browser applies what <noscript> holds.
  visit(parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false }), found)
  return found
}

function visit(node: DefaultTreeAdapterTypes.Node, found: InlineContent): void {
  if (tree.isElementNode(node)) look(node, found)
  if ('content' in node) visit(node.content, found)
  if ('childNodes' in node) for (const child of node.childNodes) visit(child, found)
}

function look(element: DefaultTreeAdapterTypes.Element, { scripts, styles, refused }: InlineContent): void {
  const attributes = new Map(element.attrs.map(({ name, value }) => [name, value]))
  const text = () => element.childNodes.map(child => tree.isTextNode(child) ? child.value : '').join('')
  if (element.tagName === 'style') styles.push(text())
  if (element.tagName === 'script' && !attributes.has('src') && !attributes.has('href') && text() && RUN.test(attributes.get('type')?.trim() ?? '')) scripts.push(text())
  for (const [name, value] of attributes) {
    const breaks = name === 'style' || /^on[a-z]+$/.test(name) || (/^(?:href|src|action|formaction)$/.test(name) && /^\s*javascript:/i.test(value))
    if (breaks) refused.push({ line: element.sourceCodeLocation?.startLine ?? 1, what: `<${element.tagName} ${name}="${value.length > 60 ? `${value.slice(0, 60)}…` : value}">` })
  }
}

/** The CSP sources of a page with these inline scripts and styles, and of the styles its client makes. */
export function sourcesOf({ scripts, styles }: Pick<InlineContent, 'scripts' | 'styles'>): InlineSources {
  return { scripts: scripts.map(sha256Source), styles: [...CLIENT_STYLES, ...styles].map(sha256Source) }
}

/**
 * The CSP sources of every inline script and style of a build's HTML files, and of the styles its client makes, each once and sorted.
 * @throws naming file, line and attribute of everything the policy would block.
 */
export async function inlineSources(folder: string): Promise<InlineSources> {
  const pages = (await readdir(folder, { recursive: true })).filter(file => file.endsWith('.html')).sort()
  const scripts = new Set<string>()
  const styles = new Set<string>(CLIENT_STYLES.map(sha256Source))
  const problems: string[] = []
  for (const page of pages) {
    const content = inlineContent(await readFile(join(folder, page), 'utf8'))
    for (const text of content.scripts) scripts.add(sha256Source(text))
    for (const text of content.styles) styles.add(sha256Source(text))
    problems.push(...content.refused.map(({ line, what }) => `${join(folder, page)}:${line}  ${what} breaks the Content-Security-Policy: put it into a script or a style sheet.`))
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return { scripts: [...scripts].sort(), styles: [...styles].sort() }
}

/** The source of CSP Level 3 that allows exactly this inline text. */
export function sha256Source(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
