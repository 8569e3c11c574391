import { expect, it } from 'vitest'
import { classStatement, isBlockClass, mermaidSource, parseFence, parseFences } from './fences.ts'

it('finds fences with their lines, and only whole ones', () => {
  const found = parseFences('# x\n\n```mermaid\nflowchart LR\n  a --> b\n```\n\n~~~~ts\n```mermaid\n~~~~\n', 10)
  expect(found.map(({ line, info, kind }) => [line, info, kind])).toEqual([[12, 'mermaid', 'flowchart'], [17, 'ts', '```mermaid']])
})

it('reads sides and steps from class statements, suffixes and comments', () => {
  const graph = parseFence('graph TB\n  accTitle: T\n  accDescr: D\n  a["x"]:::old --> b\n  a e1@--> c\n  class b, c new\n  class b step1\n  class e1 step2')
  expect(graph).toMatchObject({ kind: 'flowchart', title: 'T', description: 'D', steps: 2, stepsPresent: [1, 2], sidesAtStart: ['old', 'new'] })
  expect(graph.marks).toEqual({ a: { side: 'old' }, b: { side: 'new', step: 1 }, c: { side: 'new' }, e1: { step: 2 } })

  const mindmap = parseFence('mindmap\n  r\n    a\n    :::new step1')
  expect(mindmap).toMatchObject({ steps: 1, sidesAtStart: [] })

  const sequence = parseFence('sequenceDiagram\n  %% class old\n  a->>b: x\n  %% class new step1\n  b->>a: y\n  %% class\n  a->>b: z')
  expect(sequence.statements.map(({ marks }) => marks)).toEqual([{ side: 'old' }, { side: 'new', step: 1 }, {}])
  expect(sequence).toMatchObject({ steps: 1, sidesAtStart: ['old'] })
})

it('reads looks, pills and routes of block diagrams, and the line of each statement', () => {
  const block = parseFence('block\n  a["x"] b["y"]\n  %% class new arc mark2\n  a --> b\n  class a label,hero\n  class a old,mark1', 'mermaid', 10)
  expect(block.marks).toEqual({ a: { side: 'old', pill: 1, looks: ['label', 'hero'] } })
  expect(block.statements).toEqual([{ text: 'a["x"] b["y"]', line: 12, marks: {} }, { text: 'a --> b', line: 14, marks: { side: 'new', route: 'arc', pill: 2 } }])
  expect(block.classLines).toEqual([{ line: 13, ids: [], names: ['new', 'arc', 'mark2'] }, { line: 15, ids: ['a'], names: ['label', 'hero'] }, { line: 16, ids: ['a'], names: ['old', 'mark1'] }])
  expect(['old', 'step2', 'mark4', 'ghost', 'under'].every(isBlockClass)).toBe(true)
  expect(['red', 'step0', 'mark', 'heroes'].some(isBlockClass)).toBe(false)
})

it('reads ids in any script, and suffixes behind any label', () => {
  const graph = parseFence('flowchart LR\n  追捧["两 字"]:::old --> 退潮(一 二):::new & c:::step2\n  class 退潮,c step1\n  class 追捧 step2')
  expect(graph.marks).toEqual({ 追捧: { side: 'old', step: 2 }, 退潮: { side: 'new', step: 1 }, c: { step: 1 } })
})

it('finds fences in lists and quotes, and none in indented code', () => {
  const found = parseFences('- a\n\n  ```js\n  let a\n  ```\n\n> ~~~\n> b\n> ~~~\n\n    ```\n    c\n    ```\n\n````md\n```\nd\n```\n````', 1)
  expect(found.map(({ line, info, code, closed }) => [line, info, code, closed])).toEqual([
    [3, 'js', 'let a', true], [7, '', 'b', true], [15, 'md', '```\nd\n```', true],
  ])
})

it('gives Mermaid what it reads, and the lines back', () => {
  expect(mermaidSource('mindmap\n  accTitle: T\n\n  %% class old\n  root')).toEqual({ text: 'mindmap\n  root', lines: [0, 4] })
})

it('reads a class statement of any length at once', () => {
  expect(classStatement('  class a, b ,c old , step1 ;')).toEqual({ ids: ['a', 'b', 'c'], names: ['old', 'step1'] })
  for (const text of ['class a', 'classDef a b', 'class a["x"] old', `class ${' '.repeat(100_000)}!`]) expect(classStatement(text)).toBeUndefined()
})

it('knows whether a fence ends', () => {
  expect(parseFences('```mermaid\nx\n```\n\n```mermaid\ny\n```js\n', 1).map(({ closed }) => closed)).toEqual([true, false])
})

it('finds the states of a moving picture within their block, with their lines', () => {
  const picture = '````md magic-move\n```mermaid {scale: 2}\nflowchart LR\n a --> b\n```\n\nwords\n\n```mermaid\nflowchart LR\n a:::old\n```\n````'
  const found = parseFences(`# x\n\n${picture}\n\n\`\`\`mermaid\npie\n\`\`\``, 10)
  expect(found.map(({ line, info, kind, state }) => [line, info, kind, state])).toEqual([
    [13, 'mermaid {scale: 2}', 'flowchart', { block: 12, index: 0, count: 2 }],
    [20, 'mermaid', 'flowchart', { block: 12, index: 1, count: 2 }],
    [26, 'mermaid', 'pie', undefined],
  ])
  expect(found[1]?.statements[0]).toMatchObject({ text: 'a:::old', line: 22 })
  expect(parseFences(`> ${picture.replaceAll('\n', '\n> ')}`, 1).map(({ line }) => line)).toEqual([2, 9])
})

it.each([
  ['code', '```js\nlet a\n```\n```js\nlet b\n```'],
  ['code beside diagrams', '```mermaid\npie\n```\n```js\nlet b\n```'],
  ['nothing', ''],
])('leaves a magic-move block as one that shows %s', (_, inside) => {
  const found = parseFences(`\`\`\`\`md magic-move\n${inside}\n\`\`\`\``, 1)
  expect(found.map(({ line, info, state }) => [line, info, state])).toEqual([[1, 'md magic-move', undefined]])
})
