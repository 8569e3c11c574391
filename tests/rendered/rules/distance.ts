import { quote, type Rule } from '../rule.ts'

/** Text of this share of the slide's height is legible from the back row. */
const SHARE = 1 / 50
const EXEMPT = ['footer', 'appendix']

/** Whatever is said on a slide is legible from the back row, labels in drawings too; footers and the appendix are for the reader. */
export const distance: Rule = {
  id: 'distance',
  inspect({ snapshot: { texts, height } }) {
    const limit = height * SHARE
    const said = texts.filter(({ marks }) => !EXEMPT.some(mark => marks.includes(mark)))
    return {
      looked: said.length,
      findings: said.filter(({ size }) => size < limit).map(text => `${quote(text)}: ${text.size} px is ${(text.size / height * 100).toFixed(2)} % of the slide's height, at least ${SHARE * 100} %`),
    }
  },
}
