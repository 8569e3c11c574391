import { quote, type Rule } from '../rule.ts'
import type { Box } from '../snapshot.ts'

/** How far two things may reach into each other unnoticed, in px. */
const SLACK = 1

function shared(a: Box, b: Box): { x: number, y: number } {
  return {
    x: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    y: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  }
}
const meet = (a: Box, b: Box) => shared(a, b).x > SLACK && shared(a, b).y > SLACK
const holds = (outer: Box, inner: Box) =>
  inner.x >= outer.x - SLACK && inner.y >= outer.y - SLACK && inner.x + inner.width <= outer.x + outer.width + SLACK && inner.y + inner.height <= outer.y + outer.height + SLACK
const contains = (box: Box, point: { x: number, y: number }) =>
  point.x > box.x + SLACK && point.x < box.x + box.width - SLACK && point.y > box.y + SLACK && point.y < box.y + box.height - SLACK

/** Texts, the footer and the parts of diagrams keep clear of one another; a label lies inside its own shape. */
export const overlap: Rule = {
  id: 'overlap',
  inspect({ snapshot }) {
    const { texts, boxes, shapes, labels } = snapshot
    const findings: string[] = []
    for (const [i, one] of texts.entries()) {
      if (one.coveredBy) findings.push(`${quote(one)}: covered by ${one.coveredBy}`)
      for (const other of texts.slice(i + 1)) {
        if (one.block !== other.block && one.lines.some(a => other.lines.some(b => meet(a, b)))) findings.push(`${quote(one)}: overlaps ${quote(other)}`)
      }
    }
    for (const text of texts.filter(each => each.inFooter)) {
      for (const box of boxes) if (!box.coversSlide && !box.isFooter && !box.containsFooter && !box.isDecoration && text.lines.some(line => meet(line, box.box))) findings.push(`${quote(text)}: the box ${box.path} reaches into the footer`)
      for (const shape of shapes) if (shape.hasPaint && !shape.isDecoration && text.lines.some(line => meet(line, shape.box))) findings.push(`${quote(text)}: the shape ${shape.path} reaches into the footer`)
    }
    for (const label of labels) {
      const isPill = label.part === 'pill'
      if (label.part && label.part !== 'edge' && label.isInside === false) findings.push(`label “${label.text}”: runs out of its ${label.part}`)
      for (const shape of shapes) {
        if (shape.group === label.group) continue
        if (shape.kind === 'shape') {
          // A group's frame holds the labels in it, but does not run through one; a pill has a ground of its own and may stand on lines.
          if (meet(label.box, shape.box) && !(shape.part === 'group' && (isPill || holds(shape.box, label.box)))) findings.push(`label “${label.text}”: reaches into ${shape.path}`)
        }
        else if (!isPill && shape.kind === 'line' && shape.points.some(point => contains(label.box, point))) findings.push(`label “${label.text}”: a line runs through it (${shape.path})`)
      }
    }
    return { looked: texts.length, findings: [...new Set(findings)] }
  },
}
