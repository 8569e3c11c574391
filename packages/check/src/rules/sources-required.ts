import { onKey, slides } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

const withoutSources = new Set(['cover', 'closing', 'appendix'])

export default defineRule({
  id: 'sources-required',
  level: 'error',
  describe: 'Every slide but cover, closing and appendix names the paragraphs it rests on.',
  places: deck => slides(deck).filter(slide => !withoutSources.has(slide.layout)),
  findings(slide) {
    const { sources } = slide.frontmatter
    if (sources !== undefined && sources !== null && !(Array.isArray(sources) && sources.length === 0)) return []
    return [onKey(slide, 'sources', 'The slide does not say what it rests on: add "sources: [T1.1]" with its paragraph numbers to the frontmatter.')]
  },
})
