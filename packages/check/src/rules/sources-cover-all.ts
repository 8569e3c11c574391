import { paragraphs } from 'slidev-addon-deck/paragraphs'
import { onHead } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

export default defineRule({
  id: 'sources-cover-all',
  level: 'style',
  describe: 'Together the slides rest on every paragraph of the essay.',
  places: deck => [deck],
  findings(deck) {
    const named = new Set<unknown>(deck.slides.flatMap(({ frontmatter }) => frontmatter.sources))
    const missing = paragraphs.filter(paragraph => !named.has(paragraph))
    if (missing.length === 0) return []
    return [onHead(deck, 'src', `No slide rests on ${missing.join(', ')}: add ${missing.length > 1 ? 'them' : 'it'} to the sources of the slides that say it.`)]
  },
})
