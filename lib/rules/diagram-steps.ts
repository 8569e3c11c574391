import { diagrams, on } from './places.ts'
import { defineRule } from './rule.ts'

export default defineRule({
  id: 'diagram-steps',
  level: 'error',
  describe: 'A diagram’s steps count up from step1 without a gap.',
  places: diagrams,
  findings({ slide, fence: { line, steps, stepsPresent } }) {
    const missing = Array.from({ length: steps }, (_, i) => i + 1).filter(step => !stepsPresent.includes(step))
    if (missing.length === 0) return []
    return [on(slide, line, `The diagram goes up to step${steps} without ${missing.map(step => `step${step}`).join(', ')}: a click would show nothing; number the steps from step1 without a gap.`)]
  },
})
