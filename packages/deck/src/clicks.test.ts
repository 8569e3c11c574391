import { describe, expect, it } from 'vitest'
import { clicksOf } from './clicks.ts'

const clicks = (content: string) => clicksOf({ content, contentLine: 1 }, { Shift: true, Callout: 'click' })
const diagram = (...lines: string[]) => ['```mermaid', 'flowchart LR', '  a["一"] --> b["二"] --> c["三"]', ...lines, '```'].join('\n')

/** The opening line of a magic-move block. */
const MOVE = '````md magic-move\n'

describe('clicks of a slide', () => {
  it.each([
    ['none without anything to click', '# 标题\n\n正文', 0],
    ['a diagram: its highest step', diagram('  class b step1', '  class c step2'), 2],
    ['a diagram without steps', diagram(), 0],
    ['one for each Shift', '<Shift aspect="a" before="b" after="c" />\n\n<Shift\n  aspect="a"\n  before="b > c"\n  after="c"\n/>', 2],
    ['a Callout that waits', '<Callout kind="question" click>问</Callout>', 1],
    ['a Callout that does not', '<Callout kind="question">问</Callout>', 0],
    ['a v-click', '<v-click>\n\n- 一\n- 二\n\n</v-click>', 1],
    ['v-clicks: one for each item', '<v-clicks>\n\n1. 一\n   - 里面\n2. 二\n\n</v-clicks>\n\n- 外面', 2],
    ['v-clicks around paragraphs: one for each', '<v-clicks>\n\n一\n\n二\n三\n\n</v-clicks>', 2],
    ['v-clicks as deep as asked, two at once', '<v-clicks depth="2" every="2">\n\n- 一\n  - 里\n    - 更里\n- 二\n\n</v-clicks>', 2],
    ['v-clicks of a table: its rows', '<v-clicks>\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n| 三 | 四 |\n\n</v-clicks>', 2],
    ['v-click on any tag, v-after along with it', '<div v-click>一</div>\n<p v-after>二</p>\n<b v-click="\'+2\'">三</b>', 3],
    ['a click of the slide, a range', '<p v-click="4">一</p>\n\n<p v-click="[2, 5]">二</p>\n\n<p v-click>三</p>', 5],
    ['a v-mark', '<span v-mark.red="2">x</span>', 2],
    ['lines of code one after the other', '```ts {all|1-2|3}\nlet a\n```\n\n```ts [name.ts] {1|2} {lines:true}\nlet b\n```\n\n```ts {2,3}\nlet c\n```', 3],
    ['magic move', '````md magic-move\n```js\na\n```\n\n```js {1|2}\nb\n```\n````', 2],
    ['magic move of diagrams: the steps of each state, and one click between them', `${MOVE}${diagram('  class b step1')}\n${diagram()}\n${diagram('  class b step1', '  class c step2')}\n\`\`\`\``, 5],
    ['what stands in a comment or in code does not count', '<!-- <v-click> -->\n\n`<v-click>`\n\n```\n<v-click>\n```', 0],
    ['they add up', `${diagram('  class c step1')}\n\n<Shift aspect="a" before="b" after="c" />\n\n<Callout kind="takeaway" click>得</Callout>`, 3],
  ])('%s', (_, content, expected) => {
    expect(clicks(content)).toBe(expected)
  })

  it.each([
    ['what a variable says', '<p v-click="step">一</p>'],
    ['a component nobody knows', '<SomeThing />'],
    ['elements in v-clicks', '<v-clicks>\n\n<p>一</p><p>二</p>\n\n</v-clicks>'],
  ])('%s: is not known', (_, content) => {
    expect(clicksOf({ content, contentLine: 1 })).toBeUndefined()
  })

  it('of the deck\'s own components are those it names', () => {
    expect(clicks('<SomeThing />')).toBe(0)
  })
})
