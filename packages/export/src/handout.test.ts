import type { Deck, DeckSlide } from 'slidev-addon-deck/deck'
import { expect, it } from 'vitest'
import { handoutHtml } from './handout.ts'

it('has the notes formatted, with a mark where the speaker clicks', () => {
  const slide: DeckSlide = { no: 1, id: 'one', headline: '一', layout: '', chapter: '', file: 'slides.md', line: 1, contentLine: 1, frontmatter: {}, content: '# 一', note: '先**“看”**，\n再\n\n- 说\n\n[click] 完' }
  const edition = { language: 'zh', words: 'zh' as const, name: '中文', lang: 'zh-CN', entry: 'slides.md', folder: '' }
  const deck: Deck = { project: { root: '/', name: 'deck', config: {}, editions: [edition] }, edition, entry: 'slides.md', headmatter: {}, slides: [slide] }
  expect(handoutHtml(deck, [slide], { title: 'T', author: '', subject: '', keywords: [], lang: 'zh-CN' }).replaceAll('\n', ''))
    .toContain('<div class="handout-narration"><p>先<strong>“看”</strong>，再</p><ul><li>说</li></ul><p><span class="click" aria-hidden="true"></span>完</p></div>')
})
