import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clausesOf } from './clauses.ts'

it.each([
  ['潮水退去，长在产业里的才留得下来', ['潮水退去，', '长在产业里的才留得下来']],
  ['这四条是判断，不是实证。就该改主意。', ['这四条是判断，', '不是实证。', '就该改主意。']],
  ['撮合、中介都在外面', ['撮合、中介都在外面']],
  ['', []],
  ['，先有一顿，再有下文', ['，先有一顿，', '再有下文']],
  ['……', ['……']],
  ['。', ['。']],
  ['**先抓，后养**，都在外面', ['**先抓，后养**，', '都在外面']],
  ['[一处，两处](x)，三处', ['[一处，两处](x)，', '三处']],
  ['**没有收尾，也不拆', ['**没有收尾，也不拆']],
])('%s', (text, clauses) => {
  expect(clausesOf(text)).toEqual(clauses)
})

it('loses nothing of any text', () => {
  const marks = fc.string({ unit: fc.constantFrom('，', '。', '：', '！', '”', '“', '甲', 'a', ' ', '**', '[', '](x)', '`'), maxLength: 40 })
  const run = fc.constantFrom('，', '甲', '“', '**', ' ').map(each => each.repeat(4000))
  fc.assert(fc.property(fc.oneof({ weight: 50, arbitrary: fc.oneof(marks, fc.string()) }, { weight: 1, arbitrary: run }), (text) => {
    expect(clausesOf(text).join('')).toBe(text)
    expect(clausesOf(text)).not.toContain('')
  }), { seed: 20_261_122, numRuns: 500 })
})
