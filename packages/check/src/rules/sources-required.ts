import { defineRule } from '../rule.ts'
import { onKey } from './places.ts'

export default defineRule({
  id: 'sources-required',
  group: 'sources',
  level: 'error',
  describe: 'Every slide names what it rests on, but those of the layouts that deck.config.ts frees.',
  places: ({ slides, project: { config } }) => slides.filter(slide => !config.sources?.freeLayouts?.includes(slide.layout)),
  findings(slide, { project: { config } }) {
    const { sources } = slide.frontmatter
    if (sources !== undefined && sources !== null && !(Array.isArray(sources) && sources.length === 0)) return []
    return [onKey(slide, 'sources', `The slide does not say what it rests on: add "sources: [${config.sources?.paragraphs[0] ?? ''}]" with its numbers to the frontmatter.`)]
  },
})
