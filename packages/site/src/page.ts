import { editionAddress } from 'slidev-addon-deck/edition-address'
import type { Edition, Editions } from 'slidev-addon-deck/editions'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import { words } from 'slidev-addon-deck/words'
import { readingAddress } from './reading-address.ts'
import type { AppFiles } from './app-files.ts'
import type { RenderedSlide } from './render.ts'
import { siteWords } from './words.ts'

/** What a slide's page is made of. */
export interface SlidePage {
  edition: Edition
  editions: Editions
  slide: RenderedSlide
  previous: RenderedSlide | undefined
  /** Stands in the page as well, so that the first step needs no network. */
  next: RenderedSlide | undefined
  /** The slide after that one. */
  afterNext: RenderedSlide | undefined
  total: number
  /** The edition's address, with a slash at both ends. */
  base: string
  /** `<title>` and what describes the page to search engines and to those it is shared with. */
  head: string
  titleOf: (slide: RenderedSlide) => string
  /** The tag with the page's own Content-Security-Policy. */
  policy: string
  /** Text of the page's script and of its style. */
  script: string
  style: string
  /** Names of the font files beside the page. */
  fonts: readonly string[]
  app: AppFiles
  /** What the deck's own index.html has in its body. */
  body: string
}

interface Neighbours {
  previous: RenderedSlide | undefined
  next: RenderedSlide | undefined
}

/** Address of a slide. */
export const slidePath = (base: string, { id, no }: Pick<RenderedSlide, 'id' | 'no'>) => `${base}${id || no}/`

/** On a phone held upright: links to the slide's part of the reading page and to the other editions, as in the app (global-top.vue). */
export function readingBar(edition: Edition, editions: Editions, base: string, slide: Pick<RenderedSlide, 'id' | 'no'>): string {
  const { read } = words[edition.words]
  const others = editions.filter(({ language }) => language !== edition.language)
  return `<nav class="reading-bar"${attributes({ 'aria-label': read })}><a${attributes({ href: readingAddress(base, slide) })}>${escapeHtml(read)}</a>${
    others.map(other => `<a${attributes({ href: editionAddress(base, edition, other, slide.id, 0), hreflang: other.lang, lang: other.lang })}>${escapeHtml(other.name)}</a>`).join('')}</nav>`
}

/** The page of one slide: shows it by itself, then fetches the app. */
export function slidePage({ edition, editions, slide, previous, next, afterNext, total, base, head, titleOf, policy, script, style, fonts, app, body }: SlidePage): string {
  const before = (each: RenderedSlide | undefined) => each && `${slidePath(base, each)}${each.clicks ? `?clicks=${each.clicks}` : ''}`
  const article = (each: RenderedSlide, neighbours: Neighbours, hidden: boolean) => `<article${attributes({
    hidden,
    'data-path': slidePath(base, each),
    'data-title': titleOf(each),
    'data-clicks': each.clicks,
    'data-previous': before(neighbours.previous),
    'data-next': neighbours.next && slidePath(base, neighbours.next),
  })}>${each.first.markup}${hidden ? '' : withoutScript(each, neighbours)}</article>${readingBar(edition, editions, base, each)}`
  const labels = { ...words[edition.words], ...siteWords[edition.words] }
  const link = (rel: 'prev' | 'next', to: RenderedSlide | undefined, label: string) => to ? `<a rel="${rel}" href="${slidePath(base, to)}">${label}</a>` : ''
  function withoutScript(each: RenderedSlide, neighbours: Neighbours): string {
    return `<noscript><nav class="steps" aria-label="${escapeHtml(labels.page(each.no, total))}">${link('prev', neighbours.previous, labels.previous)}${link('next', neighbours.next, labels.next)}<a href="${base}read/">${labels.read}</a></nav></noscript>`
  }
  return `<!DOCTYPE html>
<html lang="${edition.lang}">
<head>
<meta charset="utf-8">
${policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<script>${script}</script>
${head}
${fonts.map(name => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${name}">`).join('\n')}
<style>${style}</style>
</head>
<body>
<main id="first">${article(slide, { previous, next }, false)}${next ? article(next, { previous: slide, next: afterNext }, true) : ''}</main>
<div id="app" inert${attributes({ 'data-script': app.script, 'data-style': app.style, 'data-preload': app.preload.join(' ') })}></div>
${body}</body>
</html>
`
}
