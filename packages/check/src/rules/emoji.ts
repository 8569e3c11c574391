import { noteLines, on, slides } from './places.ts'
import { defineRule } from '../rule.ts'

// Signs that are drawn in colour, dingbats among them; plain arrows and © are text.
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[\u{2600}-\u{27BF}\u{1F000}-\u{1FAFF}]/u

export default defineRule({
  id: 'emoji',
  group: 'prose',
  level: 'style',
  describe: 'No emoji and no dingbats, neither as icons nor in notes.',
  places: slides,
  findings(slide) {
    const lines = [
      ...slide.content.split('\n').map((text, i) => ({ line: slide.contentLine + i, text })),
      ...noteLines(slide),
    ]
    return lines.flatMap(({ line, text }) => {
      const emoji = EMOJI.exec(text)?.[0]
      return emoji ? [on(slide, line, `"${emoji}" is an emoji: say it in words, or use a component.`)] : []
    })
  },
})
