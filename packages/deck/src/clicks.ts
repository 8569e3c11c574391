import { parseFences } from './fences.ts'
import { isDiagram, parseTags, prose, type Markup, type Tag } from './markup.ts'

/** Components that take a click: always, or where they bear a property. */
export type ClickComponents = Readonly<Record<string, string | true>>

const LIST_ITEM = /^(\s*)(?:[-*+]|\d+[.)])\s/

/** Clicks of a `<v-clicks>`: one for each item of its list, without one for each block in it. */
function clicksInside(text: string): number {
  const indents = text.split('\n').flatMap(line => LIST_ITEM.exec(line)?.[1]?.length ?? [])
  if (indents.length > 0) return indents.filter(indent => indent === Math.min(...indents)).length
  return text.split(/\n\s*\n/).filter(block => block.trim()).length
}

/** Clicks that a tag adds by itself. */
function clicksOfTag(tag: Tag, tags: readonly Tag[], text: string, components: ClickComponents): number {
  if (tag.kind === 'close') return 0
  if (tag.name === 'v-click') return 1
  const property = Object.hasOwn(components, tag.name) ? components[tag.name] : undefined
  if (property !== undefined) return property === true || tag.attributes.some(({ name }) => name === property) ? 1 : 0
  if (tag.name !== 'v-clicks') return 0
  const end = tags.find(other => other.start > tag.start && other.kind === 'close' && other.name === tag.name)
  return clicksInside(text.slice(tag.end, end?.start))
}

/**
 * How many clicks a slide takes, from its source: a diagram's highest step, one for each `v-click`,
 * one for each list item of `v-clicks`, and those of the deck's own components.
 */
export function clicksOf(slide: Markup, components: ClickComponents = {}): number {
  const tags = parseTags(slide)
  const text = prose(slide)
  const steps = parseFences(slide.content, slide.contentLine).filter(isDiagram).map(fence => fence.steps)
  return [...steps, ...tags.map(tag => clicksOfTag(tag, tags, text, components))].reduce((sum, clicks) => sum + clicks, 0)
}
