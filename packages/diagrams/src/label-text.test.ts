import { expect, it } from 'vitest'
import { protectLabels } from './label-text.ts'

it.each([
  ['flowchart', 'flowchart LR\n a["x"] --> b(["一<br>二"])\n a & b --> c'],
  ['sequenceDiagram', 'sequenceDiagram\n a->>b: x\n b-->>a: 一'],
  ['stateDiagram-v2', 'stateDiagram-v2\n state c <<choice>>\n a:::new --> b'],
  ['mindmap', 'mindmap\n  root((x))\n   a\n   :::new step1'],
])('a %s without such characters is as it was', (kind, source) => {
  expect(protectLabels(source, kind).source).toBe(source)
})

it.each([
  ['flowchart', 'flowchart LR\n a["#quot;静#quot; & A<B"] --> b', /a\["(\S)静\1 \S A\SB"\] --> b/],
  ['flowchart', 'flowchart LR\n a[R&D] & b -- "x > y" --> c', /a\[R\SD\] & b -- "x \S y" --> c/],
  ['sequenceDiagram', 'sequenceDiagram\n a-->>b: x#59; y < z', /a-->>b: x\S y \S z/],
  ['timeline', 'timeline\n 前 : A&lt;B#58;C', /前 : A\SB\SC/],
])('what Mermaid would take for its own is a letter in a %s', (kind, source, expected) => {
  const { source: text } = protectLabels(source, kind)
  expect(text).toMatch(expected)
  expect(text).not.toMatch(/#\w+;|&\w+;/)
})

it('letters become characters again, as SVG writes them; a sign of another script is itself at once', () => {
  const { source, restore } = protectLabels('flowchart LR\n a["#quot;A<B#quot; #9829; ł"]', 'flowchart')
  const [, label = ''] = /"(.*)"/.exec(source) ?? []
  expect(label).toMatch(/♥ ł$/)
  expect(restore(`<text>${label}</text>`)).toBe('<text>&quot;A&lt;B&quot; ♥ ł</text>')
})
