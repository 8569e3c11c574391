import { defineRule, type Rules } from '../rule.ts'
import { onKey, show, slides } from './places.ts'

/** What a build puts beside the slides' folders, and Slidev's own addresses. */
const TAKEN = ['assets', 'entry', 'export', 'fonts', 'icons', 'notes', 'notes-edit', 'overview', 'presenter', 'print', 'read']

/** What stands in an address as it is written, and names a folder anywhere. */
const SOUND = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.~-]*$/u

const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

const isMissing = (value: unknown) => value === undefined || value === null

/** Rules about what slides say of themselves. */
export const frontmatterRules: Rules = {
  'slide-address': defineRule({
    group: 'always',
    level: 'error',
    describe: 'A routeAlias is an address that no other slide has, and none that the build needs.',
    places: deck => slides(deck).filter(({ frontmatter: { routeAlias } }) => !isMissing(routeAlias) && routeAlias !== ''),
    findings(slide, { slides, project: { editions } }) {
      const alias = String(slide.frontmatter.routeAlias)
      if (!SOUND.test(alias) || /^\d+$/.test(alias))
        return onKey(slide, 'routeAlias', `${show(slide.frontmatter.routeAlias)} is no address: write routeAlias in letters and hyphens, like "traffic-shift".`)
      if (TAKEN.includes(alias) || editions.some(({ folder }) => folder === alias))
        return onKey(slide, 'routeAlias', `/${alias}/ is an address of the build's own: choose another id.`)
      const first = slides.find(other => other.frontmatter.routeAlias === slide.frontmatter.routeAlias)
      if (first && first !== slide) return onKey(slide, 'routeAlias', `The id "${alias}" is taken by the slide at ${first.file}:${first.line}: rename one of them.`)
    },
  }),
  'slide-id': defineRule({
    group: 'prose',
    level: 'error',
    describe: 'Every slide has a routeAlias in kebab case.',
    places: slides,
    findings(slide) {
      const id = slide.frontmatter.routeAlias
      if (isMissing(id)) return onKey(slide, 'routeAlias', 'The slide has no id: add "routeAlias: some-name" to its frontmatter.')
      if (typeof id !== 'string' || !KEBAB.test(id))
        return onKey(slide, 'routeAlias', `${show(id)} is no slide id: write routeAlias in kebab-case, beginning with a letter, like "traffic-shift".`)
    },
  }),
  'layout-known': defineRule({
    group: 'prose',
    level: 'error',
    describe: 'A slide names one of the deck’s own layouts, or of its theme’s where it has none.',
    places: ({ slides, parts }) => parts.layouts.length > 0 ? slides : [],
    findings(slide, { parts: { layouts } }) {
      const { layout } = slide.frontmatter
      if (typeof layout === 'string' && layouts.includes(layout)) return
      return onKey(slide, 'layout', `${isMissing(layout) ? 'The slide names no layout' : `There is no layout ${show(layout)}`}: set "layout" to one of ${layouts.join(', ')}.`)
    },
  }),
  'sources-required': defineRule({
    group: 'sources',
    level: 'error',
    describe: 'Every slide names what it rests on, but those of the layouts that deck.config.ts frees.',
    places: ({ slides, project: { config } }) => slides.filter(slide => !config.sources?.freeLayouts?.includes(slide.layout)),
    findings(slide, { project: { config } }) {
      const { sources } = slide.frontmatter
      if (isMissing(sources) || (Array.isArray(sources) && sources.length === 0))
        return onKey(slide, 'sources', `The slide does not say what it rests on: add "sources: [${config.sources?.paragraphs[0] ?? ''}]" with its numbers to the frontmatter.`)
    },
  }),
  'sources-known': defineRule({
    group: 'sources',
    level: 'error',
    describe: 'Sources are a list of numbers that deck.config.ts has, each named once.',
    places: deck => slides(deck).filter(({ frontmatter }) => !isMissing(frontmatter.sources)),
    findings(slide, { project: { config } }) {
      const { paragraphs = [], hint = '' } = config.sources ?? {}
      const sources: unknown = slide.frontmatter.sources
      if (!Array.isArray(sources)) return onKey(slide, 'sources', `sources is ${show(sources)}, not a list: write "sources: [${paragraphs[0] ?? ''}]".`)
      const names: unknown[] = sources
      const isKnown = (name: unknown) => paragraphs.some(known => known === name)
      const twice = [...new Set(names.filter((name, i) => isKnown(name) && names.indexOf(name) < i))]
      return [
        ...names.filter(name => !isKnown(name)).map(name => onKey(slide, 'sources', typeof name === 'string' && /[，、；]/.test(name)
          ? `${show(name)} is one source with a full-width comma in it: separate sources by ", ".`
          : `There is no source ${show(name)}: write one of ${hint}.`)),
        ...twice.map(name => onKey(slide, 'sources', `${show(name)} stands twice in sources: name it once.`)),
      ]
    },
  }),
  'minutes-required': defineRule({
    group: 'minutes',
    level: 'error',
    describe: 'Every slide says how many minutes it takes, but those of the layouts that deck.config.ts calls unspoken.',
    places: slides,
    findings(slide, { project: { config } }) {
      const { minutes } = slide.frontmatter
      if (isMissing(minutes) && config.unspoken?.includes(slide.layout)) return
      if (isMissing(minutes)) return onKey(slide, 'minutes', 'The slide has no speaking time: add "minutes: 1" to its frontmatter.')
      if (typeof minutes !== 'number' || !Number.isFinite(minutes) || minutes < 0)
        return onKey(slide, 'minutes', `minutes is ${show(minutes)}: write a number of minutes from 0 up, like 1.25.`)
    },
  }),
}
