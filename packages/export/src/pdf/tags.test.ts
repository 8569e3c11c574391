import { expect, it } from 'vitest'
import { tidy, type Element } from './tags.ts'

const leaf = (content: number, page = 0) => ({ page, content })
const element = (type: string, ...kids: Element<number>['kids']): Element<number> => ({ type, kids })
const shape = (kid: Element<number>['kids'][number]): unknown => 'content' in kid ? kid.content : [kid.type, ...kid.scope ? [kid.scope] : [], ...kid.kids.map(shape)]

it('tidies Chromium’s structure', () => {
  const tidied = tidy(element('Document',
    element('NonStruct', element('H1', element('NonStruct', leaf(0))), element('NonStruct', element('NonStruct', leaf(1)), element('NonStruct'))),
    element('NonStruct', element('H1', leaf(0, 1)), element('L', element('LI', element('NonStruct', leaf(1, 1)))), element('Table', element('TR', element('TH', leaf(2, 1)), element('TD', leaf(3, 1))), element('TR', element('TH', leaf(4, 1)))))), { titled: true })
  expect(shape(tidied)).toEqual(['Document',
    ['Sect', ['H1', 0], ['P', 1]],
    ['Sect', ['H2', 0], ['L', ['LI', ['LBody', 1]]], ['Table', ['TR', ['TH', 'Column', 2], ['TD', 3]], ['TR', ['TH', 'Row', 4], ['TD']]]],
  ])
})

it('keeps the ranks of headings apart, labels beside what they label, and to types that PDF 1.7 knows', () => {
  const tidied = tidy(element('Document', element('H1', leaf(0)), element('H2', leaf(1)), element('L', element('LI', element('Lbl', leaf(2)), element('Strong', leaf(3))), element('LI', element('Lbl'), leaf(4)))), { titled: true })
  expect(shape(tidied)).toEqual(['Document', ['Sect', ['H1', 0], ['H3', 1], ['L', ['LI', ['Lbl', 2], ['LBody', ['Span', 3]]], ['LI', ['LBody', 4]]]]])
  expect(shape(tidy(element('Document', element('H1', leaf(0)), element('H1', leaf(1))), { titled: false }))).toEqual(['Document', ['Sect', ['H1', 0], ['H1', 1]]])
})
