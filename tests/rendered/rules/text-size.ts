import { BODY_SIZE, SMALLER } from '../limits.ts'
import { quote, type Rule } from '../rule.ts'

/** Every text is large enough to be read from the last row. */
export const textSize: Rule = {
  id: 'text-size',
  inspect: ({ snapshot }) => ({
    looked: snapshot.texts.length,
    findings: snapshot.texts.flatMap((text) => {
      const limits = text.marks.flatMap(mark => SMALLER[mark]?.size ?? [])
      const limit = limits.length > 0 ? Math.min(...limits) : BODY_SIZE
      return text.size < limit - 0.05 ? [`${quote(text)}: ${text.size} px, at least ${limit}`] : []
    }),
  }),
}
