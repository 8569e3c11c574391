import { isComponent, parseTags } from 'slidev-addon-deck/markup'
import { defineRule } from '../rule.ts'
import { on } from './places.ts'

export default defineRule({
  id: 'raw-html',
  group: 'prose',
  level: 'error',
  describe: 'Slides are Markdown and components: no HTML tag, no style.',
  places: ({ slides }) => slides.flatMap(slide => parseTags(slide).filter(tag => tag.kind !== 'close').map(tag => ({ slide, tag }))),
  findings({ slide, tag }) {
    if (!isComponent(tag)) return [on(slide, tag.line, `<${tag.name}> is raw HTML: write Markdown, or use a component; looks belong in layouts/ and styles/.`)]
    const styled = tag.attributes.some(({ name }) => /^:?style$/.test(name))
    return styled ? [on(slide, tag.line, `<${tag.name}> has a style of its own: remove the attribute; looks belong in the component or in styles/.`)] : []
  },
})
