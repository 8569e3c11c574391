import fc from 'fast-check'

/** What slides, fences and frontmatter are made of, and what breaks those who read them. */
const TOKENS = [
  '---', '---\n', '\n---\n\n', '----', '--- x', '```', '````', '```mermaid\n', '```js\n', '~~~', '```yaml\n',
  '<!--', '-->', '<!-- note -->', '<!---->', '[click]', '[click:2]', '[click:99999999999]', '[click:0]',
  '# ', '# 标题\n', '## ', '#', '- ', '1. ', '> ', '| a | b |\n', '|---|---|\n', '    ', '\t',
  '<Callout kind="takeaway">', '</Callout>', '<Callout', ' kind=', ' kind="', '"', '\'', '`', '>', '/>', '</', '<', '<div>', '<Thesis :no="1">', '<Term id="traffic" />', '<Shift aspect="a" before="b" after="c" />', '<v-clicks>', '</v-clicks>', '<constructor-x />', '<__proto__>', '<Constructor />', '<ToString>',
  'flowchart LR\n', 'stateDiagram-v2\n', 'sequenceDiagram\n', 'timeline\n', 'mindmap\n', 'pie\n', 'graph TD\n',
  'accTitle: a\n', 'accDescr: b\n', 'accDescr:', 'class a old\n', 'class a,b new step1\n', 'class ', 'class a', '%% class ', '    class', 'class a step0\n', 'class a step7\n', 'class a step4294967296\n', 'class a step999999999\n', '%% class new step2\n', '%%{init: {}}%%\n', ':::old', ':::', 'a["x"] --> b\n', 'a e1@--> b\n', 'a->>b: x\n', 'section x\n', 'class __proto__ old\n', 'class constructor step1\n',
  'routeAlias: x\n', 'layout: assertion\n', 'minutes: 1\n', 'minutes: .nan\n', 'minutes: -0\n', 'sources: [T1.1]\n', 'sources: &a [*a]\n', 'sources: *b\n', 'src: ./pages/a.md\n', 'src: ./pages/a.md#1-3\n', 'src: ./pages/a.md#1-99999999999\n', 'src: [x]\n', 'src: ../../x\n', 'src: ./pages\n', 'chapter: x\n', 'lang: zh-CN\n', 'lang: [en]\n', 'duration: 1min\n', 'duration: 99:99:99\n', 'duration: {}\n', 'hide: true\n', 'disabled: true\n', 'title: [1]\n', 'name: {}\n', 'level: x\n', 'background: 1\n', 'image: [a]\n',
  ': ', ':', '{', '}', '[', ']', '&a ', '*a', '!!js/function x', '%YAML 9', '? ', '<<: *a\n', '__proto__: 1\n', '{{ x }}', '{{', '$&', '$1', '\\',
  '\n', '\n\n', '\r\n', '\r', ' ', '\0', '\u2028', '\uFEFF', '\u{1F98A}', '\uD800', '退潮之后', '流量，', 'word ', 'T1.1',
]

/** A run of one token, long enough for work that grows with the square of the length to be felt, and with the cube to hang. */
const run = fc.tuple(fc.constantFrom(' ', 'a', 'a ', 'a,', '\t', '<', '<a ', '"', '`', '-', '[', '(', '#', ':', '\n', '*', '_', '|', '退', '<!--', 'a=', '[click', '> ', 'x.', '\n\n', ', ', ' b="'), fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 2, max: 200 }) }, { weight: 1, arbitrary: fc.constant(4000) }))
  .map(([token, times]) => token.repeat(times))

const token = fc.constantFrom(...TOKENS)
const word = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 8 }))

/** The beginning of something, a long run in it, and no proper end: what a pattern tries in every way before it gives up. */
const strained = fc.tuple(token, run, token).map(parts => parts.join(''))

/** Text in the neighbourhood of slides, fences and frontmatter. */
export const hostileText = fc.array(fc.oneof({ weight: 12, arbitrary: token }, { weight: 3, arbitrary: word }, { weight: 1, arbitrary: strained }), { maxLength: 40 }).map(parts => parts.join(''))

/** One line of such text. */
export const hostileLine = hostileText.map(text => text.replace(/[\r\n]+/g, ' '))
