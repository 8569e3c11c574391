import { defineRule } from '../rule.ts'
import { onKey, show, slides } from './places.ts'

export default defineRule({
  id: 'sources-known',
  group: 'sources',
  level: 'error',
  describe: 'Sources are a list of numbers that deck.config.ts has, each named once.',
  places: deck => slides(deck).filter(({ frontmatter }) => frontmatter.sources !== undefined && frontmatter.sources !== null),
  findings(slide, { project: { config } }) {
    const { paragraphs = [], hint = '' } = config.sources ?? {}
    const sources: unknown = slide.frontmatter.sources
    if (!Array.isArray(sources)) {
      return [onKey(slide, 'sources', `sources is ${show(sources)}, not a list: write "sources: [${paragraphs[0] ?? ''}]".`)]
    }
    const names: unknown[] = sources
    const isKnown = (name: unknown) => paragraphs.some(known => known === name)
    const twice = [...new Set(names.filter((name, i) => isKnown(name) && names.indexOf(name) < i))]
    return [
      ...names.filter(name => !isKnown(name)).map(name => onKey(slide, 'sources', `There is no source ${show(name)}: write one of ${hint}.`)),
      ...twice.map(name => onKey(slide, 'sources', `${show(name)} stands twice in sources: name it once.`)),
    ]
  },
})
