import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type AxeCore from 'axe-core'
import { JSDOM } from 'jsdom'
import type { Browser, Page } from 'playwright-chromium'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import type { Edition } from 'slidev-addon-deck/editions'
import { exportName } from 'slidev-addon-deck/project'
import { COVER, pageHead } from 'slidev-addon-site/head'
import { editionBase } from 'slidev-addon-site/site'
import { paperColours } from 'slidev-addon-site/sources'
import { siteWords } from 'slidev-addon-site/words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeForSearchEngines } from '../../packages/site/src/search-engines.ts'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, PUBLISHED_BASE as BASE, type BuiltDeck } from '../helpers/built.ts'
import { editions, others, project, readEdition, slideThat, source } from '../helpers/deck.ts'
import { readPdf } from '../pdf/read.ts'
import { putAxeInto } from '../rendered/axe.ts'
import { ensureTools } from '../setup/tools.ts'

const ADDRESS = 'https://talk.example'

let built: BuiltDeck
let browser: Browser
let slides: DeckSlide[]
beforeAll(async () => {
  await ensureTools(['pdffonts', 'pdfimages', 'pdfinfo', 'pdftotext', 'qpdf']);
  [built, browser, { slides }] = await Promise.all([buildDeck('published'), connectBrowser(), readEdition(source)])
})
afterAll(() => Promise.all([browser?.close(), built?.close()]))

const read = (path: string) => readFile(join(built.folder, path), 'utf8')
/** The file an address of the build leads to. */
const fileOf = (address: string) => join(built.folder, address.slice(BASE.length), address.endsWith('/') ? 'index.html' : '')

describe('the page for addresses there are not', () => {
  const open = async (path: string, scheme: 'light' | 'dark', use: (page: Page) => Promise<void>) => {
    const context = await browser.newContext({ colorScheme: scheme, serviceWorkers: 'block' })
    const page = await context.newPage()
    const failed: string[] = []
    page.on('response', response => response.status() >= 400 && failed.push(response.url()))
    const address = `${built.origin}${BASE}${path}`
    expect((await page.goto(address))?.status()).toBe(404)
    await page.evaluate(() => document.fonts.ready)
    expect(failed).toEqual([address])
    await use(page)
    await context.close()
  }
  const axe = async (page: Page) => {
    await putAxeInto(page)
    return page.evaluate(async () => {
      const { passes, violations } = await (window as unknown as { axe: typeof AxeCore }).axe.run()
      return { passes: passes.length, violations: violations.map(({ id }) => id) }
    })
  }

  it.each(['99/', 'nowhere', 'nowhere/deep/in/', `${others[0]?.folder}/99/`, `${others[0]?.folder}/nowhere/deep`, '%zz'])('leads back from %s, in every language', path => open(path, 'light', async (page) => {
    expect(await page.locator('h1').allTextContents()).toEqual(editions.map(({ words }) => siteWords[words].notFound.title))
    const links = await page.locator('a').evaluateAll(found => found.map(link => (link as HTMLAnchorElement).pathname))
    expect(links).toEqual(expect.arrayContaining(editions.map(edition => editionBase(BASE, edition))))
    for (const link of links) expect(existsSync(fileOf(link)), link).toBe(true)
    expect(links.filter(link => link.endsWith('/read/'))).toHaveLength(existsSync(join(built.folder, 'read')) ? editions.length : 0)
  }))

  it.each(['light', 'dark'] as const)('is on the deck’s paper in its own faces in the %s scheme, without a violation', scheme => open('nowhere', scheme, async (page) => {
    const paper = (await paperColours(project))[scheme]
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(`#${colour.match(/\d+/g)?.map(part => Number(part).toString(16).padStart(2, '0')).join('')}`).toBe(paper)
    expect(await page.evaluate(() => [...document.fonts].map(({ status }) => status))).toEqual(['loaded', 'loaded'])
    const { passes, violations } = await axe(page)
    expect(passes).toBeGreaterThan(10)
    expect(violations).toEqual([])
    await page.evaluate(() => document.documentElement.style.setProperty('--ink-soft', 'var(--rule)'))
    expect((await axe(page)).violations).toEqual(['color-contrast'])
  }))

  it('has neither script nor inline style, and is for no search engine', async () => {
    for (const path of editions.map(({ folder }) => join(folder, '404.html'))) {
      const { document } = new JSDOM(await read(path)).window
      expect(document.querySelectorAll('script, style, [style]')).toHaveLength(0)
      expect(document.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex')
      expect(document.querySelector('link[rel=stylesheet]')?.getAttribute('href')).toMatch(/^\/talk\/(?:\w+\/)?assets\/not-found-[\w-]{8}\.css$/)
    }
  })

  it('fits a phone', () => open('nowhere', 'light', async (page) => {
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  }))
})

/** What a page's head lacks. */
function headFaults(html: string, { title, path, edition, origin, base }: { title: string, path: string, edition: Edition, origin: string, base: string }): string[] {
  const { document } = new JSDOM(html).window
  const address = (of: Edition) => `${origin}${editionBase(base, of)}${path}`
  const cover = `${origin}${editionBase(base, edition)}cover.png`
  const meta = (name: string) => document.querySelector(`meta[name="${name}"], meta[property="${name}"]`)?.getAttribute('content')
  const found: Record<string, [unknown, unknown]> = {
    title: [document.title, title],
    canonical: [document.querySelector('link[rel=canonical]')?.getAttribute('href'), address(edition)],
    hreflang: [
      [...document.querySelectorAll('link[hreflang]')].map(link => `${link.getAttribute('hreflang')} ${link.getAttribute('href')}`).join(', '),
      [...editions.map(each => `${each.lang} ${address(each)}`), `x-default ${address(editions[0])}`].join(', '),
    ],
    ...Object.fromEntries([
      ['og:title', title], ['og:url', address(edition)], ['og:image', cover], ['og:image:width', String(COVER.width)], ['og:image:height', String(COVER.height)],
      ['twitter:card', 'summary_large_image'], ['twitter:title', title], ['twitter:image', cover],
    ].map(([name = '', value]) => [name, [meta(name), value]])),
    ...Object.fromEntries(['description', 'og:description', 'twitter:description', 'og:type', 'og:site_name', 'og:image:alt', 'author'].map(name => [name, [Boolean(meta(name)), true]])),
  }
  return Object.entries(found).flatMap(([name, [is, should]]) => is === should ? [] : [`${name}: ${String(is)}, not ${String(should)}`])
}

describe('what pages say of themselves', () => {
  it.each(editions)('every slide of $lang has its title, its addresses and its picture', async (edition) => {
    const { headmatter, slides: own } = await readEdition(edition)
    const titles = new Set<string>()
    for (const { no, id } of own) {
      const html = await read(`${edition.folder ? `${edition.folder}/` : ''}${id}/index.html`)
      const title = new JSDOM(html).window.document.title
      titles.add(title)
      expect(no === 1 ? title : title.split(' · ').at(-1)).toBe(headmatter['title'])
      expect(headFaults(html, { title, path: no === 1 ? '' : `${id}/`, edition, origin: '', base: BASE }), id).toEqual([])
      expect(html).toContain(`<link rel="alternate" type="application/pdf" href="${BASE}${exportName(project, edition, 'pdf')}">`.replace(BASE, editionBase(BASE, edition)))
    }
    expect(titles.size).toBe(slides.length)
  })

  it('addresses are absolute where the host is known, and what is missing is seen', () => {
    const edition = source
    const page = { title: 'A & B', path: 'ebb/', edition, editions, origin: ADDRESS, base: BASE, icons: [] }
    const html = pageHead({ ...page, pageTitle: page.title, title: 'T', description: 'D', author: 'A', paper: { light: '#fff', dark: '#000' } })
    expect(headFaults(html, page)).toEqual([])
    expect(headFaults(html.replace(/<link rel="canonical".*/, ''), page)).toEqual([expect.stringContaining('canonical')])
    expect(headFaults(html.replace(new RegExp(`<link rel="alternate" hreflang="${others[0]?.lang}".*`), ''), page)).toEqual([expect.stringContaining('hreflang')])
    expect(headFaults(html.replaceAll(/<meta [^>]*:image"[^>]*>/g, ''), page)).toEqual(['og:image', 'twitter:image'].map(name => expect.stringContaining(name)))
  })

  it('printing and presenting are for no search engine', async () => {
    for (const { folder } of editions) expect(await read(join(folder, 'print/index.html'))).toContain('<meta name="robots" content="noindex">')
  })
})

describe('the sitemap', () => {
  const NAMESPACE = 'http://www.w3.org/1999/xhtml'
  const write = async (origin: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'deck-sitemap-'))
    await writeForSearchEngines({ project, folder, base: BASE, origin, slides })
    const text = (name: string) => readFile(join(folder, name), 'utf8').catch(() => undefined)
    const files = { sitemap: await text('sitemap.xml'), robots: await text('robots.txt') }
    await rm(folder, { recursive: true })
    return files
  }

  it('names every page of the build once, with that of each other language', async () => {
    const { sitemap = '', robots } = await write(ADDRESS)
    const { document } = new JSDOM(sitemap, { contentType: 'application/xml' }).window
    const urls = [...document.querySelectorAll('url')].map(url => ({
      loc: url.querySelector('loc')?.textContent ?? '',
      alternates: [...url.getElementsByTagNameNS(NAMESPACE, 'link')].map(link => link.getAttribute('href') ?? ''),
    }))
    expect(urls).toHaveLength(editions.length * slides.length)
    expect(new Set(urls.map(({ loc }) => loc)).size).toBe(urls.length)
    for (const { loc, alternates } of urls) {
      expect(loc).toMatch(/^https:\/\/talk\.example\/talk\/(?:[\w-]+\/){0,2}$/)
      expect(existsSync(fileOf(new URL(loc).pathname)), loc).toBe(true)
      expect(alternates).toHaveLength(editions.length + 1)
      expect(alternates).toContain(loc)
    }
    expect(robots).toBe(`User-agent: *\nAllow: /\nSitemap: ${ADDRESS}${BASE}sitemap.xml\n`)
  })

  it('is not written where the host is not known, as in this build', async () => {
    expect(await write('')).toEqual({ sitemap: undefined, robots: 'User-agent: *\nAllow: /\n' })
    expect(existsSync(join(built.folder, 'sitemap.xml'))).toBe(false)
    expect(await read('robots.txt')).toBe('User-agent: *\nAllow: /\n')
  })
})

/** Width and height of a PNG. */
const sizeOf = (png: Buffer) => png.subarray(1, 4).toString() === 'PNG' ? [png.readUInt32BE(16), png.readUInt32BE(20)] : []

describe('pictures', () => {
  /** Colours of a picture's four corners, and how many colours it has. */
  const look = async (path: string) => {
    const page = await browser.newPage({ serviceWorkers: 'block' })
    const found = await page.evaluate(async (source) => {
      const image = Object.assign(new Image(), { src: source })
      await image.decode()
      const { width, height } = image
      const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
      context?.drawImage(image, 0, 0)
      const data = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray()
      const colour = (i: number) => [...data.slice(i * 4, i * 4 + 4)].join(' ')
      return { corners: [0, width - 1, width * (height - 1), width * height - 1].map(colour), colours: new Set(Array.from({ length: data.length / 4 / 7 }, (_, i) => colour(i * 7))).size }
    }, `data:image/png;base64,${(await readFile(join(built.folder, path))).toString('base64')}`)
    await page.close()
    return found
  }

  it.each(editions)('the cover of $lang fills its picture, in 150 KB', async ({ folder }) => {
    const png = await readFile(join(built.folder, folder, 'cover.png'))
    expect(sizeOf(png)).toEqual([COVER.width, COVER.height])
    expect(png.length).toBeLessThan(150_000)
    const { corners, colours } = await look(join(folder, 'cover.png'))
    expect(corners).toEqual(Array.from({ length: 4 }, () => '250 247 240 255'))
    expect(colours).toBeGreaterThan(50)
  })

  it('the covers differ, and so do the icons from each other', async () => {
    const files = await Promise.all(['cover.png', `${others[0]?.folder}/cover.png`, 'icons/512.png', 'icons/maskable-512.png'].map(path => readFile(join(built.folder, path), 'base64')))
    expect(new Set(files).size).toBe(files.length)
  })

  it('icons have the sizes and corners they should have', async () => {
    const clear = '0 0 0 0'
    const ground = '13 92 89 255'
    for (const [path, size, corner] of [['icons/192.png', 192, clear], ['icons/512.png', 512, clear], ['icons/maskable-512.png', 512, ground], ['apple-touch-icon.png', 180, ground]] as const) {
      expect(sizeOf(await readFile(join(built.folder, path))), path).toEqual([size, size])
      expect((await look(path)).corners, path).toEqual(Array.from({ length: 4 }, () => corner))
    }
  })

  it('the icon for old browsers holds one picture of 32 px', async () => {
    const ico = await readFile(join(built.folder, 'favicon.ico'))
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4), ico[6], ico[7]]).toEqual([0, 1, 1, 32, 32])
    expect(ico.readUInt32LE(14) + ico.readUInt32LE(18)).toBe(ico.length)
    expect(sizeOf(ico.subarray(ico.readUInt32LE(18)))).toEqual([32, 32])
  })

  it.each(editions)('$lang can be installed', async (edition) => {
    const page = await browser.newPage()
    await page.goto(built.origin + editionBase(BASE, edition))
    // It comes after the slide.
    await page.waitForSelector('link[rel="manifest"]', { state: 'attached' })
    const session = await page.context().newCDPSession(page)
    const { errors, manifest } = await session.send('Page.getAppManifest')
    expect(errors).toEqual([])
    expect(new URL(manifest.startUrl ?? '').pathname).toBe(editionBase(BASE, edition))
    expect(new URL(manifest.scope ?? '').pathname).toBe(editionBase(BASE, edition))
    expect(manifest.icons).toHaveLength(4)
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    // A browser that a test drives has no profile to install into.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter(id => id !== 'in-incognito')).toEqual([])
    await page.context().close()
  })
})

describe('a PDF that is built in', () => {
  it.each(editions)('$lang has one of every slide and one of the card, and closing slide and reading page offer them', async (edition) => {
    const name = exportName(project, edition, 'pdf')
    const pdf = await readPdf(join(built.folder, edition.folder, name))
    expect(pdf.text).toHaveLength(slides.length)
    expect(pdf.links.dead).toBe(0)
    const card = exportName(project, edition, 'card.pdf')
    expect((await readPdf(join(built.folder, edition.folder, card))).text).toHaveLength(1)
    const wanted = [name, card].map(file => editionBase(BASE, edition) + file)
    const { id } = slideThat(slides, ({ layout }) => layout === 'closing')
    const closing = new JSDOM(await read(join(edition.folder, id, 'index.html'))).window.document
    expect([...closing.querySelectorAll('#first > article:not([hidden]) .deck-link a')].map(link => link.getAttribute('href'))).toEqual(wanted)
    // The reading page has them among its links.
    const reading = new JSDOM(await read(join(edition.folder, 'read/index.html')), { url: `http://localhost${editionBase(BASE, edition)}read/` }).window.document
    expect([...reading.querySelectorAll<HTMLAnchorElement>('header .links a[type="application/pdf"]')].map(link => link.pathname)).toEqual(wanted)
  })
})
