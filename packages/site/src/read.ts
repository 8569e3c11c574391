import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'parse5'
import type { Browser } from 'playwright-chromium'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { sourceIndex } from 'slidev-addon-deck/source-index'
import { talkOf, type TalkSlide } from 'slidev-addon-deck/talk'
import { words } from 'slidev-addon-deck/words'
import { elementsOf } from './elements.ts'
import { policyTag } from './policy.ts'
import { readingParts, textByFace, type Drawing, type ReadingPart } from './read-in-page.ts'
import { readingAnchor } from './reading-address.ts'
import { editionBase, slidePath, type SiteEdition } from './site.ts'
import { ownStyle, packageStyle, pageStyle, tokensForBothSchemes } from './sources.ts'
import { writePageStyle } from './styles.ts'
import { siteWords } from './words.ts'

/** A slide and what the page says of it. */
interface Part extends ReadingPart {
  slide: TalkSlide
  anchor: string
}

/** Sizes of a drawing's labels in px: where there is room, on paper, and where it is scrolled since they would be smaller than the smallest. */
const LABEL = { roomy: 17, paper: 13, scrolled: 13, smallest: 11 }
/** What stands beside a drawing on a narrow screen, in px: twice `--gutter` in pages/read.css. */
const MARGINS = 32
/** Classes that the page has styles for, besides those of the deck's own styles/reading.css. */
const CLASSES = ['clause', 'drawing', 'diagram', 'pan', 'name', 'mark', 'rows', 'wide', 'pair', 'side', 'when', 'old', 'new']

/** Attributes that hold an address. */
const ADDRESSES: readonly string[] = ['href', 'src', 'poster']

const chapterAnchor = ([first]: readonly Part[]) => `chapter-${first?.anchor ?? ''}`
const termAnchor = (id: string) => `term-${id}`
const placeOf = (name: string) => `<!--${name}-->`

/**
 * Writes an edition's `read/index.html`, the whole talk as one page without a script, and its style and fonts into `assets/`.
 * @param head `<title>` and what else describes the page
 */
export async function writeReadingPage(browser: Browser, site: SiteEdition, head: string): Promise<void> {
  const { edition, deck, slides, folder, ownBase, project, project: { config: { glossary = {}, sources } } } = site
  const anchors = slides.map(readingAnchor)
  const [tokens, diagram, page, kit, own] = await Promise.all([tokensForBothSchemes(project), packageStyle('slidev-addon-diagrams/diagram.css'), pageStyle('page.css'), pageStyle('read.css'), ownStyle(project, 'reading.css')])
  const view = await browser.newPage({ bypassCSP: true })
  try {
    const read = await view.evaluate(readingParts, {
      slides: slides.map(({ no, last }, i) => ({ no, id: anchors[i] ?? '', markup: last.markup })),
      base: ownBase,
      terms: Object.fromEntries(Object.entries(glossary).map(([id, entry]) => [entry.words[edition.language] ?? '', termAnchor(id)])),
      ownMatter: [...Object.keys(glossary).length > 0 ? ['glossary'] : [], ...sources ? ['sources'] : []],
      classes: [...CLASSES, ...[...own.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = '']) => name)],
    })
    const parts = talkOf(deck).slides.flatMap((slide, i): Part[] => read[i] ? [{ ...read[i], slide, anchor: anchors[i] ?? '' }] : [])
    const drawings = parts.flatMap(part => part.drawings.map(drawing => drawingStyle(drawing, labelSize(tokens))))
    const style = [tokens, ...drawings.length > 0 ? [diagram] : [], page, kit, own, ...drawings].join('\n')
    await view.setContent(readingHtml(site, head, parts, ''))
    const file = await writePageStyle(join(folder, 'assets'), 'read', deck, style, await view.evaluate(textByFace, style))
    await mkdir(join(folder, 'read'), { recursive: true })
    await writeFile(join(folder, 'read/index.html'), readingHtml(site, head, parts, `../assets/${file}`))
  }
  finally {
    await view.close()
  }
}

/** @param style address of its style, from its folder. */
function readingHtml({ edition, deck, project, base, ownBase, title, allowance, pdf, card }: SiteEdition, head: string, parts: readonly Part[], style: string): string {
  const labels = siteWords[edition.words]
  const { license } = deck.headmatter
  const [first, ...rest] = parts
  // Slidev gives a first slide without a layout that of a cover.
  const cover = ['cover', ''].includes(first?.slide.layout ?? 'none') ? first : undefined
  const chapters = [...Map.groupBy(cover ? rest : parts, ({ slide }) => slide.chapter)]
  const link = (href: string, text: string, more: Record<string, string> = {}) => `<li><a${attributes({ href, ...more })}>${escapeHtml(text)}</a></li>`
  const links = [
    link(ownBase, labels.slideshow),
    ...project.editions.filter(({ language }) => language !== edition.language).map(other => link(`${editionBase(base, other)}read/`, other.name, { hreflang: other.lang, lang: other.lang })),
    ...pdf ? [link(pdf, labels.pdf, { type: 'application/pdf' })] : [],
    ...card ? [link(card, labels.card, { type: 'application/pdf' })] : [],
  ].join('')
  // Slides of no chapter stand for themselves.
  const contents = chapters.flatMap(([chapter, slides]) => chapter
    ? `<li><a href="#${chapterAnchor(slides)}">${escapeHtml(chapter)}</a> <span>${slides[0]?.headline ?? ''}</span></li>`
    : slides.filter(({ headline }) => headline).map(({ anchor, headline }) => `<li><a href="#${anchor}">${headline}</a></li>`))
  const page = `<!DOCTYPE html>
<html lang="${edition.lang}">
<head>
<meta charset="utf-8">
${policyTag(undefined, allowance)}
<meta name="viewport" content="width=device-width, initial-scale=1">
${head}
<link rel="stylesheet" href="${style}">
</head>
<body>
<a class="skip" href="#talk">${labels.skip}</a>
<header${attributes({ id: cover?.anchor })}>
<ul class="links">${links}</ul>
<h1>${cover?.headline || escapeHtml(title)}</h1>
${cover?.body ?? ''}
</header>
<nav class="contents" aria-labelledby="contents">
<h2 id="contents">${labels.contents}</h2>
<ol>${contents.join('')}</ol>
</nav>
<main id="talk" tabindex="-1">
${chapters.map(([chapter, slides]) => `<section${attributes({ 'aria-labelledby': chapter ? chapterAnchor(slides) : undefined })}>
${chapter ? `<h2 id="${chapterAnchor(slides)}">${escapeHtml(chapter)}</h2>\n` : ''}${slides.map(part => articleHtml(part, parts, deck, ownBase)).join('\n')}
</section>`).join('\n')}
</main>
<footer>
${typeof license === 'string' ? `<p>${license}</p>\n` : ''}<p><a href="#contents">${labels.contents}</a></p>
</footer>
</body>
</html>
`
  const [top = '', body = ''] = page.split(/(?=<body>)/)
  return top + fromOwnFolder(body, base, ownBase)
}

/**
 * The page's addresses of the site as they are from its own folder, `read/` of the edition: pictures and links are found from a
 * disk as well. On a host the page's own address ends with a slash.
 */
export function fromOwnFolder(html: string, base: string, ownBase: string): string {
  const toBase = '../'.repeat(ownBase === base ? 1 : 2)
  const fromHere = (address: string) => {
    if (address.startsWith(ownBase)) return `../${address.slice(ownBase.length)}`
    return address.startsWith(base) ? toBase + address.slice(base.length) : address
  }
  const places = elementsOf(parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false })).flatMap(({ attrs, sourceCodeLocation }) => attrs.flatMap(({ name, value }) => {
    const place = sourceCodeLocation?.attrs?.[name]
    const address = ADDRESSES.includes(name) && /^\/(?!\/)/.test(value) ? fromHere(value) : value
    return place && address !== value ? [{ ...place, put: `${name}="${escapeHtml(address)}"` }] : []
  }))
  // From the end on, so that places before it stay.
  return places.toSorted((a, b) => b.startOffset - a.startOffset).reduce((text, { startOffset, endOffset, put }) => text.slice(0, startOffset) + put + text.slice(endOffset), html)
}

function articleHtml({ slide, anchor, headline, kicker, body }: Part, parts: readonly Part[], deck: SourceDeck, base: string): string {
  const labels = { ...words[deck.edition.words], ...siteWords[deck.edition.words] }
  const hasIndex = parts.some(each => each.body.includes(placeOf('sources')))
  const source = (paragraph: string) => hasIndex ? `<a href="#${paragraph}">${paragraph}</a>` : paragraph
  const heading = headline && `<h3 id="${anchor}-headline">${headline}</h3>`
  const name = headline ? { 'aria-labelledby': `${anchor}-headline` } : { 'aria-label': labels.page(slide.no, parts.length) }
  const content = body.replace(placeOf('glossary'), () => glossaryHtml(deck)).replace(placeOf('sources'), () => sourceIndexHtml(deck, parts))
  return `<article${attributes({ id: anchor, ...name })}>
${kicker ? `<hgroup><p>${escapeHtml(kicker)}</p>${heading}</hgroup>` : heading}
${content}
<p class="about">${slide.sources.length ? `<span>${labels.sources} ${slide.sources.map(source).join(' ')}</span> ` : ''}<a class="open" href="${slidePath(base, slide)}">${labels.openSlide(slide.no)}</a></p>
</article>`
}

function glossaryHtml({ project: { config, editions }, edition: { language } }: SourceDeck): string {
  const others = editions.filter(edition => edition.language !== language)
  const entries = Object.entries(config.glossary ?? {}).map(([id, { words, definition }]) =>
    `<div id="${termAnchor(id)}"><dt>${escapeHtml(words[language] ?? '')}${others.map(other => ` <span lang="${other.lang}">${escapeHtml(words[other.language] ?? '')}</span>`).join('')}</dt><dd>${escapeHtml(definition[language] ?? '')}</dd></div>`)
  return `<dl class="glossary">${entries.join('')}</dl>`
}

function sourceIndexHtml({ project: { config }, edition: { language } }: SourceDeck, parts: readonly Part[]): string {
  const nameOf = (section: string) => Object.entries(config.sources?.parts ?? {}).find(([letters]) => section.startsWith(letters))?.[1][language] ?? ''
  const slideLink = (no: number) => {
    const part = parts.find(({ slide }) => slide.no === no)
    return part ? `<a${attributes({ href: `#${part.anchor}`, 'aria-label': `${no} ${part.slide.headline}` })}>${no}</a>` : ''
  }
  return sourceIndex(parts.map(({ slide }) => slide)).map(({ section, entries }) =>
    `<h4>${nameOf(section)} ${section}</h4>
<ul class="index">${entries.map(({ paragraph, slides }) => `<li id="${paragraph}"><span>${paragraph}</span> <div>${slides.map(slideLink).join(' ')}</div></li>`).join('')}</ul>`).join('\n')
}

/** The size that drawings have their labels in: the deck's own, which stands after the kit's. */
const labelSize = (tokens: string) => Number([...tokens.matchAll(/--size-label:\s*([\d.]+)px/g)].at(-1)?.[1])

/** A drawing fills the width there is, up to labels like the text; where they would be too small, it stays as large as they are legible. */
function drawingStyle({ id, width, sizes }: Drawing, label: number): string {
  const at = (size: number) => Math.ceil(width * size / Math.min(label, ...sizes))
  return `#${id} svg { width: 100%; max-width: ${at(LABEL.roomy)}px; } @media screen and (width < ${at(LABEL.smallest) + MARGINS}px) { #${id} svg { width: ${at(LABEL.scrolled)}px; max-width: none; } } @media print { #${id} svg { max-width: ${at(LABEL.paper)}px; } } .side:has(#${id}) { min-width: min(100%, ${at(LABEL.smallest)}px); }`
}
