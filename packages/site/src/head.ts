import type { Editions } from 'slidev-addon-deck/editions'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import { editionBase, type SiteEdition } from './site.ts'

/** What a page says of itself, besides what all pages of its edition say. */
export interface PageHead extends Pick<SiteEdition, 'edition' | 'title' | 'description' | 'author' | 'base' | 'origin' | 'icons' | 'paper' | 'pdf'> {
  /** All editions that have this page, the source edition first. */
  editions: Editions
  pageTitle: string
  /** Where the page stands below each edition's address, '' for its front page. */
  path: string
}

/** Size of the picture shown with a shared link, in px. */
export const COVER = { width: 1200, height: 630 }

/**
 * The head's lines but charset, viewport, scripts and styles: title, description, canonical address, the other editions,
 * Open Graph and Twitter card, icons. Addresses are absolute where the host is known.
 */
export function pageHead({ edition, editions, pageTitle, title, description, author, path, base, origin, icons, pdf, paper }: PageHead): string {
  const address = (of: PageHead['edition']) => `${origin}${editionBase(base, of)}${path}`
  const own = editionBase(base, edition)
  const cover = `${origin}${own}cover.png`
  const meta = (values: Record<string, string | number>) => Object.entries(values).map(([name, content]) =>
    `<meta${attributes({ [name.startsWith('og:') ? 'property' : 'name']: name, content })}>`)
  return [
    `<title>${escapeHtml(pageTitle)}</title>`,
    ...meta({ description, author }),
    `<link rel="canonical" href="${address(edition)}">`,
    ...editions.map(each => `<link rel="alternate" hreflang="${each.lang}" href="${address(each)}">`),
    `<link rel="alternate" hreflang="x-default" href="${address(editions[0])}">`,
    ...meta({
      'og:type': 'article', 'og:title': pageTitle, 'og:site_name': title, 'og:description': description, 'og:url': address(edition), 'og:locale': edition.lang.replace('-', '_'),
      'og:image': cover, 'og:image:width': COVER.width, 'og:image:height': COVER.height, 'og:image:alt': title,
      'twitter:card': 'summary_large_image', 'twitter:title': pageTitle, 'twitter:description': description, 'twitter:image': cover,
    }),
    ...icons,
    ...pdf ? [`<link rel="alternate" type="application/pdf" href="${pdf}">`] : [],
    ...(['light', 'dark'] as const).map(scheme => `<meta${attributes({ name: 'theme-color', media: `(prefers-color-scheme: ${scheme})`, content: paper[scheme] })}>`),
  ].join('\n')
}
