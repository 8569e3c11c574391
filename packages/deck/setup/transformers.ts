import { defineTransformersSetup } from '@slidev/types'
import { clausesOf } from '../src/clauses.ts'
import { editionOf, openProject } from '../src/project.ts'

/** The headline, and the text of the components that set a sentence large. */
function largeText(components: readonly string[]): RegExp {
  const names = components.map(name => RegExp.escape(name)).join('|') || '(?!)'
  return new RegExp(`(?<=^# +|<(?:${names})\\b[^>]*>)(?:[^<\\n]|<Term\\b[^>]*\\/>)+(?=$|<\\/(?:${names})>)`, 'gm')
}

export default defineTransformersSetup(() => ({
  pre: [async ({ s, options }) => {
    const project = await openProject(options.userRoot)
    // Chinese lines may break inside a word; large text breaks between clauses where it can (.clause in the deck's styles).
    if (!project.config.largeText || editionOf(project, options.entry).words !== 'zh') return
    for (const { 0: text, index } of s.toString().matchAll(largeText(project.config.largeText))) {
      const clauses = clausesOf(text)
      if (clauses.length > 1)
        s.overwrite(index, index + text.length, clauses.map(clause => `<span class="clause">${clause}</span>`).join(''))
    }
  }],
  preCodeblock: [],
  postCodeblock: [],
  post: [],
  codeblocks: [],
}))
