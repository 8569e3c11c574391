import { expect, it } from 'vitest'
import { clausesOf } from '../../lib/clauses.ts'

it.each([
  ['潮水退去，长在产业里的才留得下来', ['潮水退去，', '长在产业里的才留得下来']],
  ['这四条是判断，不是实证。就该改主意。', ['这四条是判断，', '不是实证。', '就该改主意。']],
  ['撮合、中介都在外面', ['撮合、中介都在外面']],
  ['', []],
])('%s', (text, clauses) => {
  expect(clausesOf(text)).toEqual(clauses)
})
