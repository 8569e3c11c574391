import { defineRule } from '../rule.ts'
import { onKey, show, slides } from './places.ts'

/** What a build puts beside the slides' folders, and Slidev's own addresses. */
const TAKEN = ['assets', 'entry', 'export', 'fonts', 'icons', 'notes', 'notes-edit', 'overview', 'presenter', 'print', 'read']

/** What stands in an address as it is written, and names a folder anywhere. */
const SOUND = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.~-]*$/u

export default defineRule({
  id: 'slide-address',
  group: 'always',
  level: 'error',
  describe: 'A routeAlias is an address that no other slide has, and none that the build needs.',
  places: deck => slides(deck).filter(({ frontmatter: { routeAlias } }) => routeAlias !== undefined && routeAlias !== null && routeAlias !== ''),
  findings(slide, { slides, project: { editions } }) {
    const alias = String(slide.frontmatter.routeAlias)
    const wrong = (message: string) => [onKey(slide, 'routeAlias', message)]
    if (!SOUND.test(alias) || /^\d+$/.test(alias)) return wrong(`${show(slide.frontmatter.routeAlias)} is no address: write routeAlias in letters and hyphens, like "traffic-shift".`)
    if (TAKEN.includes(alias) || editions.some(({ folder }) => folder === alias)) return wrong(`/${alias}/ is an address of the build's own: choose another id.`)
    const first = slides.find(other => other.frontmatter.routeAlias === slide.frontmatter.routeAlias)
    return !first || first === slide ? [] : wrong(`The id "${alias}" is taken by the slide at ${first.file}:${first.line}: rename one of them.`)
  },
})
