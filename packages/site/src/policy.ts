import { parseFences } from 'slidev-addon-deck/fences'
import { keyLine, type SourceDeck, type SourceSlide } from 'slidev-addon-deck/source-deck'
import type { Violation } from 'slidev-addon-deck/violation'
import type { Pictures, Refusal } from './in-page.ts'

/** What a page holds inline, as CSP hash sources like `'sha256-…='`. */
export interface InlineSources {
  scripts: readonly string[]
  styles: readonly string[]
}

/** What pages may do beyond loading their build's own files: further sources by directive. */
export type Allowance = Readonly<Record<string, readonly string[]>>

/** A hash would make browsers pass over 'unsafe-inline': it stands in directives of its own. */
const INLINE_STYLES = { 'style-src-elem': [`'self'`, `'unsafe-inline'`], 'style-src-attr': [`'unsafe-inline'`] }

/** What Slidev's editor and its Mermaid make, sooner or later. */
const LATE: Allowance = { ...INLINE_STYLES, 'font-src': ['data:'], 'worker-src': ['blob:'] }

const ANYWHERE = ['https:', 'data:', 'blob:']
const OPEN: Allowance = {
  ...Object.fromEntries(['img-src', 'media-src', 'font-src', 'frame-src', 'connect-src', 'style-src', 'worker-src'].map(directive => [directive, ANYWHERE])),
  'script-src': [`'unsafe-eval'`, ...ANYWHERE],
  'script-src-attr': [`'unsafe-inline'`],
  ...INLINE_STYLES,
  'style-src-elem': [...INLINE_STYLES['style-src-elem'], ...ANYWHERE],
}

/**
 * What pages have to be allowed for slides to be as they were rendered: what these make by themselves, styles and data, is theirs.
 * Where none could be rendered, nobody knows what they make: all styles are let through, but no other host's.
 * @param isLate whether some make more than they had made when they were rendered: with an editor, or a drawing of Mermaid's in the page.
 */
export function allowanceOf(rendered: { slides: readonly Pick<Pictures, 'first'>[], refused: readonly Refusal[] } | undefined, { isOpen, isLate }: { isOpen: boolean, isLate: boolean }): Allowance {
  if (isOpen) return OPEN
  if (!rendered) return INLINE_STYLES
  const { slides, refused } = rendered
  const asks = (directive: string) => refused.some(each => each.directive === directive && each.what === 'inline')
  const schemes = refused.filter(({ directive, what }) => /^(?:data|blob)$/.test(what) && !directive.startsWith('script'))
  return {
    ...isLate && LATE,
    ...Object.fromEntries([...Map.groupBy(schemes, ({ directive }) => directive.replace('-elem', ''))].map(([directive, all]) => [directive, all.map(({ what }) => `${what}:`)])),
    ...asks('style-src-elem') && { 'style-src-elem': INLINE_STYLES['style-src-elem'] },
    ...(asks('style-src-attr') || slides.some(({ first }) => / style="/.test(first.markup))) && { 'style-src-attr': INLINE_STYLES['style-src-attr'] },
  }
}

/** A page's tag with its policy: hosts send none. */
export const policyTag = (sources?: InlineSources, allowance?: Allowance) => `<meta http-equiv="Content-Security-Policy" content="${contentPolicy(sources, allowance)}">`

/**
 * What a page may load and run.
 * @throws where a source is none, so that nothing `unsafe-…` and no second directive gets in.
 */
export function contentPolicy({ scripts, styles }: InlineSources = { scripts: [], styles: [] }, allowance: Allowance = {}): string {
  for (const hash of [...scripts, ...styles]) {
    if (!/^'sha256-[A-Za-z0-9+/]{43}='$/.test(hash)) throw new Error(`${hash} is no sha256 source of a Content-Security-Policy.`)
  }
  const own: Allowance = {
    'default-src': [`'none'`],
    'script-src': [`'self'`, ...scripts],
    'style-src': [`'self'`, ...styles],
    'img-src': [`'self'`, 'data:'],
    'media-src': [`'self'`],
    'font-src': [`'self'`],
    'frame-src': [`'self'`],
    'connect-src': [`'self'`],
    'manifest-src': [`'self'`],
    'worker-src': [`'self'`],
    'base-uri': [`'none'`],
    'form-action': [`'none'`],
  }
  return Object.keys({ ...own, ...allowance }).map(directive => [directive, ...new Set([own[directive] ?? [], allowance[directive] ?? []].flat())].join(' ')).join('; ')
}

/** What the directives are about, in words. */
const KINDS: Readonly<Record<string, string>> = {
  'img-src': 'the picture', 'style-src-elem': 'the style sheet', 'font-src': 'the font', 'frame-src': 'the frame', 'script-src-elem': 'the script', 'media-src': 'the film or sound', 'connect-src': 'data',
}

/** What pages of a strict build will not show or run, at the place in the source that asks for it; what is asked for often comes often. */
export function namesOfRefused(deck: SourceDeck, refused: readonly Refusal[]): Violation[] {
  const named = refused.flatMap(({ directive, what, slide: no }) => {
    const address = /^https?:/.test(what) ? what.replace(/\/$/, '') : undefined
    if (address) return [nameOf(placeOf(deck, deck.slides[no - 1], directive, address), `${KINDS[directive] ?? 'a file'} from ${new URL(address).host}: bring it along in public/`)]
    return directive.startsWith('script') ? [nameOf(placeOf(deck, deck.slides[no - 1], directive), CODE)] : []
  })
  // What a fence lets run, it may run long after its slide has come.
  const running = deck.slides.flatMap(({ file, content, contentLine }) => parseFences(content, contentLine).filter(({ info }) => info.includes('{monaco-run')).map(({ line }) => nameOf({ file, line }, CODE)))
  return [...named, ...running]
}

const CODE = 'code that is made while it runs: do without it'

const nameOf = ({ file, line }: Place, what: string): Violation => ({ rule: 'policy', level: 'style', file, line, message: `The site goes without ${what}, or set policy: 'open' in deck.config.ts.` })

type Place = Pick<Violation, 'file' | 'line'>

/** What of the headmatter brings what no slide asks for. */
const HEAD_KEYS: Readonly<Record<string, string>> = { 'img-src': 'favicon', 'style-src-elem': 'fonts', 'font-src': 'fonts' }

/** Where an address stands in a deck's source: in the slide that asked for it, else in another; what no slide names, the headmatter brings. */
function placeOf(deck: SourceDeck, asking: SourceSlide | undefined, directive: string, address?: string): Place {
  for (const slide of address ? [asking ?? [], deck.slides].flat() : []) {
    const says = (text = '') => text.includes(address ?? '')
    const key = Object.keys(slide.frontmatter).find(name => says(JSON.stringify(slide.frontmatter[name])))
    const line = slide.content.split('\n').findIndex(text => says(text))
    if (key || line >= 0) return { file: slide.file, line: key ? keyLine(slide, key) : slide.contentLine + line }
  }
  const [head] = deck.sections
  return asking ?? { file: deck.entry, line: head ? keyLine(head, HEAD_KEYS[directive] ?? '') : 1 }
}
