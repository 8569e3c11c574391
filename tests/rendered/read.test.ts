import type { Browser, BrowserContextOptions, Page } from 'playwright-chromium'
import type { GlossaryEntry } from 'slidev-addon-deck'
import type { Edition } from 'slidev-addon-deck/editions'
import { parseFences } from 'slidev-addon-deck/fences'
import { words } from 'slidev-addon-deck/words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { glossary } from '../../talk/glossary.ts'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, PUBLISHED_BASE as BASE, type BuiltDeck } from '../helpers/built.ts'
import { editions, others, readEdition, slideThat, source } from '../helpers/deck.ts'
import { axeFindings, brokenLinks, factsOf, missingDiagrams, missingTerms, missingText, spokenNotes, type Expected } from './reading.ts'
import { SCHEMES } from './rule.ts'

const WIDTHS = [320, 360, 768, 1280]
/** What the page may load, at most. */
const POLICY = `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'none'`
const BAR = '.reading-bar'

const decks = new Map(await Promise.all(editions.map(async edition => [edition, await readEdition(edition)] as const)))

let built: BuiltDeck
let browser: Browser

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('published'), connectBrowser()])
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

  it('is read without scrolling sideways on screens of any width, in letters large enough', () => reading(edition, async ({ page }) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 })
      const { overflow, small, parts } = await factsOf(page)
      expect(parts).toHaveLength(slidesOf(edition).length)
      expect(overflow, `${width} px`).toBe(0)
      expect(small, `${width} px`).toEqual([])
    }
  }))

  it('passes axe, narrow and wide, light and dark', async () => expect(await audit(edition)).toEqual([]))

  it('lets a drawing that is wider than the screen be scrolled by keyboard', async () => {
    await reading(edition, async ({ page }) => {
      const scroller = page.locator('.pan').nth(await page.locator('.pan').evaluateAll(all => all.findIndex(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)))
      await scroller.focus()
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => scroller.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0)
    }, viewport(360))
  })
})

/** What axe-core, which needs scripts, finds in both widths and schemes. */
async function audit(edition: Edition, spoil?: (html: string) => string): Promise<string[]> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const address = `${built.baseOf(edition)}read/`
    if (spoil) {
      await page.route(address, async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, body: spoil(await response.text()) })
      })
    }
    await page.goto(address)
    const found: string[] = []
    for (const width of spoil ? [1280] : [360, 1280]) {
      for (const colorScheme of spoil ? ['light'] as const : SCHEMES) {
        await page.setViewportSize({ width, height: 800 })
        await page.emulateMedia({ colorScheme })
        found.push(...(await axeFindings(page)).map(finding => `${width} px, ${colorScheme}: ${finding}`))
      }
    }
    return found
  }
  finally {
    await context.close()
  }
}

describe('a bad page is told', () => {
  const slides = slidesOf(source)
  /** A slide of one diagram in steps, and the one before it. */
  const drawn = slideThat(slides.slice(2), ({ content, contentLine }) => {
    const [fence, ...others] = parseFences(content, contentLine).filter(({ kind }) => kind)
    return fence !== undefined && others.length === 0 && fence.steps > 0
  })
  const { id } = drawn
  const before = slides[drawn.no - 2]?.id ?? ''
  const [paragraph = ''] = drawn.frontmatter['sources'] as string[]
  const [term = '', { words: inWords } = { words: {} }] = Object.entries<Pick<GlossaryEntry, 'words'>>(glossary)[0] ?? []
  const there = (html: string) => html.indexOf(`<article id="${id}"`)
  const within = (html: string, from: string | RegExp, to: string) => html.slice(0, there(html)) + html.slice(there(html)).replace(from, to)
  const told = async (check: (found: Awaited<ReturnType<typeof factsOf>>, expected: Expected) => string[], spoil: (html: string) => string) =>
    check(await facts(source, { spoil }), expectedOf(source)).join('\n')

  it.each([
    ['a slide is missing', (html: string) => html.replace(new RegExp(`<article id="${id}"[\\s\\S]*?</article>`), ''), 'The parts are'],
    ['slides change places', (html: string) => html.replace(`id="${id}"`, 'id="x"').replace(`id="${before}"`, `id="${id}"`).replace('id="x"', `id="${before}"`), 'The parts are'],
    ['a headline is another', (html: string) => within(html, /<h3([^>]*)>[\s\S]*?<\/h3>/, '<h3$1>?</h3>'), `${id}: the headline`],
    ['a label is missing', (html: string) => within(html, /<tspan[^>]*>[^<]*<\/tspan>/, ''), `${id} does not say`],
    ['the link to the slide is missing', (html: string) => within(html, `/${id}/"`, '/"'), `${id} does not lead to its slide`],
    ['a source is not linked', (html: string) => within(html, `#${paragraph}`, '#'), `${id} does not lead to ${paragraph}`],
    ['the language is another', (html: string) => html.replace(`lang="${source.lang}"`, 'lang="de"'), 'in de'],
  ])('%s', async (_, spoil, says) => expect(await told(missingText, spoil)).toContain(says))

  it.each([
    ['a diagram is missing', (html: string) => within(html, /<figure[\s\S]*?<\/figure>/, ''), 'has 0 diagrams'],
    ['a diagram is empty', (html: string) => within(html, /(<svg[^>]*>)[\s\S]*?<\/svg>/, '$1</svg>'), 'px'],
    ['a diagram waits for a click', (html: string) => within(html, /<g class/g, '<g data-step="1" class'), 'px'],
    ['a diagram has no name', (html: string) => within(html, /(role="img"[^>]*) aria-labelledby="[^"]*"/, '$1'), 'name is “”'],
    ['labels are read as well', (html: string) => within(html, /(<svg[^>]*) aria-hidden="true"/, '$1'), 'are read beside'],
    ['a description is hidden', (html: string) => within(html, '<figcaption', '<figcaption hidden'), 'does not show'],
  ])('%s', async (_, spoil, says) => expect(await told(missingDiagrams, spoil)).toContain(says))

  it('a definition is missing', async () =>
    expect(await told(missingTerms, html => html.replace(new RegExp(`(id="term-${term}">[\\s\\S]*?<dd>)[^<]*`), '$1'))).toContain(inWords[source.language]))

  it('a sentence of the notes is there', async () => {
    const spoken = slides.flatMap(({ note }) => note.split('\n')).find(line => line.length > 20 && !line.includes('[')) ?? ''
    expect(spoken).not.toBe('')
    expect(await told(spokenNotes, html => html.replace('</main>', `<p>${spoken}</p></main>`))).toContain(spoken)
  })

  it.each([
    ['no such anchor', (html: string) => html.replace(`href="#${paragraph}"`, 'href="#T9.9"'), `${BASE}read/#T9.9`],
    ['no such page', (html: string) => html.replace(`/${id}/"`, '/flood/"'), `${BASE}flood/`],
    ['no such page in the other edition', (html: string) => html.replace(`/${others[0]?.folder}/read/"`, '/de/read/"'), `${BASE}de/read/`],
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
    expect((await audit(source, html => html.replaceAll(` aria-labelledby="${id}-diagram-name"`, ''))).join()).toContain('role-img-alt')
  })
})

describe('a slide on a phone', () => {
  const PHONE = { width: 360, height: 640 }
  const { id, no } = slideThat(slidesOf(source).slice(2), ({ layout }) => layout === 'assertion')

  /** A slide with its page's own script off, or taken over by the app. */
  async function onSlide<T>(edition: Edition, hasApp: boolean, look: (page: Page) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> {
    const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: hasApp, reducedMotion: 'reduce', ...options })
    try {
      const page = await context.newPage()
      await page.goto(`${built.baseOf(edition)}${id}/`)
      if (hasApp) await page.waitForFunction(() => !document.querySelector('#first'))
      return await look(page)
    }
    finally {
      await context.close()
    }
  }

  const shown = (page: Page) => page.locator(BAR).filter({ visible: true })

  it.each(editions)('offers its part of the reading page and the other edition, before and after the app takes over, $lang', async (edition) => {
    const elsewhere = editions.filter(other => other !== edition)
    const look = async (page: Page) => {
      const bar = shown(page)
      return { links: await bar.locator('a').evaluateAll(links => links.map(link => [(link as HTMLAnchorElement).href, link.textContent])), picture: await bar.screenshot() }
    }
    const before = await onSlide(edition, false, look)
    const after = await onSlide(edition, true, look)
    const links = [[`${built.baseOf(edition)}read/#${id}`, words[edition.words].read], ...elsewhere.map(other => [`${built.baseOf(other)}${id}/`, other.name])]
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
      const next = slidesOf(source)[no]?.id ?? ''
      await page.goto(`${built.baseOf(source)}${next}/`)
      await page.waitForFunction(() => !document.querySelector('#first'))
      expect(await shown(page).locator('a').first().getAttribute('href')).toBe(`${BASE}read/#${next}`)
      await page.keyboard.press('ArrowLeft')
      await expect.poll(() => shown(page).locator('a').first().getAttribute('href')).toBe(`${BASE}read/#${id}`)
    })
  })

  it.each([['before the app is there', false], ['with the app', true]] as const)('does not on a phone on its side, a tablet and a desktop, %s', (_, hasApp) => onSlide(source, hasApp, async (page) => {
    expect(await shown(page).count()).toBe(1)
    for (const [width, height] of [[640, 360], [768, 1024], [1280, 720]] as const) {
      await page.setViewportSize({ width, height })
      await expect.poll(() => shown(page).count(), { message: `${width} px` }).toBe(0)
    }
  }))

  it('does not in print', async () => {
    await onSlide(source, true, async (page) => {
      expect(await shown(page).count()).toBe(1)
      await page.emulateMedia({ media: 'print' })
      expect(await shown(page).count()).toBe(0)
    })
  })
})
