import { glossary } from '../../../../talk/glossary.ts'
import { isComponent, parseTags, type Attribute, type Tag } from 'slidev-addon-deck/markup'
import { slideComponents, type Property } from 'slidev-addon-deck/slide-components'
import { on, show, slides } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

const known = Object.keys(slideComponents).map(name => `<${name}>`).join(', ')

/** What is wrong with an attribute, given the properties of its component. */
function wrongAttribute(tag: Tag, attribute: Attribute, properties: Readonly<Record<string, Property>>): string | undefined {
  const name = attribute.name.replace(/^:/, '')
  // Style belongs to the rule raw-html, a Callout's kind to callout-kind.
  if (name === 'style' || (tag.name === 'Callout' && name === 'kind')) return undefined
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (!property) {
    const names = Object.keys(properties)
    return `<${tag.name}> has no property ${show(attribute.name)}: ${names.length > 0 ? `it has ${names.join(', ')}` : 'it takes none'}.`
  }
  const asWritten = property.bound ? `:${name}` : name
  if (attribute.name !== asWritten || attribute.hasValue === Boolean(property.flag)) {
    return `<${tag.name}> has ${show(attribute.name)} written wrongly: write ${asWritten}${property.flag ? '' : '="…"'}.`
  }
  if (!property.flag && !attribute.value.trim()) return `<${tag.name}> has an empty ${name}: give it a value.`
  return undefined
}

/** What is wrong with a value that has the right form. */
function wrongValue({ name, attributes }: Tag): string | undefined {
  const value = (key: string) => attributes.find(attribute => attribute.name === key)?.value
  const [no, id] = [value(':no'), value('id')]
  if (name === 'Thesis' && no && !/^[1-4]$/.test(no)) return `There is no thesis ${show(no)}: write :no="1" to :no="4".`
  if (name === 'Term' && id && !Object.hasOwn(glossary, id)) return `The glossary has no term ${show(id)}: add it to lib/glossary.ts or correct the id.`
  return undefined
}

function wrongs(tag: Tag, tags: readonly Tag[]): string[] {
  if (tag.name === 'Diagram') return ['<Diagram> is made from fences only: write the diagram as a ```mermaid fence.']
  const properties = Object.hasOwn(slideComponents, tag.name) ? slideComponents[tag.name] : undefined
  if (!properties) return [`There is no component <${tag.name}>: use one of ${known}.`]
  const written = tag.attributes.map(({ name }) => name.replace(/^:/, ''))
  const missing = Object.entries(properties)
    .filter(([name, { required }]) => required && name !== 'kind' && !written.includes(name))
    .map(([name, { bound }]) => `<${tag.name}> lacks ${name}: add ${bound ? ':' : ''}${name}="…".`)
  const [opened, closed] = (['open', 'close'] as const)
    .map(kind => tags.filter(other => other.name === tag.name && other.kind === kind)) as [Tag[], Tag[]]
  const unclosed = tag.kind === 'open' && tag === opened[0] && opened.length !== closed.length
    ? [`<${tag.name}> is opened ${opened.length} and closed ${closed.length} times on this slide: close each with </${tag.name}> or write <${tag.name} … />.`]
    : []
  const value = wrongValue(tag)
  return [
    ...missing,
    ...tag.attributes.flatMap(attribute => wrongAttribute(tag, attribute, properties) ?? []),
    ...value ? [value] : [],
    ...unclosed,
  ]
}

export default defineRule({
  id: 'component-known',
  level: 'error',
  describe: 'Slides use the deck’s own components only, with the properties that these have.',
  places: deck => slides(deck).flatMap((slide) => {
    const tags = parseTags(slide)
    return tags.filter(tag => isComponent(tag) && tag.kind !== 'close').map(tag => ({ slide, tag, tags }))
  }),
  findings: ({ slide, tag, tags }) => wrongs(tag, tags).map(message => on(slide, tag.line, message)),
})
