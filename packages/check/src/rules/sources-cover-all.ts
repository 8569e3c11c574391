import { defineRule } from '../rule.ts'
import { onHead } from './places.ts'

export default defineRule({
  id: 'sources-cover-all',
  group: 'sources',
  level: 'style',
  describe: 'Together the slides rest on every number that deck.config.ts has.',
  places: deck => [deck],
  findings(deck) {
    const named = new Set<unknown>(deck.slides.flatMap(({ frontmatter }) => frontmatter.sources))
    const missing = (deck.project.config.sources?.paragraphs ?? []).filter(paragraph => !named.has(paragraph))
    if (missing.length === 0) return []
    return [onHead(deck, 'src', `No slide rests on ${missing.join(', ')}: add ${missing.length > 1 ? 'them' : 'it'} to the sources of the slides that say it.`)]
  },
})
