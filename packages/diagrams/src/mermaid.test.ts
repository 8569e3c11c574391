import { expect, it } from 'vitest'
import { parseFence } from 'slidev-addon-deck/fences'
import { assertReadable, brokenDiagram, whyUndrawn } from './mermaid.ts'

const fence = (code: string) => parseFence(code, 'mermaid', 10)

it.each([
  ['flowchart LR\n accTitle: x\n a --> --> b', 13],
  ['flowchart LR\n accTitle: x\n %% note\n a["x" --> b', 14],
  ['stateDiagram-v2\n a --> --> b', 12],
  ['sequenceDiagram\n a->b', 12],
  ['timeline\n : :: x', 10],
  ['mindmap\n a["x', 12],
  ['pie\n "a" ; 3', 12],
  ['flowchar LR\n a --> b', 11],
])('names the line of a broken fence and no parser tokens, without a browser: %s', async (code, line) => {
  const error = await assertReadable(fence(code)).then(() => undefined, (thrown: unknown) => thrown)
  expect(error).toMatchObject({ line })
  expect(String(error)).not.toMatch(/\n|Expecting|token|\^/i)
})

it.each(['flowchart LR\n 追捧["资本"] --> b\n class 追捧 step1', 'gantt\n title x\n section y\n z : a1, 2026-01-01, 3d', 'classDiagram\n a <|-- b'])('passes what Mermaid reads: %s', async (code) => {
  await expect(assertReadable(fence(code))).resolves.toBeUndefined()
})

it('names a line of the fence whatever Mermaid says', () => {
  const three = fence('flowchart LR\n\n a --> b')
  for (const said of ['', 'Lexical error on line 0', 'at line: 4294967296', 'x\ny', 'Parse error on line 2: z\n  at f (g.js:1:2)']) {
    const { line, message } = brokenDiagram(new Error(said), three)
    expect(line).toBeGreaterThanOrEqual(10)
    expect(line).toBeLessThanOrEqual(13)
    expect(message).toMatch(/^Mermaid .+: correct .+\.$/)
  }
})

it.each([
  ['graph TD\n a --> b', undefined],
  ['pie\n "a": 3', /not "pie"/],
  ['', /an empty diagram/],
  ['---\ntitle: x\n---\nflowchart LR\n a --> b', /not "---"/],
  ['flowchart LR\n a --> b\n style a fill:red', /"style"/],
  ['%%{init: {"theme": "forest"}}%%\nflowchart LR\n a --> b', /"%%\{"/],
  ['flowchart LR\n a["`**粗** 体`"]', /"`/],
  ['flowchart LR\n a["<b>粗</b>"]', /<b>/],
  ['flowchart LR\n a["A < B"] --> b["一<br>二"]', undefined],
  ['mindmap\n x\n  ::icon(fa fa-book)', /icon/],
])('tells what is not drawn ahead of time: %s', (code, why) => {
  if (why) expect(whyUndrawn(fence(code))?.why).toMatch(why)
  else expect(whyUndrawn(fence(code))).toBeUndefined()
})

it.each(['alt 有\n  a->>b: y\n else 没有\n  a->>b: z\n end', 'loop 每天\n  a->>b: y\n end', 'autonumber', 'activate a', 'a->>+b: y', 'a--xb: y', 'a-)b: y', 'a<<->>b: y', 'actor a', 'link a: x @ https://example.org', 'title 题', 'par_over x', 'box 蓝\n end'])('a sequence diagram with this is not drawn, which is told with its line: %s', (code) => {
  expect(whyUndrawn(fence(`sequenceDiagram\n participant a\n a->>b: x\n ${code}`))).toEqual({ line: 14, why: expect.stringContaining(`not of "${code.split('\n')[0]}"`) as string })
})

it('a sequence diagram of participants, notes and messages is drawn', () => {
  expect(whyUndrawn(fence('sequenceDiagram\n participant 甲 as 公司\n 甲->>乙: x\n 乙-->>甲: y\n 甲->乙: z\n 乙-->甲: z\n Note over 甲,乙: 注'))).toBeUndefined()
})
