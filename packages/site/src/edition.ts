import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import type { Edition } from 'slidev-addon-deck/editions'
import { facesOf, fontRoles, type FontRole } from 'slidev-addon-deck/fonts'
import { contentPolicy } from './security-headers.ts'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { fontsOfTexts } from 'slidev-addon-deck/font-files'
import { exportName, type DeckProject } from 'slidev-addon-deck/project'
import { words } from 'slidev-addon-deck/words'
import { readApp, type App } from './app-files.ts'
import { editionBase, pageHead } from './head.ts'
import { sourcesOf } from './inline-hashes.ts'
import { readingBar, slidePage } from './page.ts'
import { writeCover } from './pictures.ts'
import { writeReadingPage } from './read.ts'
import { renderSlides, type EditionApp, type RenderedSlide } from './render.ts'
import { withoutIndex } from './search-engines.ts'
import { firstScript, paperColours } from './sources.ts'
import { firstStyles, fontFile } from './styles.ts'
import { writeWebManifest } from './web-app.ts'

/** What a build for hosting is to be. */
export interface Site {
  project: DeckProject
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

/** Makes of an edition's app a site: a page for each slide's address, and the reading page. */
export async function finishEdition(site: Site, app: EditionApp): Promise<void> {
  const { base, browser, withNotes } = site
  const { edition, deck, folder } = app
  const slides = browser && await renderSlides(browser, app, base)
  const shell = await readFile(join(folder, 'index.html'), 'utf8')
  const { title, description } = talkText(deck)
  await Promise.all([
    ...slides ? [
      writeSlidePages(site, app, slides).then(() => writeCover(browser, app, base)),
      writeReading(site, browser, app, slides),
    ] : [writeShells(folder, shell, deck.slides.flatMap(placesOf))],
    writeWebManifest({ project: site.project, folder, base, edition, title, description, hasPictures: Boolean(browser) }),
    writeShells(folder, withoutIndex(shell), ['print', ...withNotes ? ['overview', 'notes', 'presenter', ...deck.slides.map(({ no }) => `presenter/${no}`)] : []]),
  ])
  // For hosts that rewrite every path to one page: here every path has its own.
  await rm(join(folder, '_redirects'), { force: true })
  await rm(join(folder, '.vite'), { recursive: true, force: true })
}

/** The folders a slide's page stands in: its number's and its id's, and for the first slide the edition's own. */
const placesOf = ({ no, id }: { no: number, id: string }) => [...no === 1 ? [''] : [], String(no), ...id ? [id] : []]

const talkText = ({ headmatter }: SourceDeck) => ({ title: String(headmatter['title']), description: String(headmatter['info'] ?? ''), author: String(headmatter['author'] ?? '') })

/** Where an edition's PDF is, if it is built in. */
const pdfAt = ({ project, base, withPdf }: Site, edition: Edition) => withPdf ? { pdf: editionBase(base, edition) + exportName(project, edition, 'pdf') } : {}

async function writeSlidePages(site: Site, { edition, deck, folder }: EditionApp, slides: readonly RenderedSlide[]): Promise<void> {
  const { project, base: siteBase, origin } = site
  const { editions } = project
  const base = editionBase(siteBase, edition)
  const app: App = await readApp(folder, base)
  const markup = slides.map(slide => slide.first.markup + readingBar(edition, editions, base, slide)).join('')
  const [script, style, paper] = await Promise.all([
    firstScript(),
    firstStyles({ project, edition, folder, base, markup, stylesheet: app.style }),
    paperColours(project),
  ])
  const policy = contentPolicy(sourcesOf({ scripts: [script], styles: [style] }))
  // A page shows its slide and the next: the first step is made without waiting for anything.
  const texts = slides.map(({ first: { text } }, i) => Object.fromEntries(fontRoles.map(role => [role, text[role] + (slides[i + 1]?.first.text[role] ?? '')])) as Record<FontRole, string>)
  const fonts = await fontsOfTexts(texts, facesOf(project, edition), join(project.root, 'node_modules/.cache/deck-fonts'))
  const talk = talkText(deck)
  const titleOf = ({ no, headline }: RenderedSlide) => no === 1 ? talk.title : `${headline} · ${talk.title}`
  await Promise.all(slides.map(async (slide, i) => {
    const files = (fonts[i] ?? []).map(({ face, source, path }) => ({ name: fontFile(face.role, source), path }))
    const chapter = deck.slides[i]?.file ?? ''
    const html = slidePage({
      edition, editions, slide, previous: slides[i - 1], next: slides[i + 1], afterNext: slides[i + 2], total: slides.length, base, policy, script, style,
      titleOf,
      head: pageHead({ edition, editions, title: titleOf(slide), talk, path: slide.no === 1 ? '' : `${slide.id || slide.no}/`, base: siteBase, origin, hasPictures: true, paper, ...pdfAt(site, edition) }),
      fonts: files.map(({ name }) => name),
      app: app.filesOf(chapter),
    })
    await Promise.all(placesOf(slide).map(async (place) => {
      await writeInto(join(folder, place, 'index.html'), html)
      await Promise.all(files.map(({ name, path }) => copyFile(path, join(folder, place, name))))
    }))
  }))
}

async function writeReading(site: Site, browser: Browser, { edition, deck, folder }: EditionApp, slides: readonly RenderedSlide[]): Promise<void> {
  const { project, base: siteBase, origin } = site
  const { editions } = project
  const talk = talkText(deck)
  const pdf = pdfAt(site, edition)
  const head = pageHead({ edition, editions, title: `${talk.title} · ${words[edition.words].read}`, talk, path: 'read/', base: siteBase, origin, hasPictures: true, paper: await paperColours(project), ...pdf })
  await writeReadingPage(browser, { edition, deck, slides, folder, siteBase, head, ...pdf })
}

/** Slidev's page, which shows nothing until the app is there, at some addresses of the app. */
async function writeShells(folder: string, shell: string, places: readonly string[]): Promise<void> {
  await Promise.all(places.map(place => writeInto(join(folder, place, 'index.html'), shell)))
}

async function writeInto(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
