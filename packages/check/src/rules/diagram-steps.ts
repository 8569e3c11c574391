import { defineRule } from '../rule.ts'
import { diagrams, on } from './places.ts'

export default defineRule({
  id: 'diagram-steps',
  group: 'always',
  level: 'error',
  describe: 'A diagram’s steps count up from step1 without a gap.',
  places: diagrams,
  findings({ slide, fence: { line, steps, stepsPresent } }) {
    // They ascend: the first that is not its place's number has a gap before it.
    const gap = stepsPresent.findIndex((step, i) => step !== i + 1)
    if (gap < 0) return []
    return [on(slide, line, `The diagram goes up to step${steps} without step${gap + 1}: a click would show nothing; number the steps from step1 without a gap.`)]
  },
})
