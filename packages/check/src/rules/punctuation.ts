import { passages, plainText } from 'slidev-addon-deck/markup'
import type { SourceSlide } from 'slidev-addon-deck/source-deck'
import { knownLanguage, noteLines, on, slides } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

const HALF_WIDTH = /\p{Script=Han}([,;:?!()])|([,;:?!()])\p{Script=Han}/u
const STRAIGHT_QUOTE = /\p{Script=Han}(["'])|(["'])\p{Script=Han}/u
const fullWidth: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）' }

function mend(text: string): string | undefined {
  const half = HALF_WIDTH.exec(text)
  const sign = half?.[1] ?? half?.[2]
  if (sign) return `Half-width "${sign}" stands beside a Chinese character: write "${fullWidth[sign]}".`
  return STRAIGHT_QUOTE.test(text) ? 'A straight quote stands beside a Chinese character: write “ ” or 「 」.' : undefined
}

function lines(slide: SourceSlide) {
  return [...passages(slide), ...noteLines(slide).map(({ line, text }) => ({ line, text: plainText(text) }))]
}

export default defineRule({
  id: 'punctuation',
  level: 'style',
  describe: 'Chinese text has Chinese punctuation.',
  places: deck => knownLanguage(deck) === 'zh' ? slides(deck) : [],
  findings: slide => lines(slide).flatMap(({ line, text }) => {
    const message = mend(text)
    return message ? [on(slide, line, message)] : []
  }),
})
