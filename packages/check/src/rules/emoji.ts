import { defineRule } from '../rule.ts'
import { on, slides } from './places.ts'

// Signs that are drawn in colour, dingbats among them; plain arrows and © are text.
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[\u{2600}-\u{27BF}\u{1F000}-\u{1FAFF}]/u

export default defineRule({
  id: 'emoji',
  group: 'prose',
  level: 'style',
  describe: 'No emoji and no dingbats, neither as icons nor in notes.',
  places: slides,
  findings(slide) {
    const { content, contentLine, note, noteLine } = slide
    return [{ text: content, first: contentLine }, { text: note, first: noteLine }].flatMap(({ text, first }) => text.split('\n').flatMap((line, i) => {
      const emoji = EMOJI.exec(line)?.[0]
      return emoji ? [on(slide, first + i, `"${emoji}" is an emoji: say it in words, or use a component.`)] : []
    }))
  },
})
