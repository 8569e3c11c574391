import { isComponent, parseTags, type Attribute, type Tag } from 'slidev-addon-deck/markup'
import { propertyName, type Components, type Property } from '../parts.ts'
import { defineRule, type Rules } from '../rule.ts'
import { on, show } from './places.ts'

/** Slidev's own that prose has a use for. */
const builtIn = { 'v-click': {}, 'v-clicks': {} }

/** What is wrong with an attribute, given the properties of its component. */
function wrongAttribute(tag: Tag, attribute: Attribute, properties: Components[string]): string | undefined {
  // Style belongs to the rule raw-html.
  if (/^:?style$/.test(attribute.name)) return undefined
  const name = propertyName(attribute)
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (!property) {
    const names = Object.keys(properties)
    return `<${tag.name}> has no property ${show(attribute.name)}: ${names.length > 0 ? `it has ${names.join(', ')}` : 'it takes none'}.`
  }
  const { kind, choices } = property
  const isFlag = kind === 'flag'
  if (attribute.name.startsWith(':') !== (kind === 'value') || attribute.hasValue === isFlag)
    return `<${tag.name}> has ${show(attribute.name)} written wrongly: write ${written(name, property)}.`
  if (!isFlag && !attribute.value.trim()) return `<${tag.name}> has an empty ${name}: give it a value.`
  return choices && !choices.includes(attribute.value)
    ? `${show(attribute.value)} is no ${name} of <${tag.name}>: write ${written(name, property)} with one of ${choices.join(', ')}.`
    : undefined
}

/** How a property is written. */
const written = (name: string, { kind }: Property) => kind === 'flag' ? name : `${kind === 'value' ? ':' : ''}${name}="…"`

function wrongs(tag: Tag, tags: readonly Tag[], components: Components): string[] {
  const properties = Object.hasOwn(components, tag.name) ? components[tag.name] : undefined
  if (!properties) return [`There is no component <${tag.name}>: use one of ${Object.keys(components).map(name => `<${name}>`).join(', ')}.`]
  const given = tag.attributes.map(propertyName)
  const missing = Object.entries(properties)
    .filter(([name, { required }]) => required && !given.includes(name))
    .map(([name, property]) => `<${tag.name}> lacks ${name}: add ${written(name, property)}.`)
  const [opened, closed] = (['open', 'close'] as const)
    .map(kind => tags.filter(other => other.name === tag.name && other.kind === kind)) as [Tag[], Tag[]]
  const unclosed = tag.kind === 'open' && tag === opened[0] && opened.length !== closed.length
    ? [`<${tag.name}> is opened ${opened.length} and closed ${closed.length} times on this slide: close each with </${tag.name}> or write <${tag.name} … />.`]
    : []
  return [...missing, ...tag.attributes.flatMap(attribute => wrongAttribute(tag, attribute, properties) ?? []), ...unclosed]
}

/** Rules about components and HTML. */
export const tagRules: Rules = {
  'component-known': defineRule({
    group: 'prose',
    level: 'error',
    describe: 'Slides use the deck’s own components only, with properties and values that these have.',
    places: ({ slides, parts }) => parts.components === undefined
      ? []
      : slides.flatMap((slide) => {
          const tags = parseTags(slide)
          return tags.filter(tag => isComponent(tag) && tag.kind !== 'close').map(tag => ({ slide, tag, tags }))
        }),
    findings: ({ slide, tag, tags }, { parts }) => wrongs(tag, tags, { ...parts.components, ...builtIn }).map(message => on(slide, tag.line, message)),
  }),
  'raw-html': defineRule({
    group: 'prose',
    level: 'error',
    describe: 'Slides are Markdown and components: no HTML tag, no style.',
    places: ({ slides }) => slides.flatMap(slide => parseTags(slide).filter(tag => tag.kind !== 'close').map(tag => ({ slide, tag }))),
    findings({ slide, tag }) {
      if (!isComponent(tag)) return on(slide, tag.line, `<${tag.name}> is raw HTML: write Markdown, or use a component; looks belong in layouts/ and styles/.`)
      if (tag.attributes.some(({ name }) => /^:?style$/.test(name)))
        return on(slide, tag.line, `<${tag.name}> has a style of its own: remove the attribute; looks belong in the component or in styles/.`)
    },
  }),
}
