import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseFence, type diagramKinds } from 'slidev-addon-deck/fences'
import { editions } from 'slidev-addon-deck/editions'
import { launchChromium } from 'slidev-addon-deck/browser'
import { diagramProblems, fencesOf } from 'slidev-addon-diagrams/check'
import { DiagramPage } from 'slidev-addon-diagrams/draw'
import { drawingFile, readDrawing, writeDrawing } from 'slidev-addon-diagrams/store'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { root } from 'slidev-deck-check/tests/fixtures'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const decks = await Promise.all(editions.map(({ entry }) => loadDeck(root, entry)))

describe.each(editions.map((edition, i) => ({ ...edition, deck: decks[i] })))('the $lang edition', ({ language, deck }) => {
  const fences = deck ? fencesOf(deck) : []

  it('has at least 14 diagrams of at least five kinds, two of them for each thesis', () => {
    expect(fences.length).toBeGreaterThanOrEqual(14)
    expect(new Set(fences.map(({ fence }) => fence.kind)).size).toBeGreaterThanOrEqual(5)
    for (const chapter of ['10-traffic', '20-roles', '30-technology', '40-logic'])
      expect(fences.filter(({ file }) => file.includes(chapter)).length).toBeGreaterThanOrEqual(2)
  })

  it('has each diagram drawn, as it would be drawn now, byte for byte', async () => {
    const page = await DiagramPage.open(browser, language)
    for (const { file, fence } of fences)
      expect(await page.draw(fence), `${file}:${fence.line}`).toBe(readDrawing(root, fence, language))
  })
})

it('keeps no drawing that no fence uses', () => {
  const used = decks.flatMap(fencesOf).map(({ fence, language }) => drawingFile(fence, language))
  expect(readdirSync(join(root, 'diagrams')).map(name => join('diagrams', name)).sort()).toEqual([...new Set(used)].sort())
})

it('marks every drawing as generated, without styles, ids, scripts or colours', () => {
  for (const name of readdirSync(join(root, 'diagrams'))) {
    const svg = readFileSync(join(root, 'diagrams', name), 'utf8')
    expect(svg).toMatch(/^<!-- Generated .* Do not edit\. -->\n<svg /)
    expect(svg).not.toMatch(/<style|<script|\sid=|\sstyle=|#[0-9a-f]{3,6}\b|rgb\(|url\(/i)
  }
})

describe('a fence', () => {
  const fence = (code: string) => parseFence(code, 'mermaid', 10)
  let page: DiagramPage
  beforeAll(async () => {
    page = await DiagramPage.open(browser, 'zh')
  })

  it('draws its steps and sides, an edge with the later of its ends', async () => {
    const svg = await page.draw(fence('flowchart LR\n a["甲"] --> b["乙"]\n a e1@--> c["丙"]\n b --> c\n class a old\n class b,c new\n class b step1\n class c step2\n class e1 step3'))
    expect(svg).toContain('<g class="node old" data-node="a">')
    expect(svg).toContain('<g class="node new" data-step="1" data-node="b">')
    expect(svg).toContain('<g class="edge" data-step="1" data-from="a" data-to="b">')
    expect(svg).toContain('<g class="edge" data-step="3" data-from="a" data-to="c">')
    expect(svg).toContain('<g class="edge new" data-step="2" data-from="b" data-to="c">')
  })

  it('draws sequence diagrams and timelines with the classes of the comments above their lines', async () => {
    const sequence = await page.draw(fence('sequenceDiagram\n participant a as 甲\n participant b as 乙\n %% class old\n a->>b: 去\n %% class new step1\n b->>a: 回'))
    expect(sequence).toContain('<g class="edge old" data-from="a" data-to="b">')
    expect(sequence).toContain('<g class="edge new" data-step="1" data-from="b" data-to="a">')
    const timeline = await page.draw(fence('timeline\n 从前 : 甲 : 乙\n %% class new step1\n 如今 : 丙'))
    expect(timeline.match(/<g class="event new" data-step="1">/g)).toHaveLength(1)
    expect(timeline.match(/<g class="event">/g)).toHaveLength(2)
  })

  it.each([
    ['flowchart LR\n a -->\n b ==>>> c', 13, /Parse error/],
    ['flowchart LR\n accTitle: x\n %% note\n a["x" --> b', 14, /Parse error/],
    ['pie\n "x" : 1', 11, /Unknown diagram kind "pie".*flowchart/],
    ['sequenceDiagram\n a->>b: x', 10, /Declare every participant/],
  ])('%s is refused at line %i', async (code, line, message) => {
    await expect(page.draw(fence(code))).rejects.toMatchObject({ line, message: expect.stringMatching(message) as unknown })
  })
})

describe('the check before a build', () => {
  const deckOf = (code: string) => ({
    entry: 'slides.md', headmatter: { lang: 'zh-CN' },
    slides: [{ no: 1, id: 'x', headline: 'x', layout: 'assertion', chapter: 'x', file: 'pages/x.md', line: 1, contentLine: 5, frontmatter: {}, note: '', content: `# x\n\n\`\`\`mermaid\n${code}\n\`\`\`\n` }],
  })

  it('passes a drawn fence, and calls it stale once it is changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drawings-'))
    try {
      const deck = deckOf('flowchart LR\n a --> b')
      const [drawn] = fencesOf(deck)
      if (!drawn) throw new Error('no fence found')
      writeDrawing(join(folder, drawingFile(drawn.fence, 'zh')), '<svg/>')
      expect(await diagramProblems(folder, deck)).toEqual([])
      expect(await diagramProblems(folder, deckOf('flowchart LR\n a --> c'))).toMatchObject([{ kind: 'stale', file: 'pages/x.md', line: 7 }])
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
    expect(await diagramProblems(root, deckOf(`${kind}\n accTitle: x\n${line}`))).toMatchObject([{ kind: 'broken', file: 'pages/x.md' }])
  })
})
