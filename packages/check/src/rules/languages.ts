import { knownLanguage, onHead, show } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

export default defineRule({
  id: 'languages',
  level: 'error',
  describe: 'The headmatter names a language that the deck has labels for.',
  places: deck => [deck],
  findings(deck) {
    if (knownLanguage(deck)) return []
    const { lang } = deck.headmatter
    return [onHead(deck, 'lang', `${lang === undefined ? 'The headmatter names no language' : `The deck has no labels for the language ${show(lang)}`}: set "lang" to zh-CN or en.`)]
  },
})
