import { clicksOf } from 'slidev-addon-deck/clicks'
import { parseFences, type Fence } from 'slidev-addon-deck/fences'
import { counted } from 'slidev-addon-deck/measure'
import { headings, isDiagram, parseTags } from 'slidev-addon-deck/markup'
import { keyLine, type SourceSlide } from 'slidev-addon-deck/source-deck'
import type { GroupId } from './groups.ts'
import { propertyOf } from './parts.ts'
import { defineRule, inspect, type CheckedDeck, type Definition, type Finding, type Rule, type Rules } from './rule.ts'
import { on, onKey, passagesOf } from './rules/places.ts'

/** The source edition and another one. */
interface Editions {
  source: CheckedDeck
  other: CheckedDeck
}

/** The same slide in the source edition and in another one, with their decks. */
interface Pair {
  source: SourceSlide
  other: SourceSlide
  decks: Editions
}

/** A line of a slide's file, or something that stands there. */
interface Line {
  line: number
  text: string
}

const at = (file: string, line: number) => `${file}:${line}`
/** Index of the first item in which two lists differ; nothing where they are the same. */
function firstDifference(a: readonly string[], b: readonly string[]): number | undefined {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).find(i => a[i] !== b[i])
}
const written = (value: unknown) => value === undefined ? 'nothing' : JSON.stringify(value)

/** The slides that both decks have: by their ids, those without one by their place. */
function pairs(decks: Editions): Pair[] {
  const byId = new Map(decks.other.slides.map(slide => [slide.id, slide]))
  return decks.source.slides.flatMap((source, i) => {
    const other = source.id ? byId.get(source.id) : decks.other.slides[i]
    return other && other.id === source.id ? { source, other, decks } : []
  })
}

/** A rule about slides that both editions have, in the group of editions where it names no other. */
interface PairRule<Place> extends Pick<Definition<Place, Editions>, 'describe' | 'findings'> {
  group?: GroupId
  places: (pair: Pair) => readonly Place[]
}

function pairRule<Place>({ places, ...rule }: PairRule<Place>): Rule<Editions> {
  return defineRule({ group: 'editions', level: 'error', ...rule, places: decks => pairs(decks).flatMap(places) })
}

/** A key of the frontmatter that must be the same. */
const keyRule = (key: string) => pairRule({
  describe: `A slide has the same "${key}" in every edition.`,
  places: pair => pair.source.frontmatter[key] === undefined && pair.other.frontmatter[key] === undefined ? [] : [pair],
  findings({ source, other }) {
    const [theirs, ours] = [written(source.frontmatter[key]), written(other.frontmatter[key])]
    if (theirs !== ours) return onKey(other, key, `"${key}" is ${ours}, but ${theirs} in ${at(source.file, keyLine(source, key))}: make them the same.`)
  },
})

/** A slide's tags with the values of those properties that are known not to be text. */
function tagsOf(slide: SourceSlide, { parts }: CheckedDeck): Line[] {
  return parseTags(slide).filter(tag => tag.kind !== 'close').map((tag) => {
    const attributes = tag.attributes.map((attribute) => {
      const { kind = 'text' } = propertyOf(parts, tag, attribute) ?? {}
      return kind === 'text' || !attribute.hasValue ? attribute.name : `${attribute.name}="${attribute.value}"`
    })
    return { line: tag.line, text: `<${[tag.name, ...attributes.sort()].join(' ')}>` }
  })
}

/** Compares something of a slide in both editions, line by line, and says where they part. */
function compare(what: string, { source, other, decks }: Pair, linesOf: (slide: SourceSlide, deck: CheckedDeck) => Line[]): Finding | undefined {
  const [theirs, ours] = [linesOf(source, decks.source), linesOf(other, decks.other)]
  const drift = firstDifference(theirs.map(({ text }) => text), ours.map(({ text }) => text))
  if (drift === undefined) return
  const [a, b] = [theirs[drift], ours[drift]]
  const [here, there] = [b?.text.trim() ?? 'nothing', a?.text.trim() ?? 'nothing']
  return on(other, b?.line ?? other.line, `${what}: ${here} here, ${there} in ${at(source.file, a?.line ?? source.line)}: only text may differ between editions.`)
}

/** A diagram's lines without their words: what must be the same in every edition. */
export function skeleton(fence: Fence): Line[] {
  const { code, line, kind, state } = fence
  const lines = code.split('\n').map((text, i) => ({ line: line + 1 + i, text: wordless(text, kind) }))
    .filter(({ text }) => text.trim() !== '' && !/^\s*acc(Title|Descr)\s*:/.test(text))
  return state ? [{ line, text: `state ${state.index + 1} of ${state.count}` }, ...lines] : lines
}

function wordless(text: string, kind: string): string {
  if (/^\s*(%%|class\s)/.test(text) || text.trim().split(/[\s;]/)[0] === kind) return text.trimEnd()
  const quoted = text.replace(/"[^"]*"/g, '""').replace(/\|[^|]*\|/g, '||').trimEnd()
  const [, indent = '', rest = ''] = /^(\s*)(.*)$/.exec(quoted) ?? []
  switch (kind) {
    case 'stateDiagram-v2': return quoted.replace(/\s*:.*$/, ' :')
    case 'sequenceDiagram': return quoted.replace(/:.*$/, ':').replace(/^(\s*(?:participant|actor)\s+\S+\s+as)\b.*$/, '$1')
    case 'timeline': return indent + (/^(section|title)\b/.exec(rest)?.[0] ?? rest.split(':').map(part => part.trim() && '·').join(' : '))
    case 'mindmap': return rest.startsWith(':::') ? quoted : indent + (/^[\w-]*(?=[[({])/.exec(rest)?.[0] ?? '·')
    default: return quoted
  }
}

const fencesOf = ({ content, contentLine }: SourceSlide) => parseFences(content, contentLine).filter(isDiagram)

/** The glossary's words one by one in two languages (a term may be two words side by side), the longest first, so that a part of one is not taken for another. */
function wordsOf({ source, other }: Editions): { theirs: string, ours: string }[] {
  const [from, to] = [source.edition.language, other.edition.language]
  return Object.values(source.project.config.glossary ?? {})
    .flatMap(({ words: { [from]: theirs = '', [to]: ours = '' } }) => {
      const each = ours.split(SIDE_BY_SIDE)
      return theirs && ours ? theirs.split(SIDE_BY_SIDE).map((word, i) => ({ theirs: word, ours: each[i] ?? ours })) : []
    })
    .sort((a, b) => b.theirs.length - a.theirs.length)
}

const SIDE_BY_SIDE = /、|, | \/ /

/** Text as terms are looked up in it: in small letters, one kind of space. */
const plain = (text: string) => text.toLowerCase().replace(/\s+/g, ' ')

/** The terms that a slide of the source edition says, each with its line and what the other edition should say. */
function termsOf({ source, other, decks }: Pair) {
  let rest = passagesOf(decks.source, source).map(({ line, text }) => ({ line, text: plain(text) }))
  return wordsOf(decks).flatMap(({ theirs, ours }) => {
    const place = rest.find(({ text }) => text.includes(plain(theirs)))
    rest = rest.map(({ line, text }) => ({ line, text: text.replaceAll(plain(theirs), '·') }))
    return place ? { source, other, decks, theirs, ours, line: place.line } : []
  })
}

/** How many questions an edition's card asks. */
const questionsOf = ({ card }: CheckedDeck) => card ? headings({ content: card.markdown, contentLine: 1 }).filter(({ level }) => level === 2).length : 0

/** What every edition shares with the source edition. */
export const parityRules: Rules<Editions> = {
  'parity-ids': defineRule({
    group: 'editions',
    level: 'error',
    describe: 'Every edition has the same slides in the same order, in files of the same names.',
    places: (decks: Editions) => [decks],
    findings({ source, other }) {
      const namesOf = ({ entry, slides }: CheckedDeck) => slides.map(({ file, id }) => `${file === entry ? '' : file.split('/').at(-1)} ${id}`)
      const drift = firstDifference(namesOf(source), namesOf(other))
      if (drift === undefined) return
      const [theirs, ours] = [source.slides[drift], other.slides[drift]]
      const { file, line } = ours ?? other.slides.at(-1) ?? { file: other.entry, line: 1 }
      const says = (slide: SourceSlide | undefined) => slide ? written(slide.id || slide.headline) : 'no slide'
      const there = theirs ? at(theirs.file, theirs.line) : source.entry
      return { file, line, message: `slide ${drift + 1} is ${says(ours)}, but ${says(theirs)} in ${there}: bring the slides into the same order and files.` }
    },
  }),
  ...Object.fromEntries(['layout', 'minutes', 'sources', 'illustration'].map(key => [`parity-${key}`, keyRule(key)])),
  'parity-components': pairRule({
    describe: 'A slide has the same components with the same properties, text aside, in every edition.',
    places: pair => [pair].filter(({ source, other }) => parseTags(source).length > 0 || parseTags(other).length > 0),
    findings: pair => compare('components', pair, tagsOf),
  }),
  'parity-diagrams': pairRule({
    describe: 'A diagram has the same kind, nodes, edges and steps in every edition.',
    places: pair => [pair].filter(({ source, other }) => fencesOf(source).length > 0 || fencesOf(other).length > 0),
    findings: pair => compare('diagram', pair, slide => fencesOf(slide).flatMap(skeleton)),
  }),
  'parity-clicks': pairRule({
    describe: 'A slide takes as many clicks in every edition.',
    places({ source, other, decks }) {
      const [theirs, ours] = [clicksOf(source, decks.source.project.config.clickComponents), clicksOf(other, decks.other.project.config.clickComponents)]
      return theirs === undefined || ours === undefined || theirs + ours === 0 ? [] : [{ source, other, theirs, ours }]
    },
    findings({ source, other, theirs, ours }) {
      if (theirs !== ours) return on(other, other.line, `takes ${counted(ours, 'click')}, but ${theirs} in ${at(source.file, source.line)}: reveal the same things.`)
    },
  }),
  'parity-card': defineRule({
    group: 'editions',
    level: 'error',
    describe: 'Every edition has a card with as many questions, or none has one.',
    places: (decks: Editions) => decks.source.card || decks.other.card ? [decks] : [],
    findings({ source, other }) {
      const [theirs, ours] = [questionsOf(source), questionsOf(other)]
      if (!source.card || !other.card) return { file: (source.card ?? other.card)?.file ?? '', line: 1, message: `${source.card ? other.entry : source.entry} has no card: write one, or remove this.` }
      if (theirs !== ours) return { file: other.card.file, line: 1, message: `asks ${counted(ours, 'question')}, but ${theirs} in ${at(source.card.file, 1)}: ask the same.` }
    },
  }),
  'parity-notes': pairRule({
    describe: 'A slide that has notes in one edition has them in every edition.',
    places: pair => [pair].filter(({ source, other }) => source.note || other.note),
    findings({ source, other }) {
      if (!source.note || !other.note) return on(other, other.line, `has ${other.note ? '' : 'no '}notes, unlike ${at(source.file, source.line)}: write them in both.`)
    },
  }),
  'parity-terms': pairRule({
    group: 'glossary',
    describe: 'Where a slide says a term of the glossary, every edition says it as the glossary has it.',
    places: termsOf,
    findings({ source, other, decks, theirs, ours, line }) {
      const said = plain(passagesOf(decks.other, other).map(({ text }) => text).join('\n'))
      if (!said.includes(plain(ours))) return on(other, other.line, `${at(source.file, line)} says "${theirs}", so this slide should say "${ours}", as the glossary has it.`)
    },
  }),
}

/** What each rule that is on found between the source edition and another one, and at how many places it looked. */
export const inspectParity = (source: CheckedDeck, other: CheckedDeck) => inspect(parityRules, source, { source, other })
