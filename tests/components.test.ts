// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import axe from 'axe-core'
import { afterEach, describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import Callout from '../components/Callout.vue'
import DeckLink from '../components/DeckLink.vue'
import Glossary from '../components/Glossary.vue'
import Ground from '../components/Ground.vue'
import Mark from '../components/Mark.vue'
import SourceIndex from '../components/SourceIndex.vue'
import Strip from '../components/Strip.vue'
import Term from '../components/Term.vue'
import Thesis from '../components/Thesis.vue'
import type { Language } from 'slidev-addon-deck/editions'
import { glossary } from '../talk/glossary.ts'
import { calloutKinds, labels as talkLabels } from '../talk/labels.ts'
import { parts } from '../talk/paragraphs.ts'
import { talk } from './helpers/talk.ts'

const languages: Language[] = ['zh', 'en']

function show(component: Component, props: Record<string, unknown> = {}, slot?: string) {
  return mount(component, {
    props,
    ...(slot === undefined ? {} : { slots: { default: slot } }),
    global: { directives: { click: {} }, stubs: { Link: { props: ['to'], template: '<a :href="`/${to}`"><slot /></a>' } } },
    attachTo: document.body,
  })
}

/** What axe finds in a rendered component; jsdom has no layout, so contrast is judged on the rendered deck. */
async function violations(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, { rules: { 'color-contrast': { enabled: false }, 'region': { enabled: false } } })
  return violations.map(({ id }) => id)
}

afterEach(() => {
  document.body.innerHTML = ''
  Object.assign(talk, { language: 'zh', edition: 'zh' })
  delete talk.address
  delete talk.pdf
  delete talk.card
})

it('axe sees a fault where there is one', async () => {
  document.body.innerHTML = '<main><img src="x.png"></main>'
  expect(await violations(document.body)).toContain('image-alt')
})

describe.each(languages)('in %s', (language) => {
  const labels = talkLabels[language]
  const set = () => { Object.assign(talk, { language, edition: language }) }

  it.each(calloutKinds)('Callout %s bears its label', async (kind) => {
    set()
    const callout = show(Callout, { kind }, 'text')
    expect(callout.text()).toContain(labels.callout[kind])
    expect(callout.classes()).toContain(kind)
    expect(await violations(callout.element)).toEqual([])
  })

  it.each([1, 2, 3, 4] as const)('Thesis %i shows its numeral and its place in the compass', async (no) => {
    set()
    const thesis = show(Thesis, { no }, 'sentence')
    expect(thesis.find('.numeral').text()).toBe(String(no))
    expect(thesis.find('[aria-current]').text()).toBe(labels.aspects[no - 1])
    expect(thesis.findAll('.past')).toHaveLength(no - 1)
    expect(await violations(thesis.element)).toEqual([])
  })

  it.each([1, 2, 3, 4] as const)('Mark %i shows its number and its word', async (no) => {
    set()
    const mark = show(Mark, { no, side: 'new' })
    expect(mark.text()).toBe(`${no} ${labels.aspects[no - 1]}`)
    expect(mark.classes()).toContain('new')
    expect(show(Mark, { no }).classes()).not.toContain('new')
    expect(await violations(mark.element)).toEqual([])
  })

  it('Term gives the word and, as its description, the translation in its own language', async () => {
    set()
    const term = show(Term, { id: 'industrial-internet' })
    const word = term.find('dfn')
    const tip = term.find('[role=tooltip]')
    expect(word.text()).toBe(glossary['industrial-internet'].words[language])
    expect(word.attributes('aria-describedby')).toBe(tip.attributes('id'))
    expect(tip.text()).toBe(glossary['industrial-internet'].words[language === 'zh' ? 'en' : 'zh'])
    expect(tip.attributes('lang')).not.toBe(language)
    expect(await violations(term.element)).toEqual([])
  })

  it('Glossary lists every term once in both languages', async () => {
    set()
    const list = show(Glossary)
    expect(list.findAll('dt').map(dt => dt.text())).toEqual(Object.values(glossary).map(entry => entry.words[language]))
    expect(await violations(list.element)).toEqual([])
  })

  it('SourceIndex lists each paragraph with its slides', async () => {
    set()
    const index = show(SourceIndex)
    expect(index.findAll('tr').map(tr => tr.text())).toEqual([`${parts.F[language]} F0F0.2 2`, `${parts.T[language]} T0T0.1 2`])
    expect(await violations(index.element)).toEqual([])
  })

  it('DeckLink shows link and QR code only where an address is set', async () => {
    set()
    expect(show(DeckLink).find('a').exists()).toBe(false)
    talk.address = 'https://talk.example/'
    talk.pdf = 'https://talk.example/deck.pdf'
    talk.card = 'https://talk.example/deck.card.pdf'
    const link = show(DeckLink)
    expect(link.findAll('a').map(a => a.attributes('href'))).toEqual([talk.address, talk.pdf, talk.card])
    expect(link.find('svg').attributes('aria-label')).toBe(labels.qr)
    expect(await violations(link.element)).toEqual([])
  })
})

it('Callout of an unknown kind is an error that names the kinds', () => {
  expect(() => show(Callout, { kind: 'warning' }, 'text')).toThrow(/warning.*takeaway, question, caution, evidence/)
})

it('Strip shows its cells in order, what each of them is and what leads to it', async () => {
  const strip = show(Strip, { chain: 'supply > our firm ? [you] | {?}' })
  expect(strip.findAll('li').map(cell => [cell.get('.cell').text(), ...cell.classes()])).toEqual([
    ['supply', 'plain', 'by-none'], ['our firm', 'plain', 'by-arrow'], ['you', 'filled', 'by-open'], ['?', 'open', 'by-none'],
  ])
  expect(strip.findAll('.link').map(link => link.text())).toEqual(['', '?', ''])
  expect(await violations(strip.element)).toEqual([])
})

it.each(['', 'a > ', '> a', 'a > > b', 'a > [] > b'])('Strip of an empty cell is an error that says so: “%s”', (chain) => {
  expect(() => show(Strip, { chain })).toThrow(/empty cell/)
})

it('Ground has its cells above their base', async () => {
  const ground = show(Ground, { chain: 'supply > [firm]', base: 'base' })
  expect(ground.findAll('.cell, .base').map(part => part.text())).toEqual(['supply', 'firm', 'base'])
  expect(await violations(ground.element)).toEqual([])
})
