import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CodeblockTransformer } from '@slidev/types'
import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { launchChromium } from 'slidev-addon-deck/browser'
import { parseFence } from 'slidev-addon-deck/fences'
import { escapeHtml } from 'slidev-addon-deck/html'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { openProject } from 'slidev-addon-deck/project'
import { labelFaces } from './config.ts'
import { DiagramPage } from './draw.ts'
import { fencesOf, findProblems } from './problems.ts'
import { drawingFile, readDrawing, writeDrawing } from './store.ts'
import { createDiagramTransformer } from './transformer.ts'

const FENCE = 'flowchart LR\n  a["甲"] --> b["乙"]\n  class b new\n  class b step1'
const slides = (code: string) => `---\nlang: zh-CN\n---\n\n# One\n\n\`\`\`mermaid\n${code}\n\`\`\`\n`

let folder: string
let browser: Browser
let page: DiagramPage
beforeAll(async () => {
  [folder, browser] = await Promise.all([mkdtemp(join(tmpdir(), 'diagrams-')), launchChromium()])
  await writeFile(join(folder, 'slides.md'), slides(FENCE))
  const project = await openProject(folder)
  page = await DiagramPage.open(browser, labelFaces(project, project.editions[0]))
})
afterAll(() => Promise.all([browser.close(), rm(folder, { recursive: true })]))

/** The first fence of a deck that has these slides. */
async function deckOf(markdown: string, name: string) {
  const root = join(folder, name)
  await mkdir(root, { recursive: true })
  await writeFile(join(root, 'slides.md'), markdown)
  const deck = await loadDeck(await openProject(root), 'slides.md')
  const [first] = fencesOf(deck)
  if (!first) throw new Error('There is no fence.')
  return { root, deck, ...first }
}

const draw = (code: string) => page.draw(parseFence(code, 'mermaid', 10))
async function drawn(code: string): Promise<string> {
  const drawing = await draw(code)
  if ('undrawable' in drawing) throw new Error(drawing.undrawable)
  return drawing.svg
}

describe('a fence', () => {
  it('draws its steps and sides, an edge with the later of its ends', async () => {
    const svg = await drawn('flowchart LR\n a["甲"] --> b["乙"]\n a e1@--> c["丙"]\n b --> c\n 丁 -.-> a\n class a old\n class b,c new\n class b step1\n class c step2\n class e1,丁 step3')
    expect(svg).toContain('<g class="node old" data-node="a">')
    expect(svg).toContain('<g class="node new" data-step="1" data-node="b">')
    expect(svg).toContain('<g class="node" data-step="3" data-node="丁">')
    expect(svg).toContain('<g class="edge" data-step="1" data-from="a" data-to="b">')
    expect(svg).toContain('<g class="edge" data-step="3" data-from="a" data-to="c">')
    expect(svg).toContain('<g class="edge new" data-step="2" data-from="b" data-to="c">')
    expect(svg).toContain('<g class="edge dotted" data-step="3" data-from="丁" data-to="a">')
    expect(svg).not.toMatch(/<style|<script|\sid=|\sstyle=|#[0-9a-f]{3,6}\b|rgb\(|url\(/i)
  })

  it('draws sequence diagrams and timelines with the classes of the comments above their lines', async () => {
    const sequence = await drawn('sequenceDiagram\n participant a as 甲\n %% class old\n a->>b: 去\n %% class new step1\n b->>a: 回\n %% class\n a->>a: 想\n Note over a,b: 记')
    expect(sequence).toContain('<g class="edge old" data-from="a" data-to="b">')
    expect(sequence).toContain('<g class="edge new" data-step="1" data-from="b" data-to="a">')
    // Rows stand in the order they are written in.
    const rows = ['去', '回', '想', '记'].map(text => Number(new RegExp(`y="([\\d.]+)">${text}<`).exec(sequence)?.[1]))
    expect(rows).toEqual(rows.toSorted((a, b) => a - b))
    const timeline = await drawn('timeline\n title 史\n 从前 : 甲 : 乙\n %% class new step1\n 如今 : 丙')
    expect(timeline.match(/<g class="event new" data-step="1">/g)).toHaveLength(1)
    expect(timeline.match(/<g class="event">/g)).toHaveLength(2)
    expect(timeline).toContain('>史<')
  })

  it('draws states with their beginning and end, and mindmaps', async () => {
    expect(await drawn('stateDiagram-v2\n [*] --> a\n a --> [*]\n note right of a : hi')).toMatch(/<g class="node start".*<circle class="line"[^>]*><circle class="dot"/)
    expect(await drawn('mindmap\n root((r))\n  a\n  :::new step1')).toMatch(/<g class="node root">.*<g class="node new" data-step="1">/)
  })

  it.each([
    ['flowchart LR\n a(((x))) --> b', /no shape "doublecircle"/],
    ['flowchart LR\n a --o b', /not in a circle or a cross/],
    ['sequenceDiagram\n a->>b: x\n alt y\n a->>b: z\n end', /without "alt y"/],
    ['sequenceDiagram\n a->>+b: x', /without "a->>\+b: x"/],
    ['sequenceDiagram\n actor a\n a->>b: x', /without "actor a"/],
  ])('says why it is not drawn: %s', async (code, why) => {
    expect(await draw(code)).toEqual({ undrawable: expect.stringMatching(why) as unknown })
  })

  it.each([
    ['flowchart LR\n 转向["a"] --> 追捧["b"]\n class 追捧 step1', '追捧'],
    ['flowchart LR\n a.b["x"] --> c/d\n class a.b,c/d step1', 'a.b'],
    ['stateDiagram-v2\n 开始 --> 结束 : 走\n class 结束 step1', '结束'],
    ['stateDiagram-v2\n 开始 --> 结束:::step1', '结束'],
    ['block\n columns 2\n 甲["一"] 乙["二"]\n 甲 --> 乙\n class 乙 step1', '乙'],
  ])('has steps whatever its ids are written in: %s', async (code, id) => {
    expect(parseFence(code).stepsPresent).toEqual([1])
    expect(await drawn(code)).toMatch(new RegExp(`<g class="node" data-step="1" data-node="${RegExp.escape(id)}"`))
  })

  it.each([
    ['flowchart LR\n a["#quot;静#quot;"] -- "A<B" --> b["R&D > C"]', ['A&lt;B', '&quot;静&quot;', 'R&amp;D &gt; C']],
    ['block\n columns 2\n a["#quot;静#quot;"] b["A<B"]\n a -- "x & y" --> b', ['x &amp; y', '&quot;静&quot;', 'A&lt;B']],
    ['sequenceDiagram\n a->>b: 说#quot;静#quot;#59; x<y', ['b', 'a', '说&quot;静&quot;; x&lt;y']],
    ['timeline\n 前 : A<B#58;C', ['前', 'A&lt;B:C']],
    ['stateDiagram-v2\n a --> b : x<y & z', ['x&lt;y &amp; z', 'a', 'b']],
    ['mindmap\n r["A<B"]\n  x &rarr; y', ['A&lt;B', 'x → y']],
  ])('shows every character of its labels: %s', async (code, labels) => {
    expect([...(await drawn(code)).matchAll(/<tspan[^>]*>([^<]*)/g)].map(([, label]) => label)).toEqual(labels)
  })

  it('draws no line for one that only holds nodes together', async () => {
    expect((await drawn('flowchart LR\n a ~~~ b\n a --> c')).match(/<g class="edge/g)).toHaveLength(1)
  })

  it('with a class of what is not there is told with the line', async () => {
    await expect(draw('flowchart LR\n a --> b\n class typo step1')).rejects.toMatchObject({ line: 13, message: expect.stringContaining('nothing called "typo"') as unknown })
    await expect(draw('sequenceDiagram\n %% class step1\n a->>b: x\n %% class step2\n participant b')).resolves.toHaveProperty('svg')
  })

  it('that Mermaid cannot read is named by its line', async () => {
    await expect(draw('flowchart LR\n a -->\n b ==>>> c')).rejects.toMatchObject({ line: 13, message: expect.stringMatching(/^Mermaid can't read "b ==>>> c"/) as unknown })
    await expect(drawn('flowchart LR\n a --> b')).resolves.toMatch(/^<svg /)
  })

  // Where this fails, something has changed what is drawn: raise RECIPE in store.ts, draw the talk anew, renew the snapshot.
  it('is drawn as this recipe draws', async () => {
    expect(await drawn(FENCE)).toMatchSnapshot()
  })
})

it('is named and drawn the same whatever the line ends and the folder', async () => {
  const [unix, windows] = await Promise.all([deckOf(slides(FENCE), 'lf'), deckOf(`\uFEFF${slides(FENCE)}`.replaceAll('\n', '\r\n'), 'crlf')])
  expect(drawingFile(windows.fence, windows.faces)).toBe(drawingFile(unix.fence, unix.faces))
  expect(await page.draw(windows.fence)).toEqual(await page.draw(unix.fence))
  writeDrawing(unix.root, unix.fence, unix.faces, { svg: '<svg><g/></svg>' })
  const path = join(windows.root, drawingFile(windows.fence, windows.faces))
  await mkdir(join(path, '..'))
  await writeFile(path, '<!-- Generated -->\r\n<svg><g/></svg>\r\n')
  expect(readDrawing(windows.root, windows.fence, windows.faces)).toEqual(readDrawing(unix.root, unix.fence, unix.faces))
})

it('a changed fence is a matter of style, a broken one an error, and one that is kept or left to Mermaid is neither', async () => {
  const { root, deck, fence, faces } = await deckOf(slides(FENCE), 'problems')
  expect(await findProblems(deck)).toMatchObject([{ rule: 'diagram-stale', level: 'style', file: 'slides.md', line: 7 }])
  writeDrawing(root, fence, faces, { undrawable: 'Why -- not.' })
  expect(readDrawing(root, fence, faces)).toEqual({ undrawable: 'Why - - not.' })
  expect(await findProblems(deck)).toEqual([])
  expect(await findProblems((await deckOf(slides('pie\n "a": 3'), 'pie')).deck)).toEqual([])
  expect(await findProblems((await deckOf(slides('flowchart LR\n a --> --> b'), 'broken')).deck)).toMatchObject([{ rule: 'diagram-broken', level: 'error', file: 'slides.md', line: 9 }])
})

describe('the transformer', () => {
  type Context = Parameters<CodeblockTransformer>[0]
  /** A fence as Slidev hands it over, on a slide after a blank line. */
  function context(root: string, code: string, { info = 'mermaid', mode = 'build' } = {}): Context {
    const raw = slides(code)
    const content = raw.slice(raw.indexOf('# One')).trim()
    const slide = { source: { raw, content, start: 0, contentStart: 3, filepath: join(root, 'slides.md') } }
    return { info, code: `${code}\n`, slide, options: { userRoot: root, entry: join(root, 'slides.md'), mode } } as unknown as Context
  }
  const warned = () => vi.spyOn(console, 'warn').mockReset().mockImplementation(() => undefined)

  it('draws in a build what is not kept, and keeps nothing', async () => {
    const { root } = await deckOf(slides(FENCE), 'build')
    const transform = createDiagramTransformer()
    const given = context(root, FENCE, { info: `mermaid {theme: 'neutral', scale: 0.5}` })
    const half = String(await transform(given))
    expect(half).toMatch(/^<Diagram title="流程图" description="" :steps="1"><svg v-pre aria-hidden="true" .*<\/svg><\/Diagram>$/)
    expect(await readdir(root)).toEqual(['slides.md'])
    const whole = String(await transform(context(root, FENCE, { info: `mermaid {alt: 'Two "boxes"'}` })))
    expect(whole).toContain('title="Two &quot;boxes&quot;"')
    const width = (text: string) => Number(/ width="([\d.]+)"/.exec(text)?.[1])
    expect(width(half)).toBeCloseTo(width(whole) / 2, 0)
  })

  it('keeps what it draws while presenting, and shows a broken fence with one line', async () => {
    const { root, fence, faces } = await deckOf(slides(FENCE), 'dev')
    const warn = warned()
    const transform = createDiagramTransformer()
    expect(await transform(context(root, FENCE, { mode: 'dev' }))).toMatch(/^<Diagram /)
    expect(readDrawing(root, fence, faces)).toHaveProperty('svg')
    const broken = 'flowchart LR\n a --> --> b'
    const message = 'slides.md:9  diagram-broken  Mermaid can\'t read "a --> --> b": correct this line, or the one before.'
    for (let i = 0; i < 2; i++) expect(await transform(context(root, broken, { mode: 'dev' }))).toContain('class="diagram-broken">slides.md:9')
    expect(warn.mock.calls).toEqual([[message]])
    await expect(transform(context(root, broken))).rejects.toThrow(message)
  })

  it('leaves to Slidev’s Mermaid what it does not draw, or cannot for want of a browser, and says so', async () => {
    const { root } = await deckOf(slides(FENCE), 'left')
    const warn = warned()
    vi.stubEnv('CHROMIUM_PATH', '/nonexistent')
    const stepped = context(root, `accTitle: x\n${FENCE}`.replace('accTitle: x\nflowchart LR', 'flowchart LR\n  accTitle: x'))
    expect(await createDiagramTransformer()(stepped)).toBeUndefined()
    vi.unstubAllEnvs()
    expect(stepped.code).toBe(FENCE)
    expect(await createDiagramTransformer()(context(root, 'pie\n "a": 3'))).toBeUndefined()
    expect(warn.mock.calls.flat()).toEqual([
      expect.stringMatching(/^slides\.md:7 {2}diagram-in-page {2}.*CHROMIUM_PATH is/),
      expect.stringMatching(/^slides\.md:7 {2}diagram-in-page {2}.*not "pie"/),
    ])
    expect(await createDiagramTransformer()(context(root, 'x', { info: 'ts' }))).toBeUndefined()
  })

  describe('of a magic-move block', () => {
    const picture = (...states: string[]) => states.map(code => `\`\`\`mermaid\n${code}\n\`\`\``).join('\n')
    const BLOCK = (...classes: string[]) => ['block', '  accTitle: Two', '  columns 2', '  a["甲"] b["乙"]', '  a --> b', ...classes].join('\n')
    const moving = (root: string, code: string, mode = 'build') => {
      const raw = `---\nlang: zh-CN\n---\n\n# One\n\n\`\`\`\`md magic-move\n${code}\n\`\`\`\`\n`
      const slide = { source: { raw, content: raw.slice(raw.indexOf('# One')).trim(), start: 0, contentStart: 3, filepath: join(root, 'slides.md') } }
      return { ...context(root, '', { mode }), info: 'md magic-move', code: `${code}\n`, slide } as unknown as Context
    }
    let root = ''
    beforeAll(async () => {
      ({ root } = await deckOf(slides(FENCE), 'moving'))
    })

    it('makes one picture of its states, the first and the last also in their narrow form', async () => {
      const made = String(await createDiagramTransformer()(moving(root, picture(BLOCK(), BLOCK('  class a old', '  class b step1'), BLOCK('  class a new')))))
      const [, states = ''] = /^<MovingDiagram :states="([^"]*)">/.exec(made) ?? []
      expect(JSON.parse(states.replaceAll('&quot;', '"'))).toEqual([0, 1, 0].map(steps => ({ title: 'Two', description: '', steps })))
      const slots = [...made.matchAll(/<template #(\w+)><svg v-pre aria-hidden="true"[^>]* width="(\d+)"/g)].map(([, name, width]) => [name, Number(width)])
      expect(slots).toEqual([['state0', 868], ['before', 420], ['state1', 868], ['state2', 868], ['after', 420]])
    })

    it('takes over what a state says of itself for where it stands beside another', async () => {
      const block = `\`\`\`mermaid {height: 300, caption: 'One “missing”'}\n${BLOCK()}\n\`\`\``
      const made = String(await createDiagramTransformer()(moving(root, `${picture(BLOCK())}\n${block}`)))
      const [, states = ''] = /^<MovingDiagram :states="([^"]*)">/.exec(made) ?? []
      expect((JSON.parse(states.replaceAll('&quot;', '"')) as { caption?: string }[]).map(({ caption }) => caption)).toEqual([undefined, 'One “missing”'])
    })

    it('leaves code to Slidev', async () => {
      expect(await createDiagramTransformer()(moving(root, '```js\nlet a\n```\n```js\nlet b\n```'))).toBeUndefined()
    })

    it.each([
      ['one state', picture(BLOCK()), 'slides.md:8  diagram-broken  A moving picture has two states'],
      ['code beside diagrams', `${picture(BLOCK())}\n\`\`\`js\nlet a\n\`\`\``, 'slides.md:15  diagram-broken  The states of a moving picture are all diagrams'],
      ['states of two kinds', picture(BLOCK(), FENCE), 'slides.md:16  diagram-broken  All states of a moving picture are of one kind'],
      ['a state that Mermaid cannot read', picture(FENCE, 'flowchart LR\n a --> --> b'), 'slides.md:16  diagram-broken  Mermaid can\'t read "a --> --> b"'],
      ['an id that is another thing', picture(BLOCK(), BLOCK().replace('b["乙"]', 'b(("乙"))')), 'slides.md:19  diagram-broken  "b" is a node drawn as a circle here, and a node drawn as a box in line 12'],
    ])('a build stops at %s, presenting says so in its place', async (_, code, message) => {
      warned()
      await expect(createDiagramTransformer()(moving(root, code))).rejects.toThrow(message)
      expect(await createDiagramTransformer()(moving(root, code, 'dev'))).toContain(`class="diagram-broken">${escapeHtml(message)}`)
    })

    it('shows states that have no drawing by Slidev’s Mermaid, and says so', async () => {
      const warn = warned()
      const made = String(await createDiagramTransformer()(moving(root, picture('pie\n  accTitle: x\n "a": 3', 'pie\n "a": 4'))))
      expect(made.match(/<Mermaid code-lz="[^"]+" \/>/g)).toHaveLength(4)
      expect(warn.mock.calls.flat()).toEqual([expect.stringMatching(/^slides\.md:8 {2}diagram-in-page .*not "pie"/), expect.stringMatching(/^slides\.md:13 {2}diagram-in-page/)])
    })
  })
})
