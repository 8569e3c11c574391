// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { broughtBy, changeBetween } from './changes.ts'

function drawing(content: string): SVGSVGElement {
  document.body.innerHTML = `<svg>${content}</svg>`
  const svg = document.querySelector('svg')
  if (!svg) throw new Error('There is no drawing.')
  return svg
}

const label = (text: string) => `<text>${text.split('\n').map(row => `<tspan>${row}</tspan>`).join('')}</text>`
const node = (id: string, text: string, x: number, y: number, data = '') =>
  `<g class="node" data-node="${id}" ${data}><rect class="shape" x="${x}" y="${y}" width="100" height="50"/>${text ? label(text) : ''}</g>`
const frame = (text: string, y: number) => `<g class="group" data-node="industry"><rect class="shape" x="0" y="${y}" width="900" height="200"/>${label(text)}</g>`

const before = (text: (zh: string, en: string) => string) => drawing(frame(text('产业', 'Industry'), 200) + node('firm', text('互联网\n公司', 'Internet\nfirm'), 400, 0) + node('m', text('制造', 'Making'), 200, 250, `data-within="${text('产业', 'Industry')}"`))
const inside = (text: (zh: string, en: string) => string) =>
  `data-within="${text('产业', 'Industry')}" data-after="${text('制造', 'Making')}" data-before="${text('流通', 'Delivery')}"`

it.each([
  ['zh', '互联网 公司现在在产业里，在制造和流通之间'],
  ['en', 'Internet firm is now in Industry, between Making and Delivery'],
] as const)('says in %s what moved where, and what is new to read', (language, sentence) => {
  const text = (zh: string, en: string) => language === 'zh' ? zh : en
  const from = before(text)
  // Its neighbour stands where it stood, beside somebody else: that is not said.
  const to = drawing(frame(text('产业', 'Industry'), 200) + node('was', '', 400, 0) + node('firm', text('互联网\n公司', 'Internet\nfirm'), 400, 250, inside(text))
    + node('m', text('制造', 'Making'), 200, 250, `data-within="${text('产业', 'Industry')}" data-before="x"`)
    + node('heirs', text('新技术', 'Heirs'), 0, 0) + node('later', 'later', 0, 0, 'data-step="1"'))
  expect(changeBetween(from, to, language)).toEqual([sentence, text('新技术', 'Heirs')])
})

it('takes the innermost group that a node lies in, where the drawing does not say', () => {
  const from = drawing(frame('Industry', 200) + node('firm', 'Firm', 400, 0))
  const to = drawing(frame('Industry', 200) + node('firm', 'Firm', 400, 250))
  expect(changeBetween(from, to, 'en')).toEqual(['Firm is now in Industry'])
  expect(changeBetween(to, from, 'en')).toEqual(['Firm is no longer in Industry'])
  expect(changeBetween(to, from, 'zh')).toEqual(['Firm不再在Industry里'])
})

it('says nothing where nothing has changed', () => {
  const same = () => drawing(frame('Industry', 200) + node('firm', 'Firm', 400, 0))
  expect(changeBetween(same(), same(), 'en')).toEqual([])
})

it.each([
  ['zh', '供方连到制造、流通 环节'],
  ['en', '供方 connects to 制造, 流通 环节'],
] as const)('says in %s what a step brings: its labels, else what its edges connect', (language, connected) => {
  const edge = (from: string, to: string, content = '') => `<g class="edge" data-step="2" data-from="${from}" data-to="${to}"><path/>${content}</g>`
  const nodes = node('s', '供方', 0, 0) + node('m', '制造', 200, 0) + node('d', '流通\n环节', 400, 0, 'data-step="1"') + node('bare', '', 600, 0)
  const edges = drawing(nodes + edge('s', 'm') + edge('s', 'd') + edge('s', 'bare'))
  expect([0, 1, 2, 3].map(step => broughtBy(step, edges, language))).toEqual([[], ['流通 环节'], [connected], []])
  expect(broughtBy(2, drawing(nodes + edge('s', 'm') + edge('s', 'd', label('驱\n动'))), language)).toEqual(['驱 动'])
})
