import { expect, it } from 'vitest'
import { parseFences } from 'slidev-addon-deck/fences'
import { BrokenDiagram } from './mermaid.ts'
import { assertMoves, movingPictures, statesOf } from './moving.ts'

const fence = (code: string, info = 'mermaid') => `\`\`\`${info}\n${code}\n\`\`\``
const picture = (...fences: string[]) => `\`\`\`\`md magic-move\n${fences.join('\n')}\n\`\`\`\``
const FIRST = 'block\n  firm["Firm"]:2'
const drawn = (...parts: string[]) => ({ svg: `<svg>${parts.join('')}</svg>` })
const node = (shape: string) => `<g class="node old" data-step="1" data-node="firm" data-within="x">${shape}<text></text></g>`
const box = '<rect class="shape" x="1"/>'
const group = `<g class="group" data-node="firm">${box}</g>`

/** What is thrown, with its line. */
function fault(run: () => unknown): [message: string, line: number] | undefined {
  try {
    run()
    return undefined
  }
  catch (error) {
    if (error instanceof BrokenDiagram) return [error.message, error.line]
    throw error
  }
}

const states = (...fences: string[]) => movingPictures(`# x\n\n${picture(...fences)}`, 10)[0] ?? []

it('two states of one kind go together, with ids in the same shapes', () => {
  const both = states(fence(FIRST), fence(`${FIRST} new["New"]`))
  expect(both).toHaveLength(2)
  expect(fault(() => assertMoves(both, [drawn(node(box)), drawn(node(box), group.replace('firm', 'industry'))]))).toBeUndefined()
})

it('one state alone is refused', () => {
  expect(fault(() => assertMoves(states(fence(FIRST))))).toEqual([expect.stringMatching(/two states or more: write a single one as a plain/) as unknown, 13])
})

it('states of different kinds are refused', () => {
  expect(fault(() => assertMoves(states(fence(FIRST), fence('flowchart LR\n  a --> b'))))).toEqual([expect.stringMatching(/this is "flowchart", the first one "block"/) as unknown, 18])
})

it('code beside diagrams is refused', () => {
  const content = picture(fence(FIRST), fence('let a', 'ts'))
  expect(fault(() => movingPictures(content, 1))).toEqual([expect.stringMatching(/take this fence of "ts" out/) as unknown, 6])
  expect(statesOf({ code: fence('let a', 'ts'), line: 1 })).toBeUndefined()
  expect(movingPictures(picture(fence('let a', 'ts'), fence('let b', 'ts')), 1)).toEqual([])
})

it.each([
  ['a node, then a group', node(box), group, /"firm" is a group here, and a node drawn as a box in line 15/],
  ['a box, then a circle', node(box), node('<circle class="shape" cx="1"/>'), /"firm" is a node drawn as a circle here, and a node drawn as a box in line 15/],
  ['a box, then words', node(box), node(''), /"firm" is a node here/],
])('an id that changes what it is is refused: %s', (_, before, after, message) => {
  const both = states(fence(FIRST), fence(`block\n  x["firm"]\n  firm["Firm"]:2`))
  expect(fault(() => assertMoves(both, [drawn(before), drawn(after)]))).toEqual([expect.stringMatching(message) as unknown, 20])
  expect(fault(() => assertMoves(both, [drawn(before), undefined]))).toBeUndefined()
})

it('several pictures of a slide are told apart', () => {
  const content = `${picture(fence(FIRST), fence(FIRST))}\n\n${fence(FIRST)}\n\n${picture(fence(FIRST), fence(FIRST), fence(FIRST))}`
  expect(parseFences(content, 1)).toHaveLength(6)
  expect(movingPictures(content, 1).map(each => each.length)).toEqual([2, 3])
})
