import { defineTransformersSetup } from '@slidev/types'
import { clausesOf } from 'slidev-addon-deck/clauses'
import { languageOf } from 'slidev-addon-deck/editions'
import { createDiagramTransformer } from '../src/transformer.ts'

/** The headline, and the text of the components that set a sentence large. */
const LARGE_TEXT = /(?<=^# +|<(?:Callout|Thesis)\b[^>]*>)(?:[^<\n]|<Term\b[^>]*\/>)+(?=$|<\/(?:Callout|Thesis)>)/gm

export default defineTransformersSetup(() => ({
  pre: [({ s, options }) => {
    // Chinese lines may break inside a word; large text breaks between clauses where it can (.clause in typography.css).
    if (languageOf(options.data.headmatter['lang']) !== 'zh') return
    for (const { 0: text, index } of s.toString().matchAll(LARGE_TEXT)) {
      const clauses = clausesOf(text)
      if (clauses.length > 1)
        s.overwrite(index, index + text.length, clauses.map(clause => `<span class="clause">${clause}</span>`).join(''))
    }
  }],
  preCodeblock: [],
  postCodeblock: [],
  post: [],
  codeblocks: [createDiagramTransformer()],
}))
