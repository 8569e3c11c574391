import { describe, expect, it } from 'vitest'
import { headlineLength, textLength } from './measure.ts'
import { clickMarkers, spokenText } from './notes.ts'

describe('click markers', () => {
  it.each([
    ['', 0],
    ['说一句。', 0],
    ['[click] 一句 [click] 又一句', 2],
    ['[click:3] 三句', 3],
    ['[Click] 一句\n[click:2] 两句', 3],
    ['[clicks] 不是标记', 0],
  ])('%j: %i', (note, expected) => {
    expect(clickMarkers(note)).toBe(expected)
  })

  it('are not spoken', () => {
    expect(spokenText('[click:2] 一句')).toBe(' 一句')
  })
})

describe('length of a text', () => {
  it.each([
    ['潮水退了，流量见顶。', 'zh', 8],
    ['C端和B端', 'zh', 5],
    ['the tide went out', 'en', 4],
    ['don’t stop: self-driven, self-iterating', 'en', 4],
    ['intelligent transmission (智能传导)', 'en', 3],
  ] as const)('%j in %s: %i', (text, language, expected) => {
    expect(textLength(text, language)).toBe(expected)
  })

  it('of a headline: Han characters in Chinese, all characters in English', () => {
    expect(headlineLength('潮水，退了', 'zh')).toBe(4)
    expect(headlineLength('The ebb', 'en')).toBe(7)
  })
})
