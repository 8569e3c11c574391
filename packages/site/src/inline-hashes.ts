import { createHash } from 'node:crypto'
import { defaultTreeAdapter as tree, parse, serializeOuter } from 'parse5'
import { elementsOf, type Element } from './elements.ts'
import type { InlineSources } from './policy.ts'

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

/** The elements of a page as a browser without scripting has them. */
const elementsIn = (html: string) => elementsOf(parse(html, { scriptingEnabled: false }))
const attribute = ({ attrs }: Element, name: string) => attrs.find(each => each.name === name)?.value
const textOf = ({ childNodes }: Element) => childNodes.map(child => tree.isTextNode(child) ? child.value : '').join('')

/** The inline scripts and styles of a page: their texts. */
export function inlineContent(html: string): { scripts: string[], styles: string[] } {
  const elements = elementsIn(html)
  const isInline = (script: Element) => attribute(script, 'src') === undefined && attribute(script, 'href') === undefined && RUN.test(attribute(script, 'type')?.trim() ?? '')
  return {
    scripts: elements.filter(element => element.tagName === 'script' && isInline(element)).map(textOf).filter(Boolean),
    styles: elements.filter(({ tagName }) => tagName === 'style').map(textOf),
  }
}

/** What Slidev's page of an app has that slides' own pages need too, as HTML. */
export interface ShellContent {
  /** Style sheets and scripts from other hosts. */
  foreign: string
  /** What the deck's own index.html has in its body. */
  body: string
  /** Address of the icon, wherever that is. */
  icon: string | undefined
}

export function shellContent(html: string): ShellContent {
  const elements = elementsIn(html)
  const isLink = (element: Element, rel: string) => element.tagName === 'link' && attribute(element, 'rel') === rel
  const wanted = elements.filter(element => element.tagName === 'script' || isLink(element, 'stylesheet'))
  return {
    foreign: wanted.filter(element => isForeign(attribute(element, 'src') ?? attribute(element, 'href'))).map(element => serializeOuter(element)).join('\n'),
    body: elements.filter(element => element.parentNode?.nodeName === 'body' && element.tagName !== 'script' && attribute(element, 'id') !== 'app').map(element => serializeOuter(element)).join('\n'),
    icon: elements.filter(element => isLink(element, 'icon')).map(element => attribute(element, 'href'))[0],
  }
}

/** Whether an address is another host's. */
export const isForeign = (address: string | undefined) => /^(?:https?:)?\/\//.test(address ?? '')

/** The CSP sources of a page with these inline scripts and styles, and of the styles its client makes. */
export function sourcesOf({ scripts, styles }: InlineSources): InlineSources {
  return { scripts: scripts.map(sha256Source), styles: [...CLIENT_STYLES, ...styles].map(sha256Source) }
}

/** The source of CSP Level 3 that allows exactly this inline text. */
export function sha256Source(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
