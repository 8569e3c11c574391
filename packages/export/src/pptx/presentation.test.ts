import { JSDOM } from 'jsdom'
import JSZip from 'jszip'
import { expect, it } from 'vitest'
import type { Item, Paragraph, Run } from './model.ts'
import { writePresentation, type Presentation } from './presentation.ts'

const run = (text: string, more: Partial<Run> = {}): Run => ({ text, family: 'Sans', size: 20, isBold: false, isItalic: false, isUnderlined: false, isDotted: false, isStruck: false, color: { rgb: '112233', alpha: 1 }, raised: 0, spacing: 0, lang: 'en', ...more })
const paragraph = (runs: Run[], more: Partial<Paragraph> = {}): Paragraph => ({ runs, align: 'left', leading: 1.2, lineHeight: 30, before: 0, level: 0, indent: 0, hanging: 0, ...more })
const text = (y: number, paragraphs: Paragraph[], role?: 'title'): Item => ({ kind: 'text', box: { x: 50, y, width: 800, height: 40 }, body: { paragraphs, wraps: true, anchor: 'top', insets: { left: 0, top: 0, right: 0, bottom: 0 } }, ...role && { role } })

function presentation(items: Item[], more: Partial<Presentation> = {}): Presentation {
  return {
    title: 'A & B', author: 'N.', subject: '', keywords: [], lang: 'en', date: new Date(0), canvas: { width: 980, height: 552 }, ratio: 16 / 9, pictures: new Map(), typefaces: new Map(),
    prompts: { title: 'Title', body: 'Text', foot: 'Footer' },
    slides: [{ read: { no: 1, click: 0, isInPrint: false, items, background: { rgb: 'FFFFFF', alpha: 1 } }, layout: 'default', chapter: '', notes: [], isNextState: false }],
    ...more,
  }
}

const { DOMParser } = new JSDOM('').window

async function slideOf(given: Presentation): Promise<Element> {
  const zip = await JSZip.loadAsync(writePresentation(given))
  return new DOMParser().parseFromString(await zip.file('ppt/slides/slide1.xml')?.async('string') ?? '', 'application/xml').documentElement
}

it('writes texts whatever stands in them', async () => {
  const slide = await slideOf(presentation([text(20, [paragraph([run('a < b & "c" \u0007 𠮷')])], 'title')]))
  expect([...slide.getElementsByTagName('a:t')].map(each => each.textContent)).toEqual(['a < b & "c"  𠮷'])
})

it('numbers lists by itself, as they go on', async () => {
  const item = (start: number, level = 0) => paragraph([run('x')], { level, bullet: { numbering: 'arabicPeriod', start } })
  const slide = await slideOf(presentation([text(20, [item(3), item(4), item(1, 1), item(2, 1), item(5), item(9)])]))
  const starts = [...slide.getElementsByTagName('a:buAutoNum')].map(each => each.getAttribute('startAt'))
  expect(starts).toEqual(['3', '3', null, null, '3', '9'])
})

it('names colours and faces of the theme', async () => {
  const slide = await slideOf(presentation([
    text(20, [paragraph([run('Headline', { family: 'Serif', size: 40 })])], 'title'),
    text(90, [paragraph([run('Some text')]), paragraph([run('code', { family: 'Mono' })])]),
    { kind: 'shape', name: 'box', box: { x: 0, y: 0, width: 9, height: 9 }, outline: { kind: 'box', radius: 0 }, fill: { rgb: 'AA0000', alpha: 0.5 }, alt: 'A box' },
  ]))
  const xml = slide.outerHTML
  expect(xml).toContain('<a:latin typeface="Mono"/>')
  expect(xml).toMatch(/<a:schemeClr val="(?:accent1|bg2)"><a:alpha val="50000"\/>/)
  // What its place says already is not said again.
  expect(slide.getElementsByTagName('a:latin')).toHaveLength(2)
})

it('leads from slide to slide, and tells the number that the file has', async () => {
  const given = presentation([text(20, [paragraph([run('2', { link: 2 }), run(' and '), run('there', { link: 'https://example.org/?a=1&b=2' })])])])
  const state = (no: number, isNextState = false) => ({ ...presentation([]).slides[0], read: { no, click: 0, isInPrint: false, items: [] }, isNextState }) as Presentation['slides'][number]
  const slide = await slideOf({ ...given, slides: [...given.slides, state(1, true), state(2)] })
  expect(slide.textContent).toBe('3 and there')
  expect([...slide.getElementsByTagName('a:hlinkClick')].map(link => link.getAttribute('action'))).toEqual(['ppaction://hlinksldjump', null])
})

it('is the same for the same slides', async () => {
  const given = presentation([text(20, [paragraph([run('Same')])], 'title')])
  expect(Buffer.compare(writePresentation(given), writePresentation(structuredClone(given)))).toBe(0)
})
