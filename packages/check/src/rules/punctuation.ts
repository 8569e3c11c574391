import { passages } from 'slidev-addon-deck/markup'
import { spokenText } from 'slidev-addon-deck/notes'
import { defineRule } from '../rule.ts'
import { on, passagesOf } from './places.ts'

const HALF_WIDTH = /\p{Script=Han}([,;:?!()])|([,;:?!()])\p{Script=Han}/u
const STRAIGHT_QUOTE = /\p{Script=Han}(["'])|(["'])\p{Script=Han}/u
const fullWidth: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）' }

function mend(text: string): string | undefined {
  const half = HALF_WIDTH.exec(text)
  const sign = half?.[1] ?? half?.[2]
  if (sign) return `Half-width "${sign}" stands beside a Chinese character: write "${fullWidth[sign]}".`
  return STRAIGHT_QUOTE.test(text) ? 'A straight quote stands beside a Chinese character: write “ ” or 「 」.' : undefined
}

export default defineRule({
  id: 'punctuation',
  group: 'prose',
  level: 'style',
  describe: 'Chinese text has Chinese punctuation.',
  places: deck => deck.edition.words === 'zh' ? deck.slides : [],
  findings: (slide, deck) => [...passagesOf(deck, slide), ...passages({ content: spokenText(slide.note), contentLine: slide.noteLine })].flatMap(({ line, text }) => {
    const message = mend(text)
    return message ? [on(slide, line, message)] : []
  }),
})
