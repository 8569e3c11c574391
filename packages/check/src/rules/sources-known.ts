import { isParagraph } from 'slidev-addon-deck/paragraphs'
import { onKey, show, slides } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

export default defineRule({
  id: 'sources-known',
  level: 'error',
  describe: 'Sources are a list of paragraph numbers of the essay, each named once.',
  places: deck => slides(deck).filter(({ frontmatter }) => frontmatter.sources !== undefined && frontmatter.sources !== null),
  findings(slide) {
    const sources: unknown = slide.frontmatter.sources
    if (!Array.isArray(sources)) {
      return [onKey(slide, 'sources', `sources is ${show(sources)}, not a list: write "sources: [T1.1, T1.4]".`)]
    }
    const names: unknown[] = sources
    const unknown = names.filter(name => !isParagraph(name))
    const twice = [...new Set(names.filter((name, i) => isParagraph(name) && names.indexOf(name) < i))]
    return [
      ...unknown.map(name => onKey(slide, 'sources', `${show(name)} is no paragraph of the essay: write one of F0.1 to F2.8 or T0.1 to T4.4.`)),
      ...twice.map(name => onKey(slide, 'sources', `${show(name)} stands twice in sources: name it once.`)),
    ]
  },
})
