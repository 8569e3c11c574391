import { labelsOf, shownFences } from '../labels.ts'
import type { Rule } from '../rule.ts'

const counted = (texts: readonly string[]) => texts.reduce((counts, text) => counts.set(text, (counts.get(text) ?? 0) + 1), new Map<string, number>())

/** Every Mermaid fence of the source is a drawing with all its labels that are due at this click, none too early, and a text alternative. */
export const diagramDrawn: Rule = {
  id: 'diagram-drawn',
  inspect({ edition, slide, snapshot, click }) {
    const fences = shownFences(slide, click)
    const findings: string[] = []
    if (snapshot.diagrams.length !== fences.length) findings.push(`the source has ${fences.length} diagrams, the slide ${snapshot.diagrams.length}`)
    for (const [i, { fence, clicksBefore }] of fences.entries()) {
      const drawn = snapshot.diagrams[i]
      if (!drawn) continue
      if (drawn.role !== 'img') findings.push(`diagram ${i + 1} has the role “${drawn.role}”, not img`)
      if (!drawn.name) findings.push(`diagram ${i + 1} has no accessible name`)
      if (!drawn.description) findings.push(`diagram ${i + 1} has no accessible description`)
      if (drawn.paintedShapes === 0) findings.push(`diagram ${i + 1} paints no shape`)
      const labels = labelsOf(fence, edition.marks ?? [])
      const due = counted(labels.filter(({ step }) => step <= Math.max(0, click - clicksBefore)).map(({ text }) => text))
      const visible = counted(drawn.labels)
      for (const text of new Set([...labels.map(label => label.text), ...drawn.labels])) {
        const [wanted, shown] = [due.get(text) ?? 0, visible.get(text) ?? 0]
        if (wanted !== shown) findings.push(`the label “${text}” shows ${shown} times, ${wanted} due`)
      }
    }
    return { looked: fences.length, findings }
  },
}
