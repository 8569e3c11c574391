import type { Browser, Page } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from 'slidev-addon-deck/browser'
import { readingParts, textByFace } from './read-in-page.ts'

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchChromium()
  page = await browser.newPage()
})
afterAll(() => browser?.close())

const slide = (content: string, layout = '') => `<div data-v-1="" class="slidev-page"><div class="slidev-layout default" ${layout}>${content}</div><nav>Controls</nav></div>`
const read = async (content: string, layout?: string) => {
  const slides = [{ no: 1, id: 'one', markup: slide(content, layout) }, { no: 2, id: 'two', markup: slide('<h1>Two</h1>') }]
  const [part] = await page.evaluate(readingParts, { slides, base: '/talk/', terms: { Ebb: 'term-ebb' }, ownMatter: ['glossary'], classes: ['box', 'drawing', 'diagram', 'pan', 'name', 'mark', 'rows', 'wide'] })
  return part
}

describe('a slide becomes reading matter', () => {
  it.each<[what: string, content: string, headline: string, body: string]>([
    ['its headline apart, others below it', '<h1>A <b>b</b></h1><h2>c</h2><h1>d</h1>', 'A <b>b</b>', '<h4>c</h4><h4>d</h4>'],
    ['with no level one, its first heading', '<h2>c</h2><p>d</p>', 'c', '<p>d</p>'],
    ['without a heading', '<p>d</p>', '', '<p>d</p>'],
    ['without what the framework left, or what only looks', '<p data-v-1="" id="first-x" class="box other">a</p><button>b</button><i aria-hidden="true">c</i><i data-reading="skip">d</i>', '', '<p class="box">a</p>'],
    ['boxes of text as paragraphs, nested ones once', '<div class="other"><div><span>a</span></div><div>b <b>c</b></div></div><div><p>d</p></div>', '', '<p>a</p><p>b <b>c</b></p><p>d</p>'],
    ['code as plain text that can be scrolled', '<pre class="shiki"><code><span class="line"><span style="--x:1">a</span> = 1</span>\n<span class="line">b</span></code></pre>', '', '<pre tabindex="0"><code>a = 1\nb</code></pre>'],
    ['pictures, films and frames', '<img class="x" src="/talk/a.png" alt="A"><video src="b.mp4" autoplay=""></video><iframe src="/c.html" title="C"></iframe>', '', '<img src="/talk/a.png" alt="A"><video src="b.mp4" controls=""></video><p><a href="/c.html">C</a></p>'],
    ['formulas as MathML', '<span class="katex"><span class="katex-mathml"><math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mi mathvariant="normal">x</mi></math></span><span class="katex-html" aria-hidden="true">x</span></span>', '', '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mi mathvariant="normal">x</mi></math>'],
    ['other drawings with their paint', '<svg class="x" viewBox="0 0 1 1" onclick="y()"><path fill="red" d="M0 0"></path></svg>', '', '<svg viewBox="0 0 1 1"><path fill="red" d="M0 0"></path></svg>'],
    ['a wide table in a frame', '<table><thead><tr><th>a</th></tr></thead></table>', '', '<div class="wide" role="group" tabindex="0"><table><thead><tr><th scope="col">a</th></tr></thead></table></div>'],
    ['terms and slides as links within the page', '<dfn tabindex="0">Ebb</dfn><span role="tooltip">x</span><dfn>Flow</dfn> <a href="/talk/2">b</a> <a href="/talk/two/">c</a> <a href="/talk/x">d</a>', '', '<a href="#term-ebb">Ebb</a><dfn>Flow</dfn> <a href="#two">b</a> <a href="#two">c</a> <a href="/talk/x">d</a>'],
    ['elements as their component names them', '<section aria-label="a" data-reading="div" class="box"><p data-reading="h4">a</p><div data-reading="dl"><p data-reading="div"><span data-reading="dt">b</span><span data-reading="dd">c</span></p></div></section>', '', '<div class="box"><h4>a</h4><dl><dt>b</dt><dd>c</dd></dl></div>'],
    ['with a place for what the page writes itself', '<dl data-reading="glossary"><dt>a</dt></dl>', '', '<!--glossary-->'],
  ])('%s', async (_, content, headline, body) => {
    expect(await read(content)).toEqual({ headline, kicker: '', body, drawings: [] })
  })

  it('what stands above the headline goes with it', async () => {
    expect(await read('<p data-reading="kicker">k</p><h1>a</h1>')).toMatchObject({ headline: 'a', kicker: 'k', body: '' })
  })

  it('a picture or frame that the layout puts beside it comes last', async () => {
    const markup = '<div class="grid"><div class="slidev-layout"><p>a</p></div><div style="background-image: url(&quot;/b.png&quot;)"></div><iframe src="/c.html"></iframe></div>'
    const [part] = await page.evaluate(readingParts, { slides: [{ no: 1, id: 'one', markup }], base: '/', terms: {}, ownMatter: [], classes: [] })
    expect(part?.body).toBe('<p>a</p><img src="/b.png" alt=""><p><a href="/c.html">/c.html</a></p>')
  })

  it('a table is read by rows where its layout says so', async () => {
    const part = await read('<table><thead><tr><th>x</th><th>y</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>', 'data-reading="rows"')
    expect(part?.body).toContain('<table class="rows" role="table">')
    expect(part?.body).toContain('<tr role="row"><th scope="row" role="rowheader">a</th><td data-label="y" role="cell">b</td></tr>')
  })

  it('a diagram is a figure with its words', async () => {
    const part = await read('<div class="diagram" role="img" aria-label="Name"><svg aria-hidden="true" viewBox="0 0 300 100"><g class="edge" data-step="1"><path style="x"  d="M0 0"></path></g><text font-size="16">a</text></svg><span class="mark">Illustration</span><p hidden>What it shows</p></div>')
    expect(part?.drawings).toEqual([{ id: 'one-diagram', width: 300, sizes: [16] }])
    expect(part?.body).toBe('<figure class="drawing" id="one-diagram"><div class="diagram pan" role="img" tabindex="0" aria-labelledby="one-diagram-name"><svg aria-hidden="true" viewBox="0 0 300 100"><g class="edge"><path d="M0 0"></path></g><text font-size="16">a</text></svg></div><figcaption><p class="name" id="one-diagram-name">Name</p><p><span class="mark">Illustration</span> What it shows</p></figcaption></figure>')
  })
})

it('finds what is set in which of the deck’s faces', async () => {
  await page.setContent('<h1>Head</h1><p>own</p><svg><text>Label</text></svg><b class="x">Bold</b>')
  expect(await page.evaluate(textByFace, 'h1{font-family:"Deck Serif"}text,b{font-family:"Deck Sans",serif}')).toEqual({ display: 'Head', body: 'Label', strong: 'Bold' })
})
