import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import type { Edition, Editions } from 'slidev-addon-deck/editions'
import { fontsOfTexts } from 'slidev-addon-deck/font-files'
import { facesOf, fontRoles, type FontRole } from 'slidev-addon-deck/fonts'
import { exportName, type DeckProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { Violation } from 'slidev-addon-deck/violation'
import { words } from 'slidev-addon-deck/words'
import { readApp, type App } from './app-files.ts'
import { editionBase, iconTags, pageHead, talkText } from './head.ts'
import { inlineContent, isForeign, shellContent, sourcesOf } from './inline-hashes.ts'
import { readingBar, slidePage, slidePath } from './page.ts'
import { hasFavicon, writeCover } from './pictures.ts'
import { allowanceOf, namesOfRefused, policyTag, type Allowance } from './policy.ts'
import { writeReadingPage } from './read.ts'
import { renderSlides, type EditionApp, type RenderedSlide } from './render.ts'
import { withoutIndex } from './search-engines.ts'
import { firstScript, paperColours } from './sources.ts'
import { firstStyles, fontFile } from './styles.ts'
import { writeWebManifest } from './web-app.ts'

/** What a build for hosting is to be. */
export interface Site {
  project: DeckProject
  /** Its editions' sources. */
  decks: readonly SourceDeck[]
  /** Address below which it will be served, with a slash at both ends. */
  base: string
  /** Scheme and host it will be served at, without a closing slash, '' where that is not known. */
  origin: string
  /** Whether the presenter is in it, which has addresses of its own. */
  withNotes: boolean
  /** To render the slides with; without one their pages show nothing until the app is there. */
  browser?: Browser
  /** With a PDF of each edition. */
  withPdf: boolean
}

/** What all pages of an edition have in common. */
interface Pages {
  site: Site
  app: EditionApp
  slides: readonly RenderedSlide[]
  allowance: Allowance
  body: string
  /** Tags of what an open deck's app has from other hosts. */
  foreign: string
  icons: readonly string[]
}

/**
 * Makes of an edition's app a site: a page for each slide's address, and the reading page.
 * @returns what its pages go without, since a strict deck loads nothing from other hosts and makes no code.
 */
export async function finishEdition(site: Site, app: EditionApp): Promise<Violation[]> {
  const { project, base, browser, withNotes } = site
  const { edition, deck, folder } = app
  const isOpen = project.config.policy === 'open'
  const rendered = browser && await renderSlides(browser, app, base)
  const slidevPage = await readFile(join(folder, 'index.html'), 'utf8')
  const { icon, body, foreign } = shellContent(slidevPage)
  const allowance = allowanceOf(rendered, { isOpen, isLate: body.includes('mermaid-rendering-container') || deck.slides.some(({ content }) => content.includes('{monaco')) })
  const shell = slidevPage.replace('<meta charset="utf-8">', tag => `${tag}\n${policyTag(sourcesOf(inlineContent(slidevPage)), allowance)}`)
  const own = icon && (isOpen || !isForeign(icon)) ? icon : undefined
  const pages: Pages = { site, app, slides: rendered?.slides ?? [], allowance, body, foreign: isOpen ? foreign : '', icons: iconTags({ base, drawn: hasFavicon(project), own, hasPictures: Boolean(browser) }) }
  await Promise.all([
    ...browser ? [
      writeSlidePages(pages).then(() => writeCover(browser, app, base)),
      writeReading(browser, pages),
    ] : [writeShells(folder, shell, deck.slides.flatMap(placesOf))],
    writeWebManifest({ project, folder, base, edition, ...talkText(deck), hasPictures: Boolean(browser) }),
    writeShells(folder, withoutIndex(shell), ['print', ...withNotes ? ['overview', 'notes', 'presenter', ...deck.slides.map(({ no }) => `presenter/${no}`)] : []]),
  ])
  // For hosts that rewrite every path to one page: here every path has its own.
  await rm(join(folder, '_redirects'), { force: true })
  await rm(join(folder, '.vite'), { recursive: true, force: true })
  if (!rendered || isOpen) return []
  return namesOfRefused(deck, [...rendered.refused, ...icon && !own && !hasFavicon(project) ? [{ directive: 'img-src', what: icon, slide: 0 }] : []])
}

/** The folders a slide's page stands in: its number's and its id's, and for the first slide the edition's own. */
const placesOf = ({ no, id }: { no: number, id: string }) => [...no === 1 ? [''] : [], String(no), ...id ? [id] : []]

/** Where an edition's PDF is, if it is built in. */
const pdfAt = ({ project, base, withPdf }: Site, edition: Edition) => withPdf ? { pdf: editionBase(base, edition) + exportName(project, edition, 'pdf') } : {}

/** The editions that have a slide at the same address. */
function editionsWith({ project: { editions }, decks }: Site, own: Edition, slide: RenderedSlide): Editions {
  const have = editions.filter(edition => edition === own || decks.some(deck => deck.edition === edition && deck.slides.some(each => slidePath('', each) === slidePath('', slide))))
  return have as unknown as Editions
}

async function writeSlidePages({ site, app: { edition, deck, folder }, slides, allowance, body, foreign, icons }: Pages): Promise<void> {
  const { project, base: siteBase, origin } = site
  const { editions } = project
  const base = editionBase(siteBase, edition)
  const app: App = await readApp(folder, base)
  const markup = slides.map(slide => slide.first.markup + readingBar(edition, editions, base, slide)).join('')
  const [script, style, paper] = await Promise.all([
    firstScript(),
    firstStyles({ deck, folder, base, markup, stylesheet: app.style }),
    paperColours(project),
  ])
  const policy = policyTag(sourcesOf({ scripts: [script], styles: [style] }), allowance)
  // A page shows its slide and the next: the first step is made without waiting for anything.
  const texts = slides.map(({ first: { text } }, i) => Object.fromEntries(fontRoles.map(role => [role, text[role] + (slides[i + 1]?.first.text[role] ?? '')])) as Record<FontRole, string>)
  const fonts = await fontsOfTexts(texts, facesOf(project, edition), join(project.root, 'node_modules/.cache/deck-fonts'))
  const talk = talkText(deck)
  const titleOf = ({ no, headline }: RenderedSlide) => no === 1 ? talk.title : `${headline || words[edition.words].page(no, slides.length)} · ${talk.title}`
  await Promise.all(slides.map(async (slide, i) => {
    const files = (fonts[i] ?? []).map(({ face, source, path }) => ({ name: fontFile(face.role, source), path }))
    const chapter = deck.slides[i]?.file ?? ''
    const head = pageHead({ edition, editions: editionsWith(site, edition, slide), title: titleOf(slide), talk, path: slide.no === 1 ? '' : slidePath('', slide), base: siteBase, origin, hasPictures: true, icons, paper, ...pdfAt(site, edition) })
    const html = slidePage({
      edition, editions, slide, previous: slides[i - 1], next: slides[i + 1], afterNext: slides[i + 2], total: slides.length, base, policy, script, style,
      titleOf,
      head: [head, foreign].filter(Boolean).join('\n'),
      body,
      fonts: files.map(({ name }) => name),
      app: app.filesOf(chapter),
    })
    await Promise.all(placesOf(slide).map(async (place) => {
      await writeInto(join(folder, place, 'index.html'), html)
      await Promise.all(files.map(({ name, path }) => copyFile(path, join(folder, place, name))))
    }))
  }))
}

async function writeReading(browser: Browser, { site, app: { edition, deck, folder }, slides, allowance, icons }: Pages): Promise<void> {
  const { project, base: siteBase, origin } = site
  const talk = talkText(deck)
  const pdf = pdfAt(site, edition)
  const head = pageHead({ edition, editions: project.editions, title: `${talk.title} · ${words[edition.words].read}`, talk, path: 'read/', base: siteBase, origin, hasPictures: true, icons, paper: await paperColours(project), ...pdf })
  await writeReadingPage(browser, { edition, deck, slides, folder, siteBase, head, allowance, ...pdf })
}

/** Slidev's page, which shows nothing until the app is there, at some addresses of the app. */
async function writeShells(folder: string, shell: string, places: readonly string[]): Promise<void> {
  await Promise.all(places.map(place => writeInto(join(folder, place, 'index.html'), shell)))
}

async function writeInto(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
