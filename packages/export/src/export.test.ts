import { expect, it } from 'vitest'
import { narrationOf } from './narration.ts'
import { pictureFills, remark } from './pdf/content.ts'
import { tidy, type Element } from './pdf/tags.ts'
import { slideRange } from './slide-range.ts'

it('reads ranges of slides', () => {
  expect(slideRange(undefined, 3)).toEqual([1, 2, 3])
  expect(slideRange('3, 1-2,2', 3)).toEqual([1, 2, 3])
  for (const bad of ['', '0', '4', '2-1', 'x', '1-', '1,,2']) expect(() => slideRange(bad, 3), bad).toThrow(RangeError)
})

it('splits narration where the speaker clicks', () => {
  expect(narrationOf('One.\nTwo.\n\n[click] Three [click:2] four.\n\n')).toEqual([
    { pieces: ['One. Two.'], clicked: false },
    { pieces: ['Three', 'four.'], clicked: true },
  ])
  expect(narrationOf('流量\n没了。')).toEqual([{ pieces: ['流量没了。'], clicked: false }])
  expect(narrationOf('')).toEqual([])
})

const rg = (hex: string) => [1, 3, 5].map(at => (Number.parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(4)).join(' ')

it('marks text as its element’s, pictures as theirs, the rest as decoration', () => {
  const { content, owners } = remark([
    '1 1 1 rg', '/NonStruct <</MCID 0 >>BDC', '0 0 9 9 re', 'f', 'EMC',
    '/H1 <</MCID 1 >>BDC', 'BT', '/F1 9 Tf <0001> Tj', 'ET', 'EMC',
    '/Figure <</MCID 2 >>BDC', '0 0 9 9 re', 'f', 'EMC',
    `${rg(pictureFills.start)} rg`, '1 1 .02 .02 re', 'f', '1 1 1 rg', '2 2 3 3 re', 'f', 'BT', '(\\) EMC) Tj', 'ET', `${rg(pictureFills.end)} rg`, '1 1 .02 .02 re', 'f',
    'BT', '<0002> Tj', 'ET',
  ].join('\n'), { name: 'page', isPicture: mark => mark === 'page/2', remarkObject: () => false })
  expect(owners).toEqual(['page/1', 'page/2'])
  expect(content).not.toContain('.02 .02')
  expect(content.match(/BMC|BDC|EMC(?!\))/g)).toEqual(['BMC', 'EMC', 'BDC', 'EMC', 'BMC', 'EMC', 'BDC', 'EMC', 'BMC', 'EMC'])
})

it('refuses a picture that the structure lacks', () => {
  expect(() => remark(`${rg(pictureFills.start)} rg\n0 0 1 1 re\nf`, { name: 'page', isPicture: () => false, remarkObject: () => false })).toThrow(/missing from the page’s structure/)
})

it('tidies Chromium’s structure', () => {
  const leaf = (content: number, page = 0) => ({ page, content })
  const element = (type: string, ...kids: Element<number>['kids']): Element<number> => ({ type, kids })
  const tidied = tidy(element('Document',
    element('NonStruct', element('H1', element('NonStruct', leaf(0))), element('NonStruct', element('NonStruct', leaf(1)), element('NonStruct'))),
    element('NonStruct', element('H1', leaf(0, 1)), element('L', element('LI', element('NonStruct', leaf(1, 1)))), element('Table', element('TR', element('TH', leaf(2, 1)), element('TD', leaf(3, 1))), element('TR', element('TH', leaf(4, 1)))))), { titled: true })
  const shape = (kid: Element<number>['kids'][number]): unknown => 'content' in kid ? kid.content : [kid.type, ...kid.scope ? [kid.scope] : [], ...kid.kids.map(shape)]
  expect(shape(tidied)).toEqual(['Document',
    ['Sect', ['H1', 0], ['P', 1]],
    ['Sect', ['H2', 0], ['L', ['LI', ['LBody', 1]]], ['Table', ['TR', ['TH', 'Column', 2], ['TD', 3]], ['TR', ['TH', 'Row', 4], ['TD']]]],
  ])
})
