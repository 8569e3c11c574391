import { editionAddress } from 'slidev-addon-deck/edition-address'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import { exportName } from 'slidev-addon-deck/project'
import { words } from 'slidev-addon-deck/words'
import type { AppFiles } from './app-files.ts'
import { readingAddress } from './reading-address.ts'
import type { RenderedSlide } from './render.ts'
import { slidePath, type SiteEdition } from './site.ts'
import { siteWords } from './words.ts'

/** What a slide's page holds besides slides. */
export interface PageParts {
  /** `<title>` and what describes the page to search engines and to those it is shared with. */
  head: string
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

/** On a phone held upright: links to the slide's part of the reading page and to the other editions, as in the app (global-top.vue). */
export function readingBar({ edition, project, ownBase }: Pick<SiteEdition, 'edition' | 'project' | 'ownBase'>, slide: RenderedSlide): string {
  const { read } = words[edition.words]
  const others = project.editions.filter(({ language }) => language !== edition.language)
  return `<nav class="reading-bar"${attributes({ 'aria-label': read })}><a${attributes({ href: readingAddress(ownBase, slide) })}>${escapeHtml(read)}</a>${
    others.map(other => `<a${attributes({ href: editionAddress(ownBase, edition, other, slide.id, 0), hreflang: other.lang, lang: other.lang })}>${escapeHtml(other.name)}</a>`).join('')}</nav>`
}

/** The title of a slide's page: the first stands for the whole talk. */
export const slideTitle = ({ edition, slides, title }: SiteEdition, { no, headline }: RenderedSlide) => no === 1 ? title : `${headline || words[edition.words].page(no, slides.length)} · ${title}`

/**
 * The page of one slide: shows it by itself, then fetches the app. The next slide stands in it as well, so that the first step needs no network.
 * @param at the slide's index
 */
export function slidePage(site: SiteEdition, at: number, { head, policy, script, style, fonts, app, body }: PageParts): string {
  const { edition, ownBase, slides, project } = site
  const labels = { ...words[edition.words], ...siteWords[edition.words] }
  const path = (slide: RenderedSlide | undefined) => slide && slidePath(ownBase, slide)
  const link = (rel: 'prev' | 'next', to: RenderedSlide | undefined, label: string) => to ? `<a rel="${rel}" href="${path(to)}">${label}</a>` : ''
  const article = (index: number) => {
    const [previous, slide, next] = [slides[index - 1], slides[index], slides[index + 1]]
    if (!slide) return ''
    const hidden = index !== at
    const withoutScript = `<noscript><nav class="steps" aria-label="${escapeHtml(labels.page(slide.no, slides.length))}">${link('prev', previous, labels.previous)}${link('next', next, labels.next)}<a href="${ownBase}read/">${labels.read}</a></nav></noscript>`
    return `<article${attributes({
      hidden,
      'data-path': path(slide),
      'data-title': slideTitle(site, slide),
      'data-clicks': slide.clicks,
      'data-previous': previous && `${path(previous)}${previous.clicks ? `?clicks=${previous.clicks}` : ''}`,
      'data-next': path(next),
    })}>${slide.first.markup}${hidden ? '' : withoutScript}</article>${readingBar(site, slide)}`
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
<main id="first">${article(at)}${article(at + 1)}</main>
<div id="app" inert${attributes({ 'data-script': app.script, 'data-style': app.style, 'data-preload': app.preload.join(' '), 'data-manifest': `${ownBase}manifest.webmanifest`, 'data-disk': labels.fromDisk(exportName(project, edition, 'html')) })}></div>
${body}</body>
</html>
`
}
