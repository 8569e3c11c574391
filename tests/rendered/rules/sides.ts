import { shownFences } from '../labels.ts'
import type { Rule } from '../rule.ts'

/** Old is dashed and new is solid, and each node stands on the side that its fence says. */
export const sides: Rule = {
  id: 'sides',
  inspect({ slide, snapshot, click }) {
    const strokes = snapshot.sides.flatMap(({ path, side, isDashed }) => isDashed === (side === 'old') ? [] : [`${path}: ${side}, but ${isDashed ? 'dashed' : 'solid'}`])
    const nodes = shownFences(slide, click).flatMap(({ fence }, i) => (snapshot.diagrams[i]?.nodes ?? []).flatMap(({ id, side }) => {
      const wanted = fence.marks[id]?.side ?? side
      return wanted === side ? [] : [`node ${id}: ${wanted} in the source, ${side || 'neutral'} in the drawing`]
    }))
    return { looked: snapshot.sides.length, findings: [...new Set([...strokes, ...nodes])] }
  },
}
