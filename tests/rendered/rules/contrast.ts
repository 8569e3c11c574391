import { quote, type Rule } from '../rule.ts'
import type { Contrast } from '../snapshot.ts'

/** WCAG 2.2, 1.4.3: text, large text; 1.4.11: graphics. */
const [TEXT, LARGE_TEXT, GRAPHICS] = [4.5, 3, 3]
const [LARGE, LARGE_BOLD] = [24, 18.66]

function lack(what: string, { ratio, colour, behind, problem }: Contrast, limit: number): string[] {
  if (problem) return [`${what}: contrast can't be told, ${problem}`]
  return ratio < limit ? [`${what}: contrast ${ratio} (${colour} on ${behind}), at least ${limit}`] : []
}

/** Text, and the strokes that tell old from new, stand out from what is behind them. */
export const contrast: Rule = {
  id: 'contrast',
  inspect: ({ snapshot: { texts, sides } }) => ({
    looked: texts.length,
    findings: [
      ...texts.flatMap(text => lack(quote(text), text.contrast, text.size >= LARGE || (text.bold && text.size >= LARGE_BOLD) ? LARGE_TEXT : TEXT)),
      ...sides.flatMap(item => lack(`stroke of ${item.path}`, item.contrast, GRAPHICS)),
    ],
  }),
}
