import { parseFences } from 'slidev-addon-deck/fences'
import { keyLine, type SourceDeck, type SourceSlide } from 'slidev-addon-deck/source-deck'
import type { Violation } from 'slidev-addon-deck/violation'
import type { Refusal } from './in-page.ts'
import type { Rendered } from './render.ts'

/** What a page holds inline, as CSP hash sources like `'sha256-…='`. */
export interface InlineSources {
  scripts: readonly string[]
  styles: readonly string[]
}

/** What pages may do beyond loading their build's own files. */
export interface Allowance {
  /** Styles in elements and attributes that the deck makes while it runs. */
  styles: { elements: boolean, attributes: boolean }
  /** Directives whose data or blobs the deck makes while it runs, with the scheme of each. */
  schemes: readonly (readonly [directive: string, scheme: string])[]
  /** Other hosts, and code made while it runs. */
  open: boolean
}

/** Nothing beyond its own files. */
export const NOTHING: Allowance = { styles: { elements: false, attributes: false }, schemes: [], open: false }

/** Where no slide could be rendered, nobody knows what they do: their styles are their own, but no other host's. */
export const WITHOUT_BROWSER: Allowance = { ...NOTHING, styles: { elements: true, attributes: true } }

/** What slides make by themselves is theirs: these schemes name nothing from elsewhere. */
const OWN_SCHEMES = ['data', 'blob']

/** What pages have to be allowed for slides to be as they were rendered, as far as `open` permits. */
export function allowanceOf({ slides, refused }: Rendered, open: boolean): Allowance {
  const asks = (directive: string) => refused.some(each => each.directive === directive && each.what === 'inline')
  const schemes = refused.filter(({ directive, what }) => OWN_SCHEMES.includes(what) && !directive.startsWith('script')).map(({ directive, what }) => [directive, what] as const)
  return { styles: { elements: asks('style-src-elem'), attributes: asks('style-src-attr') || slides.some(({ first }) => / style="/.test(first.markup)) }, schemes, open }
}

/** A page's tag with its policy: hosts send none. */
export const policyTag = (sources: InlineSources = { scripts: [], styles: [] }, allowance = NOTHING) => `<meta http-equiv="Content-Security-Policy" content="${contentPolicy(sources, allowance)}">`

/**
 * What a page may load and run.
 * @throws where a source is none, so that nothing `unsafe-…` and no second directive gets in.
 */
export function contentPolicy({ scripts, styles }: InlineSources, { styles: { elements, attributes }, schemes, open }: Allowance): string {
  for (const hash of [...scripts, ...styles]) {
    if (!/^'sha256-[A-Za-z0-9+/]{43}='$/.test(hash)) throw new Error(`${hash} is no sha256 source of a Content-Security-Policy.`)
  }
  const others = open ? ['https:', 'data:', 'blob:'] : []
  const policy = new Map([
    ['default-src', open ? [`'self'`, ...others] : [`'none'`]],
    ['script-src', [`'self'`, ...scripts, ...open ? [`'unsafe-eval'`, ...others] : []]],
    ['style-src', [`'self'`, ...styles, ...others]],
    ['img-src', [`'self'`, ...open ? others : ['data:']]],
    ['media-src', [`'self'`, ...others]],
    ['font-src', [`'self'`, ...others]],
    ['frame-src', [`'self'`, ...others]],
    ['connect-src', [`'self'`, ...others]],
    ['manifest-src', [`'self'`]],
    ['worker-src', [`'self'`, ...open ? ['blob:'] : []]],
    ['base-uri', [`'none'`]],
    ['form-action', [`'none'`]],
  ])
  // A hash would make browsers pass over 'unsafe-inline': it stands in directives of its own.
  if (elements || open) policy.set('style-src-elem', [`'self'`, `'unsafe-inline'`, ...others])
  if (attributes || open) policy.set('style-src-attr', [`'unsafe-inline'`])
  if (open) policy.set('script-src-attr', [`'unsafe-inline'`])
  if (!open) for (const [directive, scheme] of schemes) policy.set(directive, [...new Set([...policy.get(directive) ?? [`'self'`], `${scheme}:`])])
  return [...policy].map(([directive, sources]) => [directive, ...sources].join(' ')).join('; ')
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
