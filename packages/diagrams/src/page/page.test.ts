import { expect, it } from 'vitest'
import { parseFence } from 'slidev-addon-deck/fences'
import { marksOfEdge } from './graph.ts'
import { edge, group, n } from './pen.ts'
import { readSequence } from './sequence.ts'
import { readTimeline } from './timeline.ts'

const statements = (code: string) => parseFence(code).statements

it('writes numbers to a tenth, and groups with side and step', () => {
  expect([n(1), n(-0.01), n(2.345), n(-7.96)]).toEqual(['1', '0', '2.3', '-8'])
  expect(group('node', { side: 'old', step: 2 }, ['<x/>'], { 'data-node': 'a"b' })).toBe('<g class="node old" data-step="2" data-node="a&quot;b"><x/></g>')
  expect(edge('dotted', {}, [])).toBe('<g class="edge dotted"></g>')
  expect(edge('dotted', { side: 'new' }, [])).toBe('<g class="edge new"></g>')
})

it('has an edge appear with the later of its ends, on the side of both', () => {
  expect(marksOfEdge(undefined, { side: 'new', step: 1 }, { side: 'new', step: 3 })).toEqual({ side: 'new', step: 3 })
  expect(marksOfEdge(undefined, { side: 'old' }, { side: 'new', step: 1 })).toEqual({ step: 1 })
  expect(marksOfEdge({ side: 'old', step: 5 }, { step: 1 }, {})).toEqual({ side: 'old', step: 5 })
})

it('reads messages with their lines and ends', () => {
  const { participants, messages, notes } = readSequence(statements('sequenceDiagram\n %% class old\n participant a as 甲\n %% class\n a->>b: x\n %% class new step1\n b-->a: y\n %% class\n Note over a,b: a->>b: z\n a-xb: lost\n a->>+b: active'))
  expect(participants).toEqual(new Map([['a', { side: 'old' }]]))
  expect(messages).toEqual([{ marks: {}, isDotted: false, hasHead: true }, { marks: { side: 'new', step: 1 }, isDotted: true, hasHead: false }])
  expect(notes).toHaveLength(1)
})

it('reads sections, periods and events of a timeline', () => {
  expect(readTimeline(statements('timeline\n title T\n section 从前\n a : b : c\n %% class new step1\n : d\n e'))).toEqual({
    sections: [{}],
    periods: [{}, { side: 'new', step: 1 }],
    events: [{}, {}, { side: 'new', step: 1 }],
  })
})
