import { expect, it } from 'vitest'
import type { Check } from '../helpers/checked.ts'
import { readTable, renew, rowsOf, writeTable } from './browser-table.ts'

const walk: Check[] = [
  { tool: 'Firefox', what: 'slides and clicks', times: 31 },
  { tool: 'WebKit', what: 'slides and clicks', times: 31 },
  { tool: 'Firefox', what: 'slides and clicks', times: 30 },
  { tool: 'WebKit', what: 'offline', times: 'no: it keeps nothing' },
]
const soak: Check[] = [{ tool: 'Orca with Firefox', what: 'what is said', times: 90 }]
const table = renew('', new Map([['soak/orca.test.ts', soak], ['browsers/walk.test.ts', walk]]), () => true)

it('has a row for each thing, its counts summed, in the order of suites', () => {
  expect(table.split('\n').filter(line => line.startsWith('| ')).slice(2)).toEqual([
    '| slides and clicks | – | 61 | 31 | – | – | [browsers/walk](../tests/browsers/walk.test.ts) |',
    '| offline | – | – | no: it keeps nothing | – | – | [browsers/walk](../tests/browsers/walk.test.ts) |',
    '| what is said | – | – | – | 90 | – | [soak/orca](../tests/soak/orca.test.ts) |',
  ])
})

it('is read as it was written', () => {
  expect(readTable(table)).toEqual([...rowsOf('browsers/walk.test.ts', walk), ...rowsOf('soak/orca.test.ts', soak)])
  expect(writeTable(readTable(table))).toBe(table)
})

it.each<[what: string, ran: [string, Check[]][], isSame: boolean]>([
  ['nothing ran', [], true],
  ['one suite ran as before', [['soak/orca.test.ts', soak]], true],
  ['a suite checked less', [['browsers/walk.test.ts', walk.slice(1)]], false],
  ['a suite checked nothing', [['soak/orca.test.ts', []]], false],
  ['a suite checked something new', [['soak/orca.test.ts', [...soak, { tool: 'Firefox', what: 'more', times: 1 }]]], false],
])('is stale by what ran alone: %s', (_, ran, isSame) => {
  expect(renew(table, new Map(ran), () => true) === table).toBe(isSame)
})

it('is stale where a suite is gone, or where it was written by hand', () => {
  expect(renew(table, new Map(), suite => suite.startsWith('soak'))).not.toContain('browsers/walk')
  expect(renew(table.replace('by hand', 'by me'), new Map(), () => true)).toBe(table)
})
