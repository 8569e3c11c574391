import { defineTransformersSetup } from '@slidev/types'
import { languageOf } from '../lib/editions.ts'
import { clausesOf } from '../lib/headline.ts'
import { createDiagramTransformer } from '../scripts/diagrams/transformer.ts'

export default defineTransformersSetup(() => ({
  pre: [({ s, options }) => {
    if (languageOf(options.data.headmatter['lang']) !== 'zh') return
    const headline = /^# +(.+)$/m.exec(s.toString())
    const text = headline?.[1]?.trimEnd()
    if (!headline || !text) return
    const clauses = clausesOf(text)
    if (clauses.length > 1)
      s.overwrite(headline.index, headline.index + headline[0].length, `# ${clauses.map(clause => `<span class="clause">${clause}</span>`).join('')}`)
  }],
  preCodeblock: [],
  postCodeblock: [],
  post: [],
  codeblocks: [createDiagramTransformer()],
}))
