import { isComponent, parseTags } from 'slidev-addon-deck/markup'
import { on, slides } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

export default defineRule({
  id: 'raw-html',
  level: 'error',
  describe: 'Slides are Markdown and components: no HTML tag, no style.',
  places: slides,
  findings(slide) {
    return parseTags(slide).filter(tag => tag.kind !== 'close').flatMap((tag) => {
      if (!isComponent(tag)) {
        return [on(slide, tag.line, `<${tag.name}> is raw HTML: write Markdown, or use a component; looks belong in layouts/ and styles/.`)]
      }
      const styled = tag.attributes.some(({ name }) => /^:?style$/.test(name))
      return styled ? [on(slide, tag.line, `<${tag.name}> has a style of its own: remove the attribute; looks belong in the component or in styles/.`)] : []
    })
  },
})
