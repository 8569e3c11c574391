import { headlines, withoutComments } from 'slidev-addon-deck/markup'
import { on, slides } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

export default defineRule({
  id: 'headline',
  level: 'error',
  describe: 'Every slide has exactly one level-one heading, and it comes first.',
  places: slides,
  findings(slide) {
    const [first, ...more] = headlines(slide)
    if (!first) return [on(slide, slide.line, 'The slide has no headline: begin it with "# " and a full sentence.')]
    const before = withoutComments(slide.content).split('\n').slice(0, first.line - slide.contentLine)
    const late = before.some(line => line.trim())
    return [
      ...first.text === '' ? [on(slide, first.line, 'The headline is empty: write a full sentence after "# ".')] : [],
      ...late ? [on(slide, first.line, 'Something stands before the headline: move the line with "# " to the top of the slide.')] : [],
      ...more.map(({ line }) => on(slide, line, `The slide has a second headline, after that in line ${first.line}: keep one, make this "## " or a slide of its own.`)),
    ]
  },
})
