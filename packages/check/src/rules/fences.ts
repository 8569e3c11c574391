import { classStatement, isBlockClass, parseFences, type Fence } from 'slidev-addon-deck/fences'
import { isDiagram } from 'slidev-addon-deck/markup'
import type { SourceSlide } from 'slidev-addon-deck/source-deck'
import { defineRule, type CheckedDeck, type Rules } from '../rule.ts'
import { on } from './places.ts'

/** Every code fence with its slide. */
function fences(deck: CheckedDeck): { slide: SourceSlide, fence: Fence }[] {
  return deck.slides.flatMap(slide => parseFences(slide.content, slide.contentLine).map(fence => ({ slide, fence })))
}

/** Every Mermaid fence with its slide. */
const diagrams = (deck: CheckedDeck) => fences(deck).filter(({ fence }) => isDiagram(fence))

/** Whether a fence that does end has taken in what follows it: further slides with their frontmatter, up to the end of one of their fences. */
function swallows(fence: Fence): boolean {
  const lines = fence.code.split('\n')
  if (!lines.some((text, i) => i > 0 && text.trimEnd() === '---')) return false
  // Settings of a Mermaid diagram stand between such lines too, and Markdown that is shown may have anything.
  return isDiagram(fence) ? lines[0]?.trimEnd() !== '---' : !/^(?:md|markdown)\b/.test(fence.info) && lines.some(text => /^\s*(?:`{3,}|~{3,})\s*\w/.test(text))
}

const STYLING = /^\s*(style|classDef|linkStyle|rect)\s/
const CONFIG = /^\s*(%%\{|---\s*$)/
// A colon or comma before the name keeps labels such as "fill" out; #35; is a character, not a colour.
const COLOUR = /#[\da-f]{3,8}\b(?!;)|\b(?:rgb|hsl)a?\(|\b(?:fill|stroke|color)\s*:/i
const COMMENT_CLASSES = /^\s*%%\s*class\b(.*)$/
const SUFFIX_CLASSES = /^\s*:::(.*)$/
const SUFFIX_CLASS = /:::([\w-]+)/g
const isKnown = (name: string, kind: string) => kind === 'block' ? isBlockClass(name) : /^(?:old|new|step[1-9]\d*)$/.test(name)

/** Classes that a line of a diagram gives, in any of the ways its kind has. */
function classesIn(text: string): string[] {
  const statement = classStatement(text)
  if (statement) return statement.names
  const names = COMMENT_CLASSES.exec(text)?.[1] ?? SUFFIX_CLASSES.exec(text)?.[1]
  return names === undefined
    ? [...text.matchAll(SUFFIX_CLASS)].map(match => match[1] ?? '')
    : names.split(/[\s,]+/).filter(Boolean)
}

/** What a line of a diagram sets by hand. */
function wrongLooks(text: string, kind: string): string | undefined {
  const styling = STYLING.exec(text)?.[1]
  if (styling) return `"${styling}" styles the diagram by hand: remove it, and give old and new sides with "class a,b old".`
  if (CONFIG.test(text)) return 'The diagram brings settings of its own: remove them, the deck has one theme for all.'
  const bare = text.replace(/"[^"]*"/g, '')
  if (COLOUR.test(bare)) return 'The diagram names a colour: remove it; the classes old and new carry the deck\'s colours.'
  const unknown = classesIn(bare).find(name => !isKnown(name, kind))
  return unknown ? `There is no diagram class "${unknown}": use old, new, or step1, step2 …${kind === 'block' ? ', quiet, hero, ghost, label, mark1 …; for edges arc or under' : ''}.` : undefined
}

/** Rules about code fences and diagrams. */
export const fenceRules: Rules = {
  'fence-end': defineRule({
    group: 'always',
    level: 'error',
    describe: 'A code fence ends on its slide.',
    places: fences,
    findings({ slide, fence }) {
      if (!fence.closed || swallows(fence)) return on(slide, fence.line, 'The fence has no end on this slide: close it with a line of three backticks.')
    },
  }),
  'fence-language': defineRule({
    group: 'prose',
    level: 'error',
    describe: 'Code fences hold Mermaid diagrams and nothing else.',
    places: fences,
    findings({ slide, fence }) {
      if (!isDiagram(fence))
        return on(slide, fence.line, `A fence of ${fence.info ? `"${fence.info}"` : 'no language'}: the deck shows no code; make it a \`\`\`mermaid diagram or text.`)
    },
  }),
  'diagram-text': defineRule({
    group: 'prose',
    level: 'error',
    describe: 'Every diagram has a name and a description for those who cannot see it.',
    places: diagrams,
    findings({ slide, fence: { line, title, description } }) {
      if (!title) return on(slide, line, 'The diagram has no name: add "accTitle: …" after its first line.')
      if (!description) return on(slide, line, 'The diagram has no description: add "accDescr: …" after accTitle, saying what the picture says.')
      if ([...description].length < [...title].length)
        return on(slide, line, 'The diagram\'s accDescr is shorter than its accTitle: say in full what the picture says.')
    },
  }),
  'diagram-steps': defineRule({
    group: 'always',
    level: 'error',
    describe: 'A diagram’s steps count up from step1 without a gap.',
    places: diagrams,
    findings({ slide, fence: { line, steps, stepsPresent } }) {
      // They ascend: the first that is not its place's number has a gap before it.
      const gap = stepsPresent.findIndex((step, i) => step !== i + 1)
      if (gap >= 0)
        return on(slide, line, `The diagram goes up to step${steps} without step${gap + 1}: a click would show nothing; number the steps from step1 without a gap.`)
    },
  }),
  'diagram-first-step': defineRule({
    group: 'prose',
    level: 'style',
    describe: 'A stepped diagram does not show its old and its new side from the start.',
    places: deck => diagrams(deck).filter(({ fence }) => fence.steps > 0),
    findings({ slide, fence: { line, sidesAtStart } }) {
      if (sidesAtStart.length > 1) return on(slide, line, 'The diagram shows old and new at once before the first click: give every element of the new side a step.')
    },
  }),
  'diagram-colours': defineRule({
    group: 'prose',
    level: 'error',
    describe: 'Diagrams are styled by the classes old, new and stepN only, block diagrams also by their own.',
    places: diagrams,
    findings: ({ slide, fence }) => fence.code.split('\n').flatMap((text, i) => {
      const message = wrongLooks(text, fence.kind)
      return message ? on(slide, fence.line + 1 + i, message) : []
    }),
  }),
}
