import { parseCard, type Ends } from 'slidev-addon-deck/card'
import type { CardSource } from 'slidev-addon-deck/deck'
import { escapeHtml } from 'slidev-addon-deck/html'

/** Five places to mark with a pen, and a line to write on. */
const ROOM = `<div class="card-scale" aria-hidden="true">${'<i></i>'.repeat(5)}</div><div class="card-line" aria-hidden="true"></div>`

/**
 * A card's page as HTML, laid out by card.css.
 * @param deckTitle stands above the card's own title.
 * @returns the page, and the card's title as plain text.
 * @throws DeckError with file and line where it is not written as a card is.
 */
export function cardHtml(source: CardSource, deckTitle: string): { name: string, html: string } {
  const { name, title, use, ends, questions, foot } = parseCard(source)
  const list = (kind: 'names' | 'ends', [old, now]: Ends) => `<ul class="card-${kind}"><li>${old}</li><li>${now}</li></ul>`
  const paragraphs = (texts: readonly string[]) => texts.map(text => `<p>${text}</p>`).join('')
  return {
    name,
    html: [
      `<section class="handout-page card" data-file="${escapeHtml(source.file)}"><p class="card-deck">${escapeHtml(deckTitle)}</p><h1>${title}</h1><div class="card-use">${paragraphs(use)}</div>`,
      `<div class="card-row">${list('names', ends)}<div class="card-arrow" aria-hidden="true"></div></div>`,
      ...questions.map(question => `<div class="card-question"><h2>${question.text}</h2><div class="card-row">${list('ends', question.ends)}${ROOM}</div></div>`),
      `<div class="card-foot">${paragraphs(foot)}</div></section>`,
    ].join(''),
  }
}
