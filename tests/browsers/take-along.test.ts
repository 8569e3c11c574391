import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { exportName } from 'slidev-addon-deck/project'
import { siteWords } from 'slidev-addon-site/words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { editions, others, project, readEdition, slideThat, source } from '../helpers/deck.ts'
import { filesOf } from '../helpers/files.ts'
import { isStill, position } from '../helpers/in-window.ts'
import { positionsOf } from '../hard-use/talk.ts'
import { runExport } from '../pdf/command.ts'
import { browserNames, onPage, type BrowserName, type BrowserWindow } from './browsers.ts'
import { unstyled } from './reading-page.ts'

/** In bytes: it goes into any mail. */
const MOST = 1_000_000

/** The control that opens the presenter view. */
const PRESENT = 'button:has(.i-carbon\\:user-speaker)'

const { slides } = await readEdition(source)
const positions = positionsOf(slides)
const [other] = others
if (!other) throw new Error('The talk has one edition.')
const nameOf = (edition: typeof source) => exportName(project, edition, 'html')

let folder = ''
let built: BuiltDeck
beforeAll(async () => {
  built = await buildDeck('published')
  // The blank and the Chinese characters: folders like that are common, and break addresses.
  folder = await mkdtemp(join(tmpdir(), '带走 the talk '))
  for (const args of [['--out', folder], ['--with-notes', '--edition', source.language, '--out', join(folder, 'notes')]]) {
    const { code, output } = await runExport(['--only', 'html', ...args])
    if (code !== 0) throw new Error(output)
  }
})
afterAll(() => Promise.all([built?.close(), rm(folder, { recursive: true, force: true })]))

const at = (path: string) => pathToFileURL(join(folder, path)).href

const inBrowser = <T>(name: BrowserName, address: string, use: (window: BrowserWindow) => Promise<T>) => onPage(name, address, { lessMotion: true, offline: true }, use)

/** What a window has asked for beyond some files. */
async function askedBeyond(files: readonly string[], { requests }: Pick<BrowserWindow, 'requests'>): Promise<string[]> {
  return (await requests()).map(address => address.replace(/#.*/, '')).filter(address => !address.startsWith('data:') && !files.map(at).includes(address))
}

/* These run in the page. */
const headline = () => [...document.querySelectorAll<HTMLElement>('#slideshow .slidev-layout h1')].find(each => each.checkVisibility())?.innerText.replace(/\s+/g, '')
const isDark = () => document.documentElement.classList.contains('dark')
const faces = async () => {
  await document.fonts.ready
  const shown = [...document.fonts].filter(({ status }) => status !== 'unloaded')
  return { families: [...new Set(shown.map(({ family }) => family.replaceAll('"', '')))].sort(), status: [...new Set(shown.map(({ status }) => status))], headline: getComputedStyle(document.querySelector('#slideshow h1') ?? document.body).fontFamily.split(',')[0]?.replaceAll('"', '') }
}

const plain = (text: string | undefined) => text?.replace(/\s+/g, '')

describe('the files', () => {
  it('are one for each edition, small, and say nothing of the notes', async () => {
    expect(await filesOf(folder)).toEqual([...editions.map(nameOf), join('notes', nameOf(source))].sort())
    for (const name of await filesOf(folder)) expect((await readFile(join(folder, name))).length, name).toBeLessThan(MOST)
    expect((await readFile(join(folder, nameOf(source)))).length).toBeLessThan((await readFile(join(folder, 'notes', nameOf(source)))).length - 10_000)
  })

  it('ask for nothing by their policy, and let no other script run', async () => {
    const html = await readFile(join(folder, nameOf(source)), 'utf8')
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]?.split('; ') ?? []
    expect(policy[0]).toBe(`default-src 'none'`)
    expect(policy.find(directive => directive.startsWith('script-src'))).toMatch(/^script-src 'sha256-\S+=' 'sha256-\S+='$/)
    expect(policy.join(' ')).not.toMatch(/https?:|'self'|\*|unsafe-eval/)
  })
})

describe.each(browserNames)('%s', (name) => {
  it('opens it from a disk and walks from the first to the last click, and asks for nothing else', () => inBrowser(name, at(nameOf(source)), async (window) => {
    const { evaluate, press, version } = window
    console.log(`take along: ${name} ${version}`)
    const seen: string[] = []
    for (const next of positions) {
      if (next !== positions[0]) await press(['ArrowRight'])
      await expect.poll(() => evaluate(position), { interval: 20 }).toBe(next)
      seen.push(next)
    }
    expect(seen).toEqual(positions)
    await press(['ArrowRight'])
    await evaluate(isStill)
    expect(await evaluate(position)).toBe(positions.at(-1))
    const { status, families, headline: face } = await evaluate(faces)
    expect(status).toEqual(['loaded'])
    expect(families).toEqual(['Deck Sans', 'Deck Serif'])
    expect(face).toBe('Deck Serif')
    expect(await askedBeyond([nameOf(source)], window)).toEqual([])
    checked(name, 'the HTML file from a disk, without network: every slide and click', seen.length)
  }))

  it('is light and dark, shows all slides, and leads to the same place of the other edition', () => inBrowser(name, at(nameOf(source)), async (window) => {
    const { evaluate, press } = window
    const place = slideThat(slides, slide => slide.no > 2 && positions.includes(`${slide.no}.1`))
    await expect.poll(() => evaluate(position)).toBe(positions[0])
    const wasDark = await evaluate(isDark)
    await press(['d'])
    await expect.poll(() => evaluate(isDark)).toBe(!wasDark)
    await press(['o'])
    await expect.poll(() => evaluate(() => [...document.querySelectorAll('.slidev-overview-choice')].filter(each => each.checkVisibility()).length)).toBe(slides.length)
    await press(['Escape'])
    for (const next of positions.slice(1, positions.indexOf(`${place.no}.1`) + 1)) {
      await press(['ArrowRight'])
      await expect.poll(() => evaluate(position)).toBe(next)
    }
    await press(['l'])
    const there = (await readEdition(other)).slides.find(({ id }) => id === place.id)
    await expect.poll(() => evaluate(headline).catch(() => undefined)).toBe(plain(there?.headline))
    expect(await evaluate(position)).toBe(`${place.no}.1`)
    expect((await evaluate(faces)).status).toEqual(['loaded'])
    expect(await evaluate(() => location.pathname)).toBe(new URL(at(nameOf(other))).pathname)
    expect(await askedBeyond(editions.map(nameOf), window)).toEqual([])
    checked(name, 'the HTML file: dark, overview, and the other edition’s file', 3)
  }))

  it('keeps a presenter view in step for a hundred keys, whichever window they are pressed in', () => inBrowser(name, at(join('notes', nameOf(source))), async (audience) => {
    await expect.poll(() => audience.evaluate(position)).toBe(positions[0])
    await audience.click(PRESENT)
    const presenter = await audience.opened()
    await expect.poll(() => presenter.evaluate(position).catch(() => undefined)).toBe(positions[0])
    expect(await presenter.evaluate(() => document.querySelector('[role="region"][tabindex]')?.textContent?.trim().length)).toBeGreaterThan(20)
    const steps = [[presenter, 'ArrowRight', 60], [audience, 'ArrowLeft', 15], [presenter, 'ArrowLeft', 25]] as const
    let place = 0
    for (const [window, key, times] of steps) {
      place += key === 'ArrowRight' ? times : -times
      await window.press(Array<typeof key>(times).fill(key))
      await window.evaluate(isStill)
      for (const each of [presenter, audience]) await expect.poll(() => each.evaluate(position)).toBe(positions[place])
    }
    for (const window of [presenter, audience]) {
      await window.evaluate(isStill)
      expect(await window.evaluate(position)).toBe(positions[place])
      expect(await askedBeyond([join('notes', nameOf(source))], window)).toEqual([])
    }
    checked(name, 'the HTML file with notes: keys after which its two windows are in step', steps.reduce((sum, [,, times]) => sum + times, 0))
  }))
})

describe('a check that fails', () => {
  it.each(browserNames)('a picture from elsewhere is seen as a request (%s)', async (name) => {
    const html = await readFile(join(folder, nameOf(source)), 'utf8')
    const picture = `${built.baseOf(source)}favicon.svg`
    await writeFile(join(folder, 'asking.html'), html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '').replace('<body>', `<body><img src="${picture}">`))
    await inBrowser(name, at('asking.html'), async (window) => {
      await expect.poll(() => askedBeyond(['asking.html'], window)).toEqual([picture])
    })
  })

  it('windows that do not hear one another are seen', async () => {
    const html = await readFile(join(folder, 'notes', nameOf(source)), 'utf8')
    await writeFile(join(folder, 'deaf.html'), html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, `<script>addEventListener('message', event => event.stopImmediatePropagation(), true)</script>`))
    await inBrowser('Chromium', at('deaf.html'), async (audience) => {
      await expect.poll(() => audience.evaluate(position)).toBe(positions[0])
      await audience.click(PRESENT)
      const presenter = await audience.opened()
      await expect.poll(() => presenter.evaluate(position).catch(() => undefined)).toBe(positions[0])
      await presenter.press(['ArrowRight'])
      await presenter.evaluate(isStill)
      expect([await presenter.evaluate(position), await audience.evaluate(position)]).toEqual([positions[1], positions[0]])
    })
  })

  it('a file without its fonts is seen', async () => {
    const html = await readFile(join(folder, nameOf(source)), 'utf8')
    await writeFile(join(folder, 'plain.html'), html.replace(/(url\(data:font\/woff2;base64,)[^)]+/g, '$1AAAA'))
    await inBrowser('Chromium', at('plain.html'), async ({ evaluate }) => {
      await expect.poll(() => evaluate(position)).toBe(positions[0])
      expect((await evaluate(faces)).status).toEqual(['error'])
    })
  })

  it.each([0.3, 0.9])('a file that was cut short says so (%d)', async (share) => {
    const html = await readFile(join(folder, nameOf(source)), 'utf8')
    await writeFile(join(folder, 'cut.html'), html.slice(0, html.length * share))
    await inBrowser('Chromium', at('cut.html'), async ({ evaluate }) => {
      await expect.poll(() => evaluate(() => document.body.innerText)).toMatch(/文件不完整/)
    })
  })
})

it.each(browserNames)('a page of the hosted build, opened from a disk, names the file to open; the reading page is read (%s)', async (name) => {
  const copy = await mkdtemp(join(tmpdir(), 'from disk '))
  try {
    await cp(built.folder, copy, { recursive: true })
    const pages = editions.flatMap(edition => ['index.html', 'sources/index.html', 'print/index.html'].map(page => ({ edition, address: pathToFileURL(join(copy, edition.folder, page)).href })))
    await inBrowser(name, pages[0]?.address ?? '', async ({ open, evaluate }) => {
      for (const { edition, address } of pages) {
        await open(address)
        await expect.poll(() => evaluate(() => document.body.innerText.trim()), { message: address }).toBe(siteWords[edition.words].fromDisk(nameOf(edition)))
      }
      checked(name, 'a page of the hosted build, opened from a disk, says what to open', pages.length)
      // The page for reading needs no server.
      for (const { folder: own } of editions) {
        await open(pathToFileURL(join(copy, own, 'read/index.html')).href)
        expect(await evaluate(unstyled)).toEqual([])
        expect(await evaluate(() => [...document.querySelectorAll('a')].map(({ href }) => href).filter(href => href.startsWith('file:')))).toEqual(expect.arrayContaining(['sources/', 'read/'].map(path => expect.stringMatching(new RegExp(`from%20disk%20.*/${path}`)) as string)))
        checked(name, 'the reading page of the hosted build, opened from a disk', 1)
      }
    })
  }
  finally {
    await rm(copy, { recursive: true, force: true })
  }
})
