import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JSDOM } from 'jsdom'
import type { Browser } from 'playwright-chromium'
import type { Edition } from 'slidev-addon-deck/editions'
import { facesOf } from 'slidev-addon-deck/fonts'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { drawingFile } from 'slidev-addon-diagrams/store'
import { project, root } from '../helpers/deck.ts'
import { fencesOf } from '../rendered/labels.ts'
import type { Expected, ExpectedSlide } from './checks.ts'
import { JUMP, PAGE } from './read.ts'
import { openStates } from './states.ts'

/** What a browser shows of a slide at the last click of one of its states. */
interface Shown {
  no: number
  text: string
  links: number
  isInPrint: boolean
  /** Tables, each as many rows and columns. */
  tables: [number, number][]
}

const plain = (text: string) => text.replace(/[\s\u00A0]+/g, '')

/** What stands on each state of each slide, as a browser has it that shows a page for each click. */
async function shownSlides(browser: Browser, address: string, count: number): Promise<Shown[]> {
  const { page, ids, printed } = await openStates(browser, address, count)
  const shown = await page.evaluate(({ ids, printed, PAGE, JUMP }) => {
    return ids.flatMap((id) => {
      const slide = document.getElementById(id)
      if (!slide) return []
      const no = Number.parseInt(id)
      const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT)
      let text = ''
      const links = new Set<Element>()
      while (walker.nextNode()) {
        const { currentNode: node } = walker
        const parent = node.parentElement
        const said = node.textContent?.trim() ?? ''
        if (!said || !parent?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
        const link = parent.closest('a')
        if (link) links.add(link)
        if (parent.closest('footer') && said === String(no)) text += PAGE
        else text += link && /^\d+$/.test(said) ? `${JUMP}${said};` : node.textContent
      }
      const tables = [...slide.querySelectorAll('table')].filter(table => table.checkVisibility()).map(({ rows }): [number, number] => [rows.length, rows[0]?.cells.length ?? 0])
      return { no, text, links: links.size, isInPrint: printed.includes(id), tables }
    })
  }, { ids, printed, PAGE, JUMP })
  await page.context().close()
  return shown
}

/** How many shapes and connectors a drawing makes. */
function partsOf(svg: string, isState: boolean): { shapes: number, edges: number } {
  const { document } = new JSDOM(svg).window
  const drawn = [...document.querySelectorAll('svg > g')]
  const edges = drawn.filter(group => group.matches('.edge'))
  const nodes = drawn.filter(group => !group.matches('.edge'))
  const further = nodes.reduce((sum, node) => sum + Math.max(0, node.querySelectorAll('rect, circle, polygon, path').length - 1), 0)
  const labels = edges.filter(edge => edge.querySelector('text')).length
  const ids = new Set(nodes.map(node => node.getAttribute('data-node')))
  const junctions = new Set(edges.flatMap(edge => [edge.getAttribute('data-from'), edge.getAttribute('data-to')]).filter(id => id && !ids.has(id)))
  return { shapes: nodes.length + further + labels + junctions.size + Number(isState), edges: edges.length }
}

/** What an edition's PPTX should be: as the browser, the drawings and the sources have it. */
export async function expectedPptx(browser: Browser, address: string, deck: SourceDeck, edition: Edition): Promise<Expected> {
  const shown = await shownSlides(browser, address, deck.slides.length)
  const numberOf = (no: number) => shown.findIndex(each => each.no === no) + 1
  const faces = facesOf(project, edition).filter(({ role }) => role === 'body')
  const slides = shown.map(({ no, text, isInPrint, tables }, i): ExpectedSlide => {
    const slide = deck.slides[no - 1]
    if (!slide) throw new Error(`There is no slide ${no}.`)
    const state = i - numberOf(no) + 1
    const fences = fencesOf(slide).map(({ fence }) => fence)
    const fence = isInPrint ? undefined : fences[0]?.state ? fences[state] : fences[0]
    const svg = fence && readFileSync(join(root, drawingFile(fence, faces, { marks: edition.marks ?? [] })), 'utf8')
    return {
      title: slide.headline,
      text: plain(text).replaceAll(new RegExp(`${JUMP}(\\d+);`, 'g'), (_, target) => `${JUMP}${numberOf(Number(target))}`),
      layout: slide.layout,
      ...svg && { drawing: partsOf(svg, fence?.state !== undefined) },
      tables,
      moves: state > 0 && !isInPrint,
    }
  })
  const chapters = [...new Set(deck.slides.map(({ chapter }) => chapter))]
  return {
    title: String(deck.headmatter['title']),
    author: String(deck.headmatter['author']),
    lang: edition.lang,
    slides,
    notes: plain(deck.slides.map(({ note }) => note.replaceAll('**', '')).join('')),
    sections: chapters.map(chapter => [chapter, shown.filter(({ no }) => deck.slides[no - 1]?.chapter === chapter).length]),
    links: shown.reduce((sum, { links }) => sum + links, 0),
  }
}
