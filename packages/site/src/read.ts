import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import { preprocessCSS, resolveConfig } from 'vite'
import { editions, type Edition, type Language } from 'slidev-addon-deck/editions'
import { glossary } from '../../../talk/glossary.ts'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import { locale } from '../../../talk/labels.ts'
import { readLabels } from './read-labels.ts'
import { readingAnchor } from './reading-address.ts'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { sourceIndex } from 'slidev-addon-deck/source-index'
import { talkOf, type TalkSlide } from 'slidev-addon-deck/talk'
import { fontsOfTexts } from 'slidev-addon-deck/font-files'
import { root } from 'slidev-addon-deck/run-slidev'
import { editionBase } from './head.ts'
import { slidePath } from './page.ts'
import { readingParts, type Drawing, type ReadingInput, type ReadingPart } from './read-in-page.ts'
import type { RenderedSlide } from './render.ts'
import { tokensForBothSchemes } from './sources.ts'
import { compress } from './styles.ts'

/** What a reading page is made of. */
export interface ReadingPage {
  edition: Edition
  deck: SourceDeck
  slides: readonly RenderedSlide[]
  /** The finished edition's folder. */
  folder: string
  /** Address of the whole build, with a slash at both ends. */
  siteBase: string
  /** `<title>` and what else describes the page. */
  head: string
  /** Address of the edition's PDF, where the build has one. */
  pdf?: string
}

/** A slide and what the page says of it. */
interface Part extends ReadingPart {
  slide: TalkSlide
  anchor: string
}

/** Sizes of a drawing's labels in px: where there is room, on paper, and where it is scrolled since they would be smaller than the smallest. */
const LABEL = { roomy: 17, paper: 13, scrolled: 13, smallest: 11 }
/** What stands beside a drawing on a narrow screen, in px: twice `--gutter` in site/read.css. */
const MARGINS = 32

const LICENCE = '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>'

const chapterAnchor = ([first]: readonly Part[]) => `chapter-${first?.anchor ?? ''}`
const termAnchor = (id: string) => `term-${id}`

/** What slides show that the page writes itself, by the class it has there. */
const ownMatter = {
  glossary: (_parts: readonly Part[], language: Language) => glossaryHtml(language),
  'source-index': sourceIndexHtml,
}

/** Writes an edition's `read/index.html`, the whole talk as one page without a script, and its style and fonts into `assets/`. */
export async function writeReadingPage(browser: Browser, page: ReadingPage): Promise<void> {
  const { edition: { language }, deck, slides, folder } = page
  const base = editionBase(page.siteBase, page.edition)
  const talk = talkOf(deck)
  const anchors = slides.map(readingAnchor)
  const read = await readInBrowser(browser, {
    slides: slides.map(({ no, last }, i) => ({ no, id: anchors[i] ?? '', markup: last.markup })),
    base,
    terms: Object.fromEntries(Object.entries(glossary).map(([id, entry]) => [entry[language], termAnchor(id)])),
    ownMatter: Object.keys(ownMatter),
  })
  const parts = talk.slides.flatMap((slide, i): Part[] => read[i] ? [{ ...read[i], slide, anchor: anchors[i] ?? '' }] : [])
  const style = await writeStyle(join(folder, 'assets'), language, parts, [String(deck.headmatter['title']), readLabels[language].contents, ...talk.slides.map(({ chapter }) => chapter)])
  await mkdir(join(folder, 'read'), { recursive: true })
  await writeFile(join(folder, 'read/index.html'), readingHtml(page, base, parts, `${base}assets/${style}`))
}

async function readInBrowser(browser: Browser, input: ReadingInput): Promise<ReadingPart[]> {
  const page = await browser.newPage()
  try {
    return await page.evaluate(readingParts, input)
  }
  finally {
    await page.close()
  }
}

function readingHtml({ edition, deck, siteBase, head, pdf }: ReadingPage, base: string, parts: readonly Part[], style: string): string {
  const { language } = edition
  const labels = { ...locale[language], ...readLabels[language] }
  const [first, ...rest] = parts
  const cover = first?.slide.layout === 'cover' ? first : undefined
  const articles = cover ? rest : parts
  const chapters = [...Map.groupBy(articles, ({ slide }) => slide.chapter)]
  const link = (href: string, text: string, more: Record<string, string> = {}) => `<li><a${attributes({ href, ...more })}>${escapeHtml(text)}</a></li>`
  const links = [
    link(base, labels.slideshow),
    ...editions.filter(other => other !== edition).map(({ name, lang, ...other }) => link(`${editionBase(siteBase, { name, lang, ...other })}read/`, name, { hreflang: lang, lang })),
    ...pdf ? [link(pdf, labels.deckPdf, { type: 'application/pdf' })] : [],
  ].join('')
  return `<!DOCTYPE html>
<html lang="${edition.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${head}
<link rel="stylesheet" href="${style}">
</head>
<body>
<a class="skip" href="#talk">${labels.skip}</a>
<header${attributes({ id: cover?.anchor })}>
<ul class="links">${links}</ul>
<h1>${cover?.headline ?? escapeHtml(String(deck.headmatter['title']))}</h1>
${cover?.body ?? ''}
</header>
<nav class="contents" aria-labelledby="contents">
<h2 id="contents">${labels.contents}</h2>
<ol>${chapters.map(([chapter, [lead, ...others]]) => lead ? `<li><a href="#${chapterAnchor([lead, ...others])}">${escapeHtml(chapter)}</a> <span>${lead.headline}</span></li>` : '').join('')}</ol>
</nav>
<main id="talk" tabindex="-1">
${chapters.map(([chapter, slides]) => `<section aria-labelledby="${chapterAnchor(slides)}">
<h2 id="${chapterAnchor(slides)}">${escapeHtml(chapter)}</h2>
${slides.map(part => articleHtml(part, parts, language, base)).join('\n')}
</section>`).join('\n')}
</main>
<footer>
<p>${labels.licence(LICENCE)}</p>
<p><a href="#contents">${labels.contents}</a></p>
</footer>
</body>
</html>
`
}

function articleHtml({ slide, anchor, headline, kicker, body }: Part, parts: readonly Part[], language: Language, base: string): string {
  const labels = { ...locale[language], ...readLabels[language] }
  const hasIndex = parts.some(each => each.body.includes(placeOf('source-index')))
  const source = (paragraph: string) => hasIndex ? `<a href="#${paragraph}">${paragraph}</a>` : paragraph
  const heading = `<h3 id="${anchor}-headline">${headline}</h3>`
  const content = Object.entries(ownMatter).reduce((html, [name, write]) => html.replace(placeOf(name), () => write(parts, language)), body)
  return `<article id="${anchor}" aria-labelledby="${anchor}-headline">
${kicker ? `<hgroup><p>${escapeHtml(kicker)}</p>${heading}</hgroup>` : heading}
${content}
<p class="about">${slide.sources.length ? `<span>${labels.sources} ${slide.sources.map(source).join(' ')}</span> ` : ''}<a class="open" href="${slidePath(base, slide)}">${labels.openSlide(slide.no)}</a></p>
</article>`
}

const placeOf = (name: string) => `<!--${name}-->`

function glossaryHtml(language: Language): string {
  const others = editions.filter(edition => edition.language !== language)
  const entries = Object.entries(glossary).map(([id, entry]) =>
    `<div id="${termAnchor(id)}"><dt>${escapeHtml(entry[language])}${others.map(other => ` <span lang="${other.lang}">${escapeHtml(entry[other.language])}</span>`).join('')}</dt><dd>${escapeHtml(entry.definition[language])}</dd></div>`)
  return `<dl class="glossary">${entries.join('')}</dl>`
}

function sourceIndexHtml(parts: readonly Part[], language: Language): string {
  const { part: names } = locale[language]
  const slideLink = (no: number) => {
    const part = parts.find(({ slide }) => slide.no === no)
    return part ? `<a${attributes({ href: `#${part.anchor}`, 'aria-label': `${no} ${part.slide.headline}` })}>${no}</a>` : ''
  }
  return sourceIndex(parts.map(({ slide }) => slide)).map(({ section, entries }) =>
    `<h4>${names[section.startsWith('F') ? 'F' : 'T']} ${section}</h4>
<ul class="index">${entries.map(({ paragraph, slides }) => `<li id="${paragraph}"><span>${paragraph}</span> <div>${slides.map(slideLink).join(' ')}</div></li>`).join('')}</ul>`).join('\n')
}

/**
 * Writes the page's style and the faces of what is set in the deck's own: drawn labels, which were measured in them, and headlines.
 * @param headings that are no slide's
 * @returns the name of the style's file
 */
async function writeStyle(folder: string, language: Language, parts: readonly Part[], headings: readonly string[]): Promise<string> {
  const style = (name: string) => readFile(join(root, name), 'utf8')
  const [tokens, diagram, own] = await Promise.all([tokensForBothSchemes(), style('styles/diagram.css'), style('site/read.css')])
  const text = { display: [...headings, ...parts.map(({ statements }) => statements)].join(''), body: parts.map(({ labels }) => labels).join(''), strong: '' }
  const [fonts = []] = await fontsOfTexts([text], language, join(root, 'node_modules/.cache/deck-fonts'))
  // The last rule of a face is looked at first: the preferred source, then what fills its gaps.
  const faces = await Promise.all(fonts.toSorted((a, b) => b.source - a.source).map(async ({ face, path }) => {
    const name = `${face.family.toLowerCase().replace(' ', '-')}-${face.weight}`
    return `@font-face{font-family:"${face.family}";font-weight:${face.weight};font-display:swap;src:url("${await writeHashed(folder, name, 'woff2', await readFile(path))}") format("woff2")}`
  }))
  const drawings = parts.flatMap(part => part.drawings.map(drawing => drawingStyle(drawing, labelSize(tokens))))
  const config = await resolveConfig({ configFile: false, root, logLevel: 'silent', css: { transformer: 'lightningcss' } }, 'build', 'production', 'production')
  const { code } = await preprocessCSS([tokens, diagram, own, ...drawings].join('\n'), join(root, 'site/read.css'), config)
  return writeHashed(folder, 'read', 'css', faces.join('') + compress(code))
}

function labelSize(tokens: string): number {
  const [, size] = /--size-label: (\d+)px;/.exec(tokens) ?? []
  if (!size) throw new Error('styles/tokens.css no longer sets --size-label in px.')
  return Number(size)
}

/** A drawing fills the width there is, up to labels like the text; where they would be too small, it stays as large as they are legible. */
function drawingStyle({ id, width }: Drawing, label: number): string {
  const at = (size: number) => Math.ceil(width * size / label)
  return `#${id} svg { width: 100%; max-width: ${at(LABEL.roomy)}px; } @media screen and (width < ${at(LABEL.smallest) + MARGINS}px) { #${id} svg { width: ${at(LABEL.scrolled)}px; max-width: none; } } @media print { #${id} svg { max-width: ${at(LABEL.paper)}px; } }`
}

/** @returns the file's name, which changes with its content. */
async function writeHashed(folder: string, name: string, extension: string, content: string | Buffer): Promise<string> {
  const file = `${name}-${createHash('sha256').update(content).digest('base64url').slice(0, 8)}.${extension}`
  await writeFile(join(folder, file), content)
  return file
}
