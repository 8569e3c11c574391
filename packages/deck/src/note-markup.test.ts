import { expect, it } from 'vitest'
import { noteHtml, noteParagraphs } from './note-markup.ts'

const NOTE = '# 开场\n\n先看**“左边”**，\n再看右边。\n\n- 一 [原文](https://example.org/a)\n- 二 [前一页](/traffic-shift)\n\n1. 甲\n   - 乙\n2. `x < y`\n\n<div>备注</div>\n\n> 引'

it('formats notes as their Markdown says', () => {
  expect(noteHtml(NOTE).replace(/\n/g, '')).toBe('<p><strong>开场</strong></p><p>先看<strong>“左边”</strong>，再看右边。</p><ul><li>一 <a href="https://example.org/a">原文</a></li><li>二 前一页</li></ul>'
    + '<ol><li>甲<ul><li>乙</li></ul></li><li>x &lt; y</li></ol><p>备注</p><blockquote><p>引</p></blockquote>')
})

it('sets a mark where the speaker clicks; a paragraph of clicks alone begins the next one', () => {
  const click = '<span class="click" aria-hidden="true"></span>'
  expect(noteHtml('One.\n\n[click]\n\nTwo [click:2] three.').replace(/\n/g, '')).toBe(`<p>One.</p><p>${click}Two ${click}three.</p>`)
  expect(noteHtml('')).toBe('')
})

it('is paragraphs with their looks for what knows no HTML', () => {
  expect(noteParagraphs(NOTE)).toEqual([
    { level: 0, runs: [{ text: '开场', isBold: true }] },
    { level: 0, runs: [{ text: '先看' }, { text: '“左边”', isBold: true }, { text: '，' }, { text: '再看右边。' }] },
    { level: 1, mark: 'bullet', runs: [{ text: '一 ' }, { text: '原文', link: 'https://example.org/a' }] },
    { level: 1, mark: 'bullet', runs: [{ text: '二 ' }, { text: '前一页' }] },
    { level: 1, mark: { number: 1 }, runs: [{ text: '甲' }] },
    { level: 2, mark: 'bullet', runs: [{ text: '乙' }] },
    { level: 1, mark: { number: 2 }, runs: [{ text: 'x < y' }] },
    { level: 0, runs: [{ text: '备注' }] },
    { level: 0, runs: [{ text: '引' }] },
  ])
  expect(noteParagraphs('One.\n\n[click]\n\nTwo *[click:2] three*.')).toEqual([
    { level: 0, runs: [{ text: 'One.' }] },
    { level: 0, runs: [{ clicks: 1 }, { text: 'Two ' }, { clicks: 2 }, { text: 'three', isItalic: true }, { text: '.' }] },
  ])
  expect(noteParagraphs('')).toEqual([])
})
