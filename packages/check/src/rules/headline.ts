import { headlines, startsAbove } from 'slidev-addon-deck/markup'
import { defineRule } from '../rule.ts'
import { on, slides } from './places.ts'

export default defineRule({
  id: 'headline',
  group: 'prose',
  level: 'error',
  describe: 'Every slide has exactly one level-one heading, and it comes first.',
  places: slides,
  findings(slide) {
    const [first, ...more] = headlines(slide)
    if (!first) return [on(slide, slide.line, 'The slide has no headline: begin it with "# " and a full sentence.')]
    return [
      ...first.text === '' ? [on(slide, first.line, 'The headline is empty: write a full sentence after "# ".')] : [],
      ...startsAbove(slide, first.line) ? [on(slide, first.line, 'Something stands before the headline: move the line with "# " to the top of the slide.')] : [],
      ...more.map(({ line }) => on(slide, line, `The slide has a second headline, after that in line ${first.line}: keep one, make this "## " or a slide of its own.`)),
    ]
  },
})
