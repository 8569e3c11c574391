import { editions } from 'slidev-addon-deck/editions'
import { onKey, slides, show } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

/** What a build puts beside the slides' folders (scripts/site), and Slidev's own addresses. */
const TAKEN = ['assets', 'entry', 'export', 'fonts', 'icons', 'notes', 'notes-edit', 'overview', 'presenter', 'print', 'read', ...editions.map(({ folder }) => folder)]

const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

export default defineRule({
  id: 'slide-id',
  level: 'error',
  describe: 'Every slide has a routeAlias in kebab case that no other slide has.',
  places: slides,
  findings(slide, deck) {
    const id = slide.frontmatter.routeAlias
    if (id === undefined || id === null) {
      return [onKey(slide, 'routeAlias', 'The slide has no id: add "routeAlias: some-name" to its frontmatter.')]
    }
    if (typeof id !== 'string' || !KEBAB.test(id)) {
      return [onKey(slide, 'routeAlias', `${show(id)} is no slide id: write routeAlias in kebab-case, beginning with a letter, like "traffic-shift".`)]
    }
    if (TAKEN.includes(id)) return [onKey(slide, 'routeAlias', `/${id}/ is an address of the build's own: choose another id.`)]
    const first = deck.slides.find(other => other.frontmatter.routeAlias === id)
    if (!first || first === slide) return []
    return [onKey(slide, 'routeAlias', `The id "${id}" is taken by the slide at ${first.file}:${first.line}: rename one of them.`)]
  },
})
