import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import type { Editions } from 'slidev-addon-deck/editions'
import { fontRoles, type FontRole } from 'slidev-addon-deck/fonts'
import { attributes } from 'slidev-addon-deck/html'
import { plainText } from 'slidev-addon-deck/markup'
import { exportName } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { Violation } from 'slidev-addon-deck/violation'
import { words } from 'slidev-addon-deck/words'
import { readApp } from './app-files.ts'
import { pageHead } from './head.ts'
import { inlineContent, isForeign, shellContent, sourcesOf } from './inline-hashes.ts'
import { readingBar, slidePage, slideTitle } from './page.ts'
import { hasFavicon, readFavicon, writeCover } from './pictures.ts'
import { allowanceOf, namesOfRefused, policyTag } from './policy.ts'
import { writeReadingPage } from './read.ts'
import { renderSlides, type RenderedSlide } from './render.ts'
import { withoutIndex } from './search-engines.ts'
import { editionBase, slidePath, type Site, type SiteEdition } from './site.ts'
import { firstScript, paperColours } from './sources.ts'
import { firstStyles, fontFile, fontsOf } from './styles.ts'
import { writeWebManifest } from './web-app.ts'
import { siteWords } from './words.ts'

/**
 * Makes of an edition's app a site: a page for each slide's address, and the reading page.
 * @param folder the app as Slidev built it
 * @returns what its pages go without, since a strict deck loads nothing from other hosts and makes no code.
 */
export async function finishEdition(site: Site, deck: SourceDeck, folder: string): Promise<Violation[]> {
  const { project, base, browser, withNotes, withPdf } = site
  const { edition, headmatter: { title, info, author } } = deck
  const text = (value: unknown) => typeof value === 'string' ? plainText(value) : ''
  const ownBase = editionBase(base, edition)
  const isOpen = project.config.policy === 'open'
  const rendered = browser && await renderSlides(browser, deck, folder, ownBase)
  const slidevPage = await readFile(join(folder, 'index.html'), 'utf8')
  const { icon, body, foreign } = shellContent(slidevPage)
  const allowance = allowanceOf(rendered, { isOpen, isLate: body.includes('mermaid-rendering-container') || deck.slides.some(({ content }) => content.includes('{monaco')) })
  const shellPage = slidevPage.replace('</body>', () => `${fromDisk(siteWords[edition.words].fromDisk(exportName(project, edition, 'html')))}\n</body>`)
  const shell = shellPage.replace('<meta charset="utf-8">', tag => `${tag}\n${policyTag(sourcesOf(inlineContent(shellPage)), allowance)}`)
  const ownIcon = icon && (isOpen || !isForeign(icon)) ? [`<link${attributes({ rel: 'icon', href: icon })}>`] : []
  const pages: SiteEdition = {
    ...site,
    edition, deck, folder, ownBase, allowance,
    slides: rendered?.slides ?? [],
    title: text(title) || deck.slides[0]?.headline || project.name,
    description: text(info),
    author: text(author),
    icons: hasFavicon(project) ? drawnIcons(base, await readFavicon(project)) : ownIcon,
    paper: await paperColours(project),
    ...withPdf && { pdf: ownBase + exportName(project, edition, 'pdf') },
    ...withPdf && deck.card && { card: ownBase + exportName(project, edition, 'card.pdf') },
  }
  await Promise.all([
    ...browser ? [
      writeSlidePages(pages, body, isOpen ? foreign : '').then(() => writeCover(browser, pages)),
      writeReading(browser, pages),
    ] : [writeShells(folder, shell, deck.slides.flatMap(placesOf))],
    writeWebManifest(pages),
    writeShells(folder, withoutIndex(shell), ['print', ...withNotes ? ['overview', 'notes', 'presenter', ...deck.slides.flatMap(({ no, id }) => [no, ...id ? [id] : []]).map(place => `presenter/${place}`)] : []]),
  ])
  // For hosts that rewrite every path to one page: here every path has its own.
  await rm(join(folder, '_redirects'), { force: true })
  await rm(join(folder, '.vite'), { recursive: true, force: true })
  if (!rendered || isOpen) return []
  return namesOfRefused(deck, [...rendered.refused, ...icon && ownIcon.length === 0 && !hasFavicon(project) ? [{ directive: 'img-src', what: icon, slide: 0 }] : []])
}

/** Up to so many characters the icon is in the page: a request of its own would be larger. */
const SMALL_ICON = 1000

/** The tags of the icons that are drawn from the deck's favicon.svg (pictures.ts). */
const drawnIcons = (base: string, drawing: string) => [
  `<link${attributes({ rel: 'icon', type: 'image/svg+xml', href: drawing.length > SMALL_ICON ? `${base}favicon.svg` : dataAddress(drawing) })}>`,
  `<link rel="icon" sizes="32x32" href="${base}favicon.ico">`,
  `<link rel="apple-touch-icon" href="${base}apple-touch-icon.png">`,
]

/** A drawing as an address. What needs no escaping stays, so that it compresses well. */
const dataAddress = (svg: string) => `data:image/svg+xml,${svg.replace(/\s+/g, ' ').replace(/[<>#%]/g, encodeURIComponent).replaceAll('"', svg.includes('\'') ? '%22' : '\'')}`

/** Where the app's bare page is opened from a disk, it says this: the app does not come. */
const fromDisk = (sentence: string) => `<script>if(location.protocol==='file:')document.body.textContent=${JSON.stringify(sentence)}</script>`

/** The folders a slide's page stands in: its number's and its id's, and for the first slide the edition's own. */
const placesOf = ({ no, id }: { no: number, id: string }) => [...no === 1 ? [''] : [], String(no), ...id ? [id] : []]

/** The editions that have a slide at the same address. */
function editionsWith({ project: { editions }, decks, edition: own }: SiteEdition, slide: RenderedSlide): Editions {
  const have = editions.filter(edition => edition === own || decks.some(deck => deck.edition === edition && deck.slides.some(each => slidePath('', each) === slidePath('', slide))))
  return have as unknown as Editions
}

async function writeSlidePages(pages: SiteEdition, body: string, foreign: string): Promise<void> {
  const { deck, folder, ownBase, slides, allowance } = pages
  const app = await readApp(folder, ownBase)
  const markup = slides.map(slide => slide.first.markup + readingBar(pages, slide)).join('')
  // A page shows its slide and the next: the first step is made without waiting for anything.
  const texts = slides.map(({ first: { text } }, i) => Object.fromEntries(fontRoles.map(role => [role, text[role] + (slides[i + 1]?.first.text[role] ?? '')])) as Record<FontRole, string>)
  const fonts = await fontsOf(deck, texts)
  const [script, style] = await Promise.all([firstScript(), firstStyles(pages, markup, app.style, fonts)])
  const policy = policyTag(sourcesOf({ scripts: [script], styles: [style] }), allowance)
  await Promise.all(slides.map(async (slide, i) => {
    const files = (fonts[i] ?? []).map(({ face, source, path }) => ({ name: fontFile(face.role, source), path }))
    const head = pageHead({ ...pages, editions: editionsWith(pages, slide), pageTitle: slideTitle(pages, slide), path: slide.no === 1 ? '' : slidePath('', slide) })
    const html = slidePage(pages, i, {
      policy, script, style, body,
      head: [head, foreign].filter(Boolean).join('\n'),
      fonts: files.map(({ name }) => name),
      app: app.filesOf(deck.slides[i]?.file ?? ''),
    })
    await Promise.all(placesOf(slide).map(async (place) => {
      await writeInto(join(folder, place, 'index.html'), html)
      await Promise.all(files.map(({ name, path }) => copyFile(path, join(folder, place, name))))
    }))
  }))
}

async function writeReading(browser: Browser, pages: SiteEdition): Promise<void> {
  const { edition, project: { editions }, title } = pages
  await writeReadingPage(browser, pages, pageHead({ ...pages, editions, pageTitle: `${title} · ${words[edition.words].read}`, path: 'read/' }) + `\n<link rel="manifest" href="${pages.ownBase}manifest.webmanifest">`)
}

/** Slidev's page, which shows nothing until the app is there, at some addresses of the app. */
async function writeShells(folder: string, shell: string, places: readonly string[]): Promise<void> {
  await Promise.all(places.map(place => writeInto(join(folder, place, 'index.html'), shell)))
}

async function writeInto(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
