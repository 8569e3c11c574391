import type { Edition, Editions } from 'slidev-addon-deck/editions'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import { plainText } from 'slidev-addon-deck/markup'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'

/** What pages say of a whole talk. */
export interface TalkText {
  title: string
  description: string
  author: string
}

/** What a deck's headmatter says of it: a deck without a title has its first slide's, or its name. */
export function talkText({ project, headmatter: { title, info, author }, slides: [first] }: SourceDeck): TalkText {
  const text = (value: unknown) => typeof value === 'string' ? plainText(value) : ''
  return { title: text(title) || first?.headline || project.name, description: text(info), author: text(author) }
}

/** What a page says of itself. */
export interface PageHead {
  edition: Edition
  /** All editions that have this page, the source edition first. */
  editions: Editions
  title: string
  /** Of the whole talk. */
  talk: TalkText
  /** Where the page stands below each edition's address, '' for its front page. */
  path: string
  /** Address of the whole build, with a slash at both ends. */
  base: string
  /** Scheme and host it is served at, without a closing slash, where that is known. */
  origin: string
  /** Whether the cover's picture was made (pictures.ts). */
  hasPictures: boolean
  /** Tags of the icons. */
  icons: readonly string[]
  /** Address of the edition's PDF, where it has one. */
  pdf?: string
  /** Colour of the paper in either scheme, for what surrounds the page. */
  paper: { light: string, dark: string }
}

/** Size of the picture shown with a shared link, in px. */
export const COVER = { width: 1200, height: 630 }

/** Address of an edition: that of the build and the edition's folder. */
export const editionBase = (base: string, { folder }: Edition) => folder ? `${base}${folder}/` : base

/**
 * The head's lines but charset, viewport, scripts and styles: title, description, canonical address, the other editions,
 * Open Graph and Twitter card, icons, manifest. Addresses are absolute where the host is known.
 */
export function pageHead({ edition, editions, title, talk, path, base, origin, hasPictures, icons, pdf, paper }: PageHead): string {
  const address = (of: Edition) => `${origin}${editionBase(base, of)}${path}`
  const own = editionBase(base, edition)
  const meta = (values: Record<string, string | number | undefined>) => Object.entries(values).flatMap(([name, content]) =>
    content === undefined ? [] : [`<meta${attributes({ [name.startsWith('og:') ? 'property' : 'name']: name, content })}>`])
  const cover = hasPictures ? `${origin}${own}cover.png` : undefined
  return [
    `<title>${escapeHtml(title)}</title>`,
    ...meta({ description: talk.description, author: talk.author }),
    `<link rel="canonical" href="${address(edition)}">`,
    ...editions.map(each => `<link rel="alternate" hreflang="${each.lang}" href="${address(each)}">`),
    `<link rel="alternate" hreflang="x-default" href="${address(editions[0])}">`,
    ...meta({
      'og:type': 'article', 'og:title': title, 'og:site_name': talk.title, 'og:description': talk.description, 'og:url': address(edition), 'og:locale': edition.lang.replace('-', '_'),
      'og:image': cover, 'og:image:width': cover && COVER.width, 'og:image:height': cover && COVER.height, 'og:image:alt': cover && talk.title,
      'twitter:card': cover ? 'summary_large_image' : 'summary', 'twitter:title': title, 'twitter:description': talk.description, 'twitter:image': cover,
    }),
    ...icons,
    ...pdf ? [`<link rel="alternate" type="application/pdf" href="${pdf}">`] : [],
    `<link rel="manifest" href="${own}manifest.webmanifest">`,
    ...(['light', 'dark'] as const).map(scheme => `<meta${attributes({ name: 'theme-color', media: `(prefers-color-scheme: ${scheme})`, content: paper[scheme] })}>`),
  ].join('\n')
}

/**
 * The tags of a page's icons.
 * @param icons whether they are drawn from the deck's favicon.svg, and were; else the address of one that it names, where there is one.
 */
export function iconTags({ base, drawn, own, hasPictures }: { base: string, drawn: boolean, own: string | undefined, hasPictures: boolean }): string[] {
  if (!drawn) return own ? [`<link${attributes({ rel: 'icon', href: own })}>`] : []
  const pictures = [`<link rel="icon" sizes="32x32" href="${base}favicon.ico">`, `<link rel="apple-touch-icon" href="${base}apple-touch-icon.png">`]
  return [`<link rel="icon" type="image/svg+xml" href="${base}favicon.svg">`, ...hasPictures ? pictures : []]
}
