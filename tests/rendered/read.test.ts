import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editions, type Edition } from 'slidev-addon-deck/editions'
import { locale } from '../../talk/labels.ts'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { launchChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { buildDeck, root, type BuiltDeck } from './built.ts'
import { axeFindings, brokenLinks, factsOf, missingDiagrams, missingTerms, missingText, spokenNotes, type Expected } from './reading.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const BASE = '/talk/'
const WIDTHS = [320, 360, 768, 1280]
/** What the page may load, at most. */
const POLICY = `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'none'`
const BAR = '.reading-bar'
const [source] = editions

let built: BuiltDeck
let browser: Browser
const decks = new Map<Edition, SourceDeck>()

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck(BASE), launchChromium()])
  for (const edition of editions) decks.set(edition, await loadDeck(root, edition.entry))
})

afterAll(() => Promise.all([browser?.close(), built?.close()]))

interface Opened {
  page: Page
  /** What the browser refused or could not load. */
  refused: string[]
}

interface Way extends BrowserContextOptions {
  /** Makes a bad page of it: must change it. */
  spoil?: (html: string) => string
}

/** Opens the reading page of an edition with scripts off and under a strict policy, has it looked at, and closes it. */
async function reading<T>(edition: Edition, look: (opened: Opened) => Promise<T>, { spoil, ...options }: Way = {}): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: false, ...options })
  try {
    const page = await context.newPage()
    const address = `${built.baseOf(edition)}read/`
    const refused: string[] = []
    page.on('console', message => message.type() === 'error' && refused.push(message.text()))
    page.on('request', request => new URL(request.url()).origin !== built.origin && refused.push(`asks another host: ${request.url()}`))
    page.on('response', response => !response.ok() && refused.push(`answered ${response.status()}: ${response.url()}`))
    let isSpoilt = !spoil
    await page.route(address, async (route) => {
      const response = await route.fetch()
      const html = await response.text()
      const body = spoil?.(html) ?? html
      isSpoilt ||= body !== html
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': POLICY }, body })
    })
    const response = await page.goto(address)
    expect(response?.status()).toBe(200)
    expect(isSpoilt).toBe(true)
    return await look({ page, refused })
  }
  finally {
    await context.close()
  }
}

const expectedOf = (edition: Edition): Expected => {
  const deck = decks.get(edition)
  if (!deck) throw new Error(`${edition.entry} was not read.`)
  return { edition, deck }
}

const slidesOf = (edition: Edition) => expectedOf(edition).deck.slides
const facts = (edition: Edition, way?: Way) => reading(edition, ({ page }) => factsOf(page), way)
const viewport = (width: number) => ({ viewport: { width, height: 800 } })

describe.each(editions)('the reading page, $lang', (edition) => {
  it('has every slide, diagram and term of the talk, nothing that is spoken, and links that lead somewhere', async () => {
    const found = await facts(edition)
    const expected = expectedOf(edition)
    expect(missingText(found, expected)).toEqual([])
    expect(missingDiagrams(found, expected)).toEqual([])
    expect(missingTerms(found, expected)).toEqual([])
    expect(spokenNotes(found, expected)).toEqual([])
    expect(await reading(edition, ({ page }) => brokenLinks(found, built.origin, page.request))).toEqual([])
  })

  it('has no script, style or handler of its own, and loads from its own host alone', async () => {
    expect(await reading(edition, async ({ page, refused }) => [...(await factsOf(page)).active, ...refused])).toEqual([])
  })

  it.each(WIDTHS)('is read without scrolling sideways %i px wide, in letters large enough', async (width) => {
    const { overflow, small, parts } = await facts(edition, viewport(width))
    expect(parts).toHaveLength(slidesOf(edition).length)
    expect(overflow).toBe(0)
    expect(small).toEqual([])
  })

  it.each(['light', 'dark'] as const)('passes axe, %s', async (colorScheme) => {
    for (const width of [360, 1280]) expect(await audit(edition, { colorScheme, ...viewport(width) })).toEqual([])
  })

  it('lets a drawing that is wider than the screen be scrolled by keyboard', async () => {
    await reading(edition, async ({ page }) => {
      const scroller = page.locator('.pan').first()
      expect(await scroller.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeGreaterThan(0)
      await scroller.focus()
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => scroller.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0)
    }, viewport(360))
  })
})

/** axe needs scripts, which a strict policy would keep out. */
async function audit(edition: Edition, { spoil, ...options }: Way): Promise<string[]> {
  const context = await browser.newContext(options)
  try {
    const page = await context.newPage()
    await page.addInitScript(AXE)
    const address = `${built.baseOf(edition)}read/`
    if (spoil) {
      await page.route(address, async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, body: spoil(await response.text()) })
      })
    }
    await page.goto(address)
    return await axeFindings(page)
  }
  finally {
    await context.close()
  }
}

describe('a bad page is told', () => {
  const ebb = (html: string) => html.indexOf('<article id="ebb"')
  const within = (html: string, from: string | RegExp, to: string) => html.slice(0, ebb(html)) + html.slice(ebb(html)).replace(from, to)
  const told = async (check: (found: Awaited<ReturnType<typeof factsOf>>, expected: Expected) => string[], spoil: (html: string) => string) =>
    check(await facts(source, { spoil }), expectedOf(source)).join('\n')

  it.each([
    ['a slide is missing', (html: string) => html.replace(/<article id="ebb"[\s\S]*?<\/article>/, ''), 'The parts are'],
    ['slides change places', (html: string) => html.replace('id="ebb"', 'id="x"').replace('id="answer"', 'id="ebb"').replace('id="x"', 'id="answer"'), 'The parts are'],
    ['a headline is another', (html: string) => within(html, /<h3([^>]*)>[\s\S]*?<\/h3>/, '<h3$1>?</h3>'), 'ebb: the headline'],
    ['a label is missing', (html: string) => within(html, /<tspan[^>]*>[^<]*<\/tspan>/, ''), 'ebb does not say'],
    ['the link to the slide is missing', (html: string) => within(html, /\/ebb\/"/, '/"'), 'ebb does not lead to its slide'],
    ['a source is not linked', (html: string) => within(html, '#T0.2', '#'), 'ebb does not lead to T0.2'],
    ['the language is another', (html: string) => html.replace('lang="zh-CN"', 'lang="de"'), 'in de'],
  ])('%s', async (_, spoil, says) => expect(await told(missingText, spoil)).toContain(says))

  it.each([
    ['a diagram is missing', (html: string) => within(html, /<figure[\s\S]*?<\/figure>/, ''), 'has 0 diagrams'],
    ['a diagram is empty', (html: string) => within(html, /(<svg[^>]*>)[\s\S]*?<\/svg>/, '$1</svg>'), 'px'],
    ['a diagram waits for a click', (html: string) => within(html, /<g class/g, '<g data-step="1" class'), 'px'],
    ['a diagram has no name', (html: string) => within(html, /(<svg[^>]*) aria-labelledby="[^"]*"/, '$1'), 'name is “”'],
    ['a description is hidden', (html: string) => within(html, '<figcaption', '<figcaption hidden'), 'does not show'],
  ])('%s', async (_, spoil, says) => expect(await told(missingDiagrams, spoil)).toContain(says))

  it('a definition is missing', async () =>
    expect(await told(missingTerms, html => html.replace(/(id="term-ebb">[\s\S]*?<dd>)[^<]*/, '$1'))).toContain('退潮'))

  it('a sentence of the notes is there', async () => {
    const spoken = slidesOf(source)[2]?.note.split('\n')[0] ?? ''
    expect(await told(spokenNotes, html => html.replace('</main>', `<p>${spoken}</p></main>`))).toContain(spoken)
  })

  it.each([
    ['no such anchor', (html: string) => html.replace('href="#T0.2"', 'href="#T9.9"'), '/talk/read/#T9.9'],
    ['no such page', (html: string) => html.replace('/ebb/"', '/flood/"'), '/talk/flood/'],
    ['no such page in the other edition', (html: string) => html.replace('/en/read/"', '/de/read/"'), '/talk/de/read/'],
  ])('%s', async (_, spoil, says) => {
    const found = await facts(source, { spoil })
    expect(await reading(source, ({ page }) => brokenLinks(found, built.origin, page.request))).toContain(says)
  })

  it.each([
    ['a style', (html: string) => html.replace('<h1', '<h1 style="color:red"'), 'style'],
    ['a script', (html: string) => html.replace('</body>', '<script>0</script></body>'), 'script'],
    ['a handler', (html: string) => html.replace('<h1', '<h1 onclick="0"'), 'onclick'],
    ["the framework's attributes", (html: string) => html.replace('<h1', '<h1 data-v-1=""'), 'data-v-1'],
    ['another host', (html: string) => html.replace('</main>', '<img alt="" src="https://example.invalid/a.png"></main>'), 'example.invalid'],
    ['a missing style', (html: string) => html.replace('.css"', '-gone.css"'), '404'],
  ])('%s', async (_, spoil, says) => {
    expect(await reading(source, async ({ page, refused }) => [...(await factsOf(page)).active, ...refused].join('\n'), { spoil })).toContain(says)
  })

  it('something wider than the page, and small letters', async () => {
    const { overflow, small } = await facts(source, { ...viewport(360), spoil: html => html.replace('</main>', '<table><tr><td><img width="500" height="1" alt="" src="data:,"></table><h6><small>x</small></h6></main>') })
    expect(overflow).toBeGreaterThan(100)
    expect(small.join()).toMatch(/px: x/)
  })

  it('what axe knows of', async () => {
    expect((await audit(source, { spoil: html => html.replace(/ aria-labelledby="ebb-diagram-name"/g, '') })).join()).toContain('svg-img-alt')
  })
})

describe('a slide on a phone', () => {
  const PHONE = { width: 360, height: 640 }

  /** A slide with its page's own script off, or taken over by the app. */
  async function onSlide<T>(edition: Edition, hasApp: boolean, look: (page: Page) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> {
    const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: hasApp, reducedMotion: 'reduce', ...options })
    try {
      const page = await context.newPage()
      await page.goto(`${built.baseOf(edition)}ebb/`)
      if (hasApp) await page.waitForFunction(() => !document.querySelector('#first'))
      return await look(page)
    }
    finally {
      await context.close()
    }
  }

  const shown = (page: Page) => page.locator(BAR).filter({ visible: true })

  it.each(editions)('offers its part of the reading page and the other edition, before and after the app takes over, $lang', async (edition) => {
    const others = editions.filter(other => other !== edition)
    const look = async (page: Page) => {
      const bar = shown(page)
      return { links: await bar.locator('a').evaluateAll(links => links.map(link => [(link as HTMLAnchorElement).href, link.textContent])), picture: await bar.screenshot() }
    }
    const before = await onSlide(edition, false, look)
    const after = await onSlide(edition, true, look)
    const links = [[`${built.baseOf(edition)}read/#ebb`, locale[edition.language].read], ...others.map(other => [`${built.baseOf(other)}ebb/`, other.name])]
    expect(before.links).toEqual(links)
    expect(after.links).toEqual(links)
    expect(after.picture.equals(before.picture)).toBe(true)
  })

  it('leaves the slide and the controls free', async () => {
    const overlaps = (page: Page) => page.evaluate((selector) => {
      const bar = document.querySelector(selector)?.getBoundingClientRect()
      const others = [...document.querySelectorAll('#slide-content, #app nav:not(.reading-bar)')].map(element => element.getBoundingClientRect())
      if (!bar || others.length < 2) throw new Error('The slide, its controls or the bar are not there.')
      return others.filter(box => box.height > 0 && box.top < bar.bottom && box.bottom > bar.top && box.left < bar.right).length
    }, BAR)
    await onSlide(source, true, async (page) => {
      const controls = page.locator('#app nav:not(.reading-bar, .language-switch)')
      await controls.first().waitFor()
      expect(await overlaps(page)).toBe(0)
      await page.locator(BAR).evaluate((bar) => {
        bar.style.height = '300px'
      })
      expect(await overlaps(page)).toBeGreaterThan(0)
    })
  })

  it('follows the slides', async () => {
    await onSlide(source, true, async (page) => {
      const next = slidesOf(source)[3]?.id ?? ''
      await page.goto(`${built.baseOf(source)}${next}/`)
      await page.waitForFunction(() => !document.querySelector('#first'))
      expect(await shown(page).locator('a').first().getAttribute('href')).toBe(`${BASE}read/#${next}`)
      await page.keyboard.press('ArrowLeft')
      await expect.poll(() => shown(page).locator('a').first().getAttribute('href')).toBe(`${BASE}read/#ebb`)
    })
  })

  it.each([
    ['a phone on its side', { viewport: { width: 640, height: 360 } }],
    ['a tablet', { viewport: { width: 768, height: 1024 } }],
    ['a desktop', { viewport: { width: 1280, height: 720 } }],
  ])('does not on %s', async (_, options) => {
    for (const hasApp of [false, true]) expect(await onSlide(source, hasApp, page => shown(page).count(), options)).toBe(0)
  })

  it('does not in print', async () => {
    await onSlide(source, true, async (page) => {
      expect(await shown(page).count()).toBe(1)
      await page.emulateMedia({ media: 'print' })
      expect(await shown(page).count()).toBe(0)
    })
  })
})
