import { expect, it } from 'vitest'
import { headings, headlines, parseTags, passages, plainText, startsAbove } from './markup.ts'

const slide = (...lines: string[]) => ({ content: lines.join('\n'), contentLine: 10 })

it('finds tags with their lines and attributes', () => {
  const tags = parseTags(slide('# 标题', '<Thesis :no="1">一句</Thesis>', '', '<Callout', '  kind="question"', '  click', '>问</Callout>', '<br/>'))
  expect(tags.map(({ name, kind, line }) => [name, kind, line])).toEqual([
    ['Thesis', 'open', 11], ['Thesis', 'close', 11], ['Callout', 'open', 13], ['Callout', 'close', 16], ['br', 'self', 17],
  ])
  expect(tags[2]?.attributes).toEqual([{ name: 'kind', value: 'question', hasValue: true }, { name: 'click', value: '', hasValue: false }])
})

it('takes no tag from a fence, a comment, inline code or an address', () => {
  expect(parseTags(slide('```', '<div>', '```', '````', '```', '<div>', '````', '<!-- <div> -->', '`<div>`', '<https://example.org>', 'a < b > c'))).toEqual([])
})

it('keeps lines after an empty fence', () => {
  expect(parseTags(slide('```', '```', '<div>')).map(({ line }) => line)).toEqual([12])
})

it('finds level-one headings only', () => {
  expect(headlines(slide('# 一 **重**', '## 二', '```', '# 三', '```', '#四', '#'))).toEqual([{ line: 10, level: 1, text: '一 重' }, { line: 16, level: 1, text: '' }])
})

it('finds headings underlined, of every level, and none in lists, quotes or indented code', () => {
  expect(headings(slide('Title', '===', '', 'Below', '---', '', '- # no', '', '> # no', '', 'text', '', '    # no', '', '### three'))).toEqual([
    { line: 10, level: 1, text: 'Title' }, { line: 13, level: 2, text: 'Below' }, { line: 24, level: 3, text: 'three' },
  ])
})

it('knows what stands above a line, comments aside', () => {
  const markup = slide('<!-- a', 'comment -->', '', '# 一', 'text')
  expect([startsAbove(markup, 13), startsAbove(markup, 14)]).toEqual([false, true])
})

it('keeps lines through whatever spans several', () => {
  expect(passages(slide('- one `a', '  b` [two', '  three](x "a', '  b") four', '', '> five\\', '> <b', '>  class="x">six</b>', '', 'https://example.org and', '<https://example.org/2> seven'))).toEqual([
    { line: 10, text: 'one a b', where: 'body' },
    { line: 11, text: 'two', where: 'body' },
    { line: 12, text: 'three', where: 'body' },
    { line: 13, text: 'four', where: 'body' },
    { line: 15, text: 'five', where: 'body' },
    { line: 17, text: 'six', where: 'body' },
    { line: 19, text: 'https://example.org and', where: 'body' },
    { line: 20, text: 'https://example.org/2 seven', where: 'body' },
  ])
})

it('reads HTML blocks, and nothing of styles and scripts', () => {
  const markup = slide('<div', '  class="x"', '>', '# no <b>heading</b>', '</div>', '', '<style>', 'h1 { color: red }', '</style>', '<script setup>const a = 1 < 2</script>')
  expect(parseTags(markup).map(({ name, kind, line }) => `${line} ${kind} ${name}`)).toEqual([
    '10 open div', '13 open b', '13 close b', '14 close div', '16 open style', '18 close style', '19 open script', '19 close script',
  ])
  expect(passages(markup)).toEqual([{ line: 13, text: '# no heading', where: 'body' }])
})

it('keeps names as Vue has them', () => {
  expect(parseTags(slide('<SomeThing :noOf=\'1\' @click="a > b" v-bind:x.sync="y" #slot />'))[0]).toEqual({
    name: 'SomeThing', line: 10, kind: 'self', attributes: [
      { name: ':noOf', value: '1', hasValue: true }, { name: '@click', value: 'a > b', hasValue: true },
      { name: 'v-bind:x.sync', value: 'y', hasValue: true }, { name: '#slot', value: '', hasValue: false },
    ],
  })
})

it('reads what a slide says, line by line', () => {
  const shown = { Shift: ['aspect', 'before', 'after'] }
  expect(passages(slide('# 标题', '1. 第一<!-- 不算 -->', '<Shift aspect="角色" before="外" after="内" />', '| 甲 | 乙 |', '|---|---|'), shown)).toEqual([
    { line: 10, text: '标题', where: 'headline' },
    { line: 11, text: '第一', where: 'body' },
    { line: 12, text: '角色', where: 'property' },
    { line: 12, text: '外', where: 'property' },
    { line: 12, text: '内', where: 'property' },
    { line: 13, text: '甲 乙', where: 'body' },
  ])
})

it.each([
  ['flowchart LR', ['  accTitle: 名', '  a1["甲<br/>子"] -- "边" --> b2(["乙"])', '  class a1 step1'], ['名', '甲 子', '边', '乙']],
  ['flowchart LR', ['  a1[甲] -->|边| b2{乙}'], ['甲', '边', '乙']],
  ['stateDiagram-v2', ['  state "甲" as a1', '  a1 --> b2 : 边'], ['甲', '边']],
  ['sequenceDiagram', ['  participant a1 as 甲', '  loop 每次', '  a1->>b2: 话', '  end', '  %% class new step1'], ['甲', '每次', '话']],
  ['timeline', ['  title 题', '  section 段', '  甲 : 事 : 又事'], ['题', '段', '甲', '事', '又事']],
  ['mindmap', ['  root(("甲"))', '  :::new step1', '    b2[乙]'], ['甲', '乙']],
])('reads the labels of a %s', (kind, lines, expected) => {
  const found = passages(slide('```mermaid', kind, ...lines, '```'))
  expect(found.map(({ text }) => text)).toEqual(expected)
  expect(found.every(({ where }) => where === 'diagram')).toBe(true)
})

it.each([
  ['## **粗** 和 _斜_', '粗 和 斜'],
  ['- 看[这里](https://example.org/1)', '看这里'],
  ['> 引用 `code`', '引用 code'],
  ['snake_case', 'snake_case'],
  ['| a | b |\n|---|:-:|\n| c | d |', 'a b c d'],
])('%j without marks: %j', (markdown, expected) => {
  expect(plainText(markdown)).toBe(expected)
})
