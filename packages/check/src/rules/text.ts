import { headlines, passages, startsAbove } from 'slidev-addon-deck/markup'
import { headlineLength, textLength, units } from 'slidev-addon-deck/measure'
import { spokenText } from 'slidev-addon-deck/notes'
import { defineRule, type Rules } from '../rule.ts'
import { on, passagesOf, slides } from './places.ts'

const FIGURE = /[\d０-９%％‰]+/

// Signs that are drawn in colour, dingbats among them; plain arrows and © are text.
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[\u{2600}-\u{27BF}\u{1F000}-\u{1FAFF}]/u

const HALF_WIDTH = /\p{Script=Han}([,;:?!()])|([,;:?!()])\p{Script=Han}/u
const STRAIGHT_QUOTE = /\p{Script=Han}(["'])|(["'])\p{Script=Han}/u
const fullWidth: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）' }

function wrongPunctuation(text: string): string | undefined {
  const half = HALF_WIDTH.exec(text)
  const sign = half?.[1] ?? half?.[2]
  if (sign) return `Half-width "${sign}" stands beside a Chinese character: write "${fullWidth[sign]}".`
  return STRAIGHT_QUOTE.test(text) ? 'A straight quote stands beside a Chinese character: write “ ” or 「 」.' : undefined
}

/** Rules about what slides say. */
export const textRules: Rules = {
  'headline': defineRule({
    group: 'prose',
    level: 'error',
    describe: 'Every slide has exactly one level-one heading, and it comes first.',
    places: slides,
    findings(slide) {
      const [first, ...more] = headlines(slide)
      if (!first) return on(slide, slide.line, 'The slide has no headline: begin it with "# " and a full sentence.')
      return [
        ...first.text === '' ? [on(slide, first.line, 'The headline is empty: write a full sentence after "# ".')] : [],
        ...startsAbove(slide, first.line) ? [on(slide, first.line, 'Something stands before the headline: move the line with "# " to the top of the slide.')] : [],
        ...more.map(({ line }) => on(slide, line, `The slide has a second headline, after that in line ${first.line}: keep one, make this "## " or a slide of its own.`)),
      ]
    },
  }),
  'headline-length': defineRule({
    group: 'limits',
    level: 'style',
    describe: 'A headline is no longer than its limit.',
    places: slides,
    findings(slide, { project: { config }, edition: { language, words } }) {
      const most = config.limits?.[language]?.headline ?? Infinity
      return headlines(slide)
        .map(({ line, text }) => ({ line, length: headlineLength(text, words) }))
        .filter(({ length }) => length > most)
        .map(({ line, length }) => on(slide, line, `The headline has ${length} ${units[words].headline}: shorten it to ${most}.`))
    },
  }),
  'word-count': defineRule({
    group: 'limits',
    level: 'style',
    describe: 'Outside diagrams and headline a slide has no more text than its limit, but those that deck.config.ts frees.',
    places: ({ slides, project: { config: { unlimited } } }) => slides.filter(({ id, layout }) => !unlimited?.layouts.includes(layout) && !unlimited?.slides.includes(id)),
    findings(slide, deck) {
      const { project: { config }, edition: { language, words } } = deck
      const most = config.limits?.[language]?.text ?? Infinity
      const read = passagesOf(deck, slide).filter(({ where }) => where === 'body' || where === 'property')
      const length = read.reduce((sum, passage) => sum + textLength(passage.text, words), 0)
      if (length > most)
        return on(slide, read[0]?.line ?? slide.line, `The slide has ${length} ${units[words].text} besides headline and diagram: cut to ${most}, or move text into the notes.`)
    },
  }),
  'figures': defineRule({
    group: 'prose',
    level: 'style',
    describe: 'Slides show no figures.',
    places: deck => deck.slides.flatMap(slide => passagesOf(deck, slide).map(passage => ({ slide, passage }))),
    findings({ slide, passage: { line, text } }) {
      const figure = FIGURE.exec(text)?.[0]
      if (figure) return on(slide, line, `"${figure}" is a figure: leave it out, or write a count as a word.`)
    },
  }),
  'emoji': defineRule({
    group: 'prose',
    level: 'style',
    describe: 'No emoji and no dingbats, neither as icons nor in notes.',
    places: slides,
    findings(slide) {
      const { content, contentLine, note, noteLine } = slide
      return [{ text: content, first: contentLine }, { text: note, first: noteLine }].flatMap(({ text, first }) => text.split('\n').flatMap((line, i) => {
        const emoji = EMOJI.exec(line)?.[0]
        return emoji ? on(slide, first + i, `"${emoji}" is an emoji: say it in words, or use a component.`) : []
      }))
    },
  }),
  'punctuation': defineRule({
    group: 'prose',
    level: 'style',
    describe: 'Chinese text has Chinese punctuation.',
    places: deck => deck.edition.words === 'zh' ? deck.slides : [],
    findings: (slide, deck) => [...passagesOf(deck, slide), ...passages({ content: spokenText(slide.note), contentLine: slide.noteLine })].flatMap(({ line, text }) => {
      const message = wrongPunctuation(text)
      return message ? on(slide, line, message) : []
    }),
  }),
}
