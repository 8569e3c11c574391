import type { Deck, DeckSlide } from 'slidev-addon-deck/deck'
import type { DeckConfig } from 'slidev-addon-deck'
import { expect, it } from 'vitest'
import { cardPdf, deckPdf, handoutPdf } from './documents.ts'

function deckOf(slides: readonly Partial<DeckSlide>[], { headmatter = {}, config = {} }: { headmatter?: Record<string, unknown>, config?: DeckConfig } = {}): Deck {
  const edition = { language: 'en', words: 'en', name: 'English', lang: 'en-GB', entry: 'slides.md', folder: '' } as const
  return {
    project: { root: '/talk', name: 'my-talk', config, editions: [edition] },
    edition,
    entry: 'slides.md',
    headmatter,
    slides: slides.map((slide, i): DeckSlide => ({ no: i + 1, id: '', headline: '', layout: '', chapter: '', file: 'slides.md', line: 1, contentLine: 1, frontmatter: {}, content: '', note: '', ...slide })),
  }
}

it('names pages and bookmarks of a deck that says nothing of itself', () => {
  const deck = deckOf([{}, { headline: 'Second' }, { frontmatter: { title: 'Third' } }])
  const { about, pages, bookmarks, titled, fonts } = deckPdf(deck, deck.slides, [1, 2, 3], false)
  expect(about).toEqual({ title: 'my-talk', author: '', subject: '', keywords: [], lang: 'en-GB' })
  expect(pages[1]).toEqual({ label: 2, name: 'Slide 2' })
  expect(bookmarks).toEqual(['Slide 1', 'Second', 'Third'].map((title, page) => ({ title, page, kids: [] })))
  expect(titled).toBe(true)
  expect(fonts).toBeUndefined()
})

it('puts slides below their chapters, and labels clicks', () => {
  const deck = deckOf([{ headline: 'A', layout: 'default' }, { headline: 'B', chapter: 'One', id: 'b' }, { headline: 'C', chapter: 'One' }, { headline: 'D' }], {
    headmatter: { title: 'T', info: '## Of\n[this](https://example.com)', keywords: 'x, y' },
    config: { fonts: { en: { display: [{ package: '@fontsource/lora', subset: 'latin' }], text: [{ package: '@fontsource/inter', subset: 'latin' }] } } },
  })
  const { about, pages, bookmarks, titled, fonts } = deckPdf(deck, deck.slides.slice(1), [2, 2, 3, 4], true)
  expect(about).toMatchObject({ title: 'T', subject: 'Of this', keywords: ['x', 'y'] })
  expect(pages.map(({ label }) => label)).toEqual(['2.0', '2.1', '3.0', '4.0'])
  expect(pages[0]?.name).toBe('Slide 2 (b)')
  expect(bookmarks).toEqual([
    { title: 'One', page: 0, kids: [{ title: 'B', page: 0, kids: [] }, { title: 'C', page: 2, kids: [] }] },
    { title: 'D', page: 3, kids: [] },
  ])
  expect(titled).toBe(false)
  expect(fonts).toEqual(['lora', 'inter', 'inter'])
})

it('says in a handout what is spoken, and sources where the deck has a scheme of them', () => {
  const slides = [{ headline: 'A', note: 'Hello.', frontmatter: { minutes: 1.6, sources: ['P1'] } }]
  const deck = deckOf(slides)
  const { about, pages, bookmarks, html = '' } = handoutPdf(deck, deck.slides)
  expect(about.title).toBe('A · Handout')
  expect(pages).toHaveLength(3)
  expect(bookmarks.map(({ page }) => page)).toEqual([0, 1, 2])
  expect(html).toContain('<p class="handout-size">1 slide, 2 minutes</p>')
  expect(html).toContain('<li><a href="#handout-3"><span class="no">1</span><span class="headline">A</span>')
  expect(html).toContain('<div class="handout-picture" data-slide="1"></div><div class="handout-narration"><p>Hello.</p>\n</div><div class="handout-foot"')
  const sourced = deckOf(slides, { config: { sources: { paragraphs: ['P1'], hint: 'P1', parts: {} } } })
  expect(handoutPdf(sourced, sourced.slides).html).toContain('<p class="handout-sources">Source P1</p>')
})

it('names in a handout the file of the deck’s card', () => {
  const deck = deckOf([{ headline: 'A' }])
  expect(handoutPdf(deck, deck.slides).html).not.toContain('card')
  expect(handoutPdf({ ...deck, card: { file: 'card.md', markdown: '' } }, deck.slides).html).toContain('<p class="handout-card">One page to take along: my-talk.card.pdf</p>')
})

it('makes of a card one page that says what it is', () => {
  const card = { file: 'card.md', markdown: '# Q & A\n\nMark it.\n\n- Old\n- New\n\n## **One** Who <b>comes</b>?\n\n- None\n- All\n' }
  const { about, pages, html } = cardPdf(deckOf([{ headline: 'A' }]), card)
  expect(about.title).toBe('A · Q & A')
  expect(pages).toEqual([{ label: 1, name: 'card.md' }])
  expect(html).toContain('<h2><strong>One</strong> Who &lt;b&gt;comes&lt;/b&gt;?</h2><div class="card-row"><ul class="card-ends"><li>None</li><li>All</li></ul>')
})

it('marks in a handout where the speaker clicks and where a chapter opens, and takes text as text', () => {
  const deck = deckOf([{ headline: 'A < B', chapter: 'One', note: '[click] First [click:2] second.' }, { chapter: 'One' }])
  const { html = '' } = handoutPdf(deck, deck.slides)
  const click = '<span class="click" aria-hidden="true"></span>'
  expect(html).toContain(`<p>${click}First ${click}second.</p>`)
  expect(html.match(/class="opens"><span class="chapter">One/g)).toHaveLength(1)
  expect(html).toContain('A &lt; B')
})
