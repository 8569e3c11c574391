import { defineRule } from '../rule.ts'
import { onKey, slides, show } from './places.ts'

const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

export default defineRule({
  id: 'slide-id',
  group: 'prose',
  level: 'error',
  describe: 'Every slide has a routeAlias in kebab case.',
  places: slides,
  findings(slide) {
    const id = slide.frontmatter.routeAlias
    if (id === undefined || id === null) return [onKey(slide, 'routeAlias', 'The slide has no id: add "routeAlias: some-name" to its frontmatter.')]
    if (typeof id === 'string' && KEBAB.test(id)) return []
    return [onKey(slide, 'routeAlias', `${show(id)} is no slide id: write routeAlias in kebab-case, beginning with a letter, like "traffic-shift".`)]
  },
})
