import { describe, expect, it } from 'vitest'
import { clicksOf } from './clicks.ts'

const clicks = (content: string) => clicksOf({ content, contentLine: 1 })
const diagram = (...lines: string[]) => ['```mermaid', 'flowchart LR', '  a["一"] --> b["二"] --> c["三"]', ...lines, '```'].join('\n')

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
    ['what stands in a comment or in code does not count', '<!-- <v-click> -->\n\n`<v-click>`\n\n```\n<v-click>\n```', 0],
    ['they add up', `${diagram('  class c step1')}\n\n<Shift aspect="a" before="b" after="c" />\n\n<Callout kind="takeaway" click>得</Callout>`, 3],
  ])('%s', (_, content, expected) => {
    expect(clicks(content)).toBe(expected)
  })
})
