import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import type { Deck } from 'slidev-addon-deck/deck'
import { diagramKinds, parseFence } from 'slidev-addon-deck/fences'
import { DiagramPage } from 'slidev-addon-diagrams/draw'
import { fencesOf, findProblems } from 'slidev-addon-diagrams/problems'
import { DRAWINGS, drawingFile, readDrawing, writeDrawing } from 'slidev-addon-diagrams/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from './helpers/browser.ts'
import { editions, project, readEdition, root, source } from './helpers/deck.ts'

let browser: Browser
beforeAll(async () => {
  browser = await connectBrowser()
})
afterAll(() => browser.close())

const decks = await Promise.all(editions.map(readEdition))
const svgOf = async (page: DiagramPage, fence: ReturnType<typeof parseFence>) => {
  const drawing = await page.draw(fence)
  return 'svg' in drawing ? drawing.svg : drawing.undrawable
}

describe.each(editions.map((edition, i) => ({ ...edition, deck: decks[i] })))('the $lang edition', ({ deck }) => {
  const fences = deck ? fencesOf(deck) : []

  it('has diagrams of at least five kinds, two of them in each chapter that argues a thesis', () => {
    expect(new Set(fences.map(({ fence }) => fence.kind)).size).toBeGreaterThanOrEqual(5)
    const chapters = new Set(deck?.slides.filter(({ layout }) => layout === 'thesis').map(({ file }) => file))
    expect(chapters.size).toBeGreaterThan(0)
    for (const chapter of chapters) expect(fences.filter(({ file }) => file === chapter).length, chapter).toBeGreaterThanOrEqual(2)
  })

  it('has each diagram drawn, as it would be drawn now, byte for byte', async () => {
    const page = await DiagramPage.open(browser, fences[0]?.faces ?? [])
    for (const { file, fence, faces } of fences) expect(await page.draw(fence), `${file}:${fence.line}`).toEqual(readDrawing(root, fence, faces))
  })
})

it('no drawing is kept that no fence uses', () => {
  const used = decks.flatMap(fencesOf).map(({ fence, faces }) => drawingFile(fence, faces))
  expect(readdirSync(join(root, DRAWINGS)).map(name => join(DRAWINGS, name)).sort()).toEqual([...new Set(used)].sort())
})

it('every drawing is marked as generated, without styles, ids, scripts or colours', () => {
  for (const name of readdirSync(join(root, DRAWINGS))) {
    const svg = readFileSync(join(root, DRAWINGS, name), 'utf8')
    expect(svg).toMatch(/^<!-- Generated .* Do not edit\. -->\n<svg /)
    expect(svg).not.toMatch(/<style|<script|\sid=|\sstyle=|#[0-9a-f]{3,6}\b|rgb\(|url\(/i)
  }
})

describe('a fence', () => {
  const fence = (code: string) => parseFence(code, 'mermaid', 10)
  let page: DiagramPage
  beforeAll(async () => {
    page = await DiagramPage.open(browser, decks.flatMap(fencesOf)[0]?.faces ?? [])
  })

  it('draws its steps and sides, an edge with the later of its ends', async () => {
    const svg = await svgOf(page, fence('flowchart LR\n a["甲"] --> b["乙"]\n a e1@--> c["丙"]\n b --> c\n class a old\n class b,c new\n class b step1\n class c step2\n class e1 step3'))
    expect(svg).toContain('<g class="node old" data-node="a">')
    expect(svg).toContain('<g class="node new" data-step="1" data-node="b">')
    expect(svg).toContain('<g class="edge" data-step="1" data-from="a" data-to="b">')
    expect(svg).toContain('<g class="edge" data-step="3" data-from="a" data-to="c">')
    expect(svg).toContain('<g class="edge new" data-step="2" data-from="b" data-to="c">')
  })

  it('draws sequence diagrams and timelines with the classes of the comments above their lines', async () => {
    const sequence = await svgOf(page, fence('sequenceDiagram\n participant a as 甲\n participant b as 乙\n %% class old\n a->>b: 去\n %% class new step1\n b->>a: 回'))
    expect(sequence).toContain('<g class="edge old" data-from="a" data-to="b">')
    expect(sequence).toContain('<g class="edge new" data-step="1" data-from="b" data-to="a">')
    const timeline = await svgOf(page, fence('timeline\n 从前 : 甲 : 乙\n %% class new step1\n 如今 : 丙'))
    expect(timeline.match(/<g class="event new" data-step="1">/g)).toHaveLength(1)
    expect(timeline.match(/<g class="event">/g)).toHaveLength(2)
  })

  it.each([
    ['flowchart LR\n a -->\n b ==>>> c', 13, /Mermaid can't read/],
    ['flowchart LR\n accTitle: x\n %% note\n a["x" --> b', 14, /Mermaid can't read/],
  ])('%s is refused at line %i', async (code, line, message) => {
    await expect(page.draw(fence(code))).rejects.toMatchObject({ line, message: expect.stringMatching(message) as unknown })
  })
})

describe('the check before a build', () => {
  const deckOf = (code: string, folder = root): Deck => ({
    project: { ...project, root: folder }, edition: source, entry: source.entry, headmatter: { lang: source.lang },
    slides: [{ no: 1, id: 'x', headline: 'x', layout: 'assertion', chapter: 'x', file: 'pages/x.md', line: 1, contentLine: 5, frontmatter: {}, note: '', content: `# x\n\n\`\`\`mermaid\n${code}\n\`\`\`\n` }],
  })
  const problemsOf = (deck: Deck) => findProblems({ ...deck, slides: deck.slides.map(slide => ({ ...slide, keyLines: {}, noteLine: 1 })), sections: [] })

  it('passes a drawn fence, and calls it stale once it is changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drawings-'))
    try {
      const deck = deckOf('flowchart LR\n a --> b', folder)
      const [drawn] = fencesOf(deck)
      if (!drawn) throw new Error('no fence found')
      writeDrawing(folder, drawn.fence, drawn.faces, { svg: '<svg></svg>' })
      expect(await problemsOf(deck)).toEqual([])
      expect(await problemsOf(deckOf('flowchart LR\n a --> c', folder))).toMatchObject([{ rule: 'diagram-stale', level: 'style', file: 'pages/x.md', line: 7 }])
    }
    finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each([
    ['flowchart', ' a --> --> b'],
    ['stateDiagram-v2', ' a --> --> b'],
    ['sequenceDiagram', ' a->b'],
    ['timeline', ' : :: x'],
    ['mindmap', ' a["x'],
  ] satisfies [typeof diagramKinds[number], string][])('names file and line of a broken %s, without a browser', async (kind, line) => {
    expect(await problemsOf(deckOf(`${kind}\n accTitle: x\n${line}`))).toMatchObject([{ rule: 'diagram-broken', level: 'error', file: 'pages/x.md' }])
  })
})
