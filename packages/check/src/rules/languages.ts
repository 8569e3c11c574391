import { defineRule } from '../rule.ts'
import { onHead, show } from './places.ts'

const plain = (lang: unknown) => typeof lang === 'string' ? lang.toLowerCase().replaceAll('_', '-') : lang

export default defineRule({
  id: 'languages',
  group: 'editions',
  level: 'error',
  describe: 'The headmatter names the language that deck.config.ts gives the edition.',
  places: deck => [deck],
  findings(deck) {
    const { lang } = deck.headmatter
    if (plain(lang) === plain(deck.edition.lang)) return []
    return [onHead(deck, 'lang', `${lang === undefined ? 'The headmatter names no language' : `The headmatter's language is ${show(lang)}`}: set "lang" to ${deck.edition.lang}, as deck.config.ts has it.`)]
  },
})
