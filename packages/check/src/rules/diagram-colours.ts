import { classStatement, isBlockClass } from 'slidev-addon-deck/fences'
import { defineRule } from '../rule.ts'
import { diagrams, on } from './places.ts'

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

function wrong(text: string, kind: string): string | undefined {
  const styling = STYLING.exec(text)?.[1]
  if (styling) return `"${styling}" styles the diagram by hand: remove it, and give old and new sides with "class a,b old".`
  if (CONFIG.test(text)) return 'The diagram brings settings of its own: remove them, the deck has one theme for all.'
  const bare = text.replace(/"[^"]*"/g, '')
  if (COLOUR.test(bare)) return 'The diagram names a colour: remove it; the classes old and new carry the deck\'s colours.'
  const unknown = classesIn(bare).find(name => !isKnown(name, kind))
  return unknown ? `There is no diagram class "${unknown}": use old, new, or step1, step2 …${kind === 'block' ? ', quiet, hero, ghost, label, mark1 …; for edges arc or under' : ''}.` : undefined
}

export default defineRule({
  id: 'diagram-colours',
  group: 'prose',
  level: 'error',
  describe: 'Diagrams are styled by the classes old, new and stepN only, block diagrams also by their own.',
  places: diagrams,
  findings: ({ slide, fence }) => fence.code.split('\n').flatMap((text, i) => {
    const message = wrong(text, fence.kind)
    return message ? [on(slide, fence.line + 1 + i, message)] : []
  }),
})
