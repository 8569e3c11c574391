import { createMarkdownExit } from 'markdown-exit'
import { expect, it } from 'vitest'
import { chineseText } from './chinese-text.ts'
import { headings, passages } from './markup.ts'

const plain = createMarkdownExit({ html: true })
const chinese = createMarkdownExit({ html: true }).use(chineseText)

it.each([
  ['**“成为流量”**之后，才谈得上增长。', '<strong>“成为流量”</strong>之后'],
  ['这是**《文章》**的话', '这是<strong>《文章》</strong>的话'],
  ['先**问：**再答', '先<strong>问：</strong>再答'],
  ['他说**「要」**就要', '他说<strong>「要」</strong>就要'],
  ['一个*（重）*字', '一个<em>（重）</em>字'],
  ['看**[原文](/a)**吧', '看<strong><a href="/a">原文</a></strong>吧'],
])('emphasis beside Chinese punctuation is emphasis: %s', (source, html) => {
  expect(chinese.renderInline(source)).toContain(html)
})

it('the first of these is text to CommonMark', () => {
  expect(plain.renderInline('**“成为流量”**之后')).toBe('**“成为流量”**之后')
})

it.each([
  ['一句话分成\n三行来写，\n中间没有空格', '一句话分成三行来写，中间没有空格'],
  ['从“流量”\n到产业……\n再回来', '从“流量”到产业……再回来'],
  ['**粗**\n细', '<strong>粗</strong>细'],
  ['用`代码`\n写', '用<code>代码</code>写'],
  ['一\n<b>二</b>', '一<b>二</b>'],
  ['中文\nEnglish\n中文', '中文\nEnglish\n中文'],
  ['one “two”\n“three” four', 'one “two”\n“three” four'],
  ['한국어\n한국어', '한국어\n한국어'],
  ['一\\\n二', '一<br>\n二'],
])('lines of one sentence join as their language does: %s', (source, html) => {
  expect(chinese.renderInline(source)).toBe(html)
})

it('the rules read slides in the same way, and keep their lines', () => {
  const slide = { content: '# **“一”**二\n\n一句\n两行\n\n[三](/a)\n四', contentLine: 10 }
  expect(headings(slide)).toEqual([{ line: 10, level: 1, text: '“一”二' }])
  expect(passages(slide).map(({ line, text }) => [line, text])).toEqual([[10, '“一”二'], [12, '一句'], [13, '两行'], [15, '三'], [16, '四']])
})
