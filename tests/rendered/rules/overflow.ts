import { EDGE } from '../limits.ts'
import { quote, type Rule } from '../rule.ts'
import type { Box } from '../snapshot.ts'

const MAX_HEADLINE_LINES = 2
/** Rounding of positions, in px. */
const SLACK = 0.6
const LONE_HAN = /^\p{Script=Han}$/u
const ANY_HAN = /\p{Script=Han}/u

/** Nothing runs out of the slide, its margin, its box or an ancestor that cuts it; lines break as they should. */
export const overflow: Rule = {
  id: 'overflow',
  inspect({ snapshot }) {
    const { width, height, texts, blocks, boxes, shapes } = snapshot
    const findings: string[] = []
    const nearest = (box: Box) => Math.min(box.x, box.y, width - box.x - box.width, height - box.y - box.height)
    const place = (what: string, box: Box, cutBy: string | undefined) => {
      const distance = nearest(box)
      if (distance < EDGE - SLACK) findings.push(`${what}: ${distance < 0 ? `${-distance} px outside the slide` : `${distance} px from an edge, at least ${EDGE}`}`)
      if (cutBy) findings.push(`${what}: cut off by ${cutBy}`)
    }
    for (const text of texts) {
      const what = quote(text)
      for (const line of text.lines) {
        place(what, line, text.cutBy)
        const own = text.blockBox
        if (!own) continue
        const out = Math.max(own.x - line.x, line.x + line.width - own.x - own.width, own.y - line.y, line.y + line.height - own.y - own.height)
        if (out > 1.5) findings.push(`${what}: runs ${Math.round(out)} px out of its box`)
      }
    }
    for (const box of boxes) if (!box.coversSlide && !box.isDecoration) place(`box ${box.path}`, box.box, box.cutBy)
    for (const shape of shapes) if (shape.hasPaint && !shape.isDecoration) place(`shape ${shape.path}`, shape.box, shape.cutBy)
    for (const block of blocks) {
      if (block.marks.includes('headline') && block.lines.length > MAX_HEADLINE_LINES) findings.push(`${quote(block)}: ${block.lines.length} lines, at most ${MAX_HEADLINE_LINES}`)
      const last = (block.lines.at(-1) ?? '').replace(/[\p{P}\s]/gu, '')
      if (block.lines.length > 1 && ANY_HAN.test(block.text) && LONE_HAN.test(last)) findings.push(`${quote(block)}: its last line is “${block.lines.at(-1)}” alone`)
    }
    return { looked: texts.length, findings: [...new Set(findings)] }
  },
}
