import { clicksOf } from 'slidev-addon-deck/clicks'
import { parseFences, type Fence } from 'slidev-addon-deck/fences'
import { isDiagram, parseTags } from 'slidev-addon-deck/markup'
import { keyLine, type SourceSlide } from 'slidev-addon-deck/source-deck'
import { groups } from './groups.ts'
import { propertyOf } from './parts.ts'
import type { CheckedDeck, Finding, GroupId, Outcome } from './rule.ts'
import { passagesOf } from './rules/places.ts'

/** The same slide in the source edition and in another one, with their decks. */
interface Pair {
  source: SourceSlide
  other: SourceSlide
  decks: { source: CheckedDeck, other: CheckedDeck }
}

/** A named rule about what two editions share. */
export interface ParityRule {
  id: string
  group: GroupId
  /** The rule as one sentence. */
  describe: string
  /** What drifted, and at how many places the rule looked. */
  check: (source: CheckedDeck, other: CheckedDeck) => { looked: number, findings: Finding[] }
}

const at = (file: string, line: number) => `${file}:${line}`
/** Index of the first item in which two lists differ; nothing where they are the same. */
function firstDifference(a: readonly string[], b: readonly string[]): number | undefined {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).find(i => a[i] !== b[i])
}
const written = (value: unknown) => value === undefined ? 'nothing' : JSON.stringify(value)

/** The slides that both decks have: by their ids, those without one by their place. */
function pairs(source: CheckedDeck, other: CheckedDeck): Pair[] {
  const byId = new Map(other.slides.map(slide => [slide.id, slide]))
  return source.slides.flatMap((slide, i) => {
    const twin = slide.id ? byId.get(slide.id) : other.slides[i]
    return twin && twin.id === slide.id ? [{ source: slide, other: twin, decks: { source, other } }] : []
  })
}

function pairRule(id: string, describe: string, places: (pair: Pair) => { looked: number, findings: Finding[] }, group: GroupId = 'editions'): ParityRule {
  return {
    id, group, describe,
    check(source, other) {
      const results = pairs(source, other).map(places)
      return { looked: results.reduce((sum, { looked }) => sum + looked, 0), findings: results.flatMap(({ findings }) => findings) }
    },
  }
}

/** A key of the frontmatter that must be the same. */
function keyRule(key: string): ParityRule {
  return pairRule(`parity-${key}`, `A slide has the same "${key}" in every edition.`, ({ source, other }) => {
    const [theirs, ours] = [source.frontmatter[key], other.frontmatter[key]]
    return {
      looked: theirs === undefined && ours === undefined ? 0 : 1,
      findings: written(theirs) === written(ours)
        ? []
        : [{ file: other.file, line: keyLine(other, key), message: `"${key}" is ${written(ours)}, but ${written(theirs)} in ${at(source.file, keyLine(source, key))}: make them the same.` }],
    }
  })
}

const ids: ParityRule = {
  id: 'parity-ids',
  group: 'editions',
  describe: 'Every edition has the same slides in the same order, in files of the same names.',
  check(source, other) {
    const namesOf = ({ entry, slides }: CheckedDeck) => slides.map(({ file, id }) => `${file === entry ? '' : file.split('/').at(-1)} ${id}`)
    const drift = firstDifference(namesOf(source), namesOf(other))
    if (drift === undefined) return { looked: source.slides.length, findings: [] }
    const [theirs, ours] = [source.slides[drift], other.slides[drift]]
    const place = ours ?? other.slides.at(-1)
    const says = (slide: SourceSlide | undefined) => slide ? written(slide.id || slide.headline) : 'no slide'
    return {
      looked: source.slides.length,
      findings: [{
        file: place?.file ?? other.entry,
        line: place?.line ?? 1,
        message: `slide ${drift + 1} is ${says(ours)}, but ${says(theirs)} in ${theirs ? at(theirs.file, theirs.line) : source.entry}: bring the slides into the same order and files.`,
      }],
    }
  },
}

/** A slide's tags with the values of those properties that are known not to be text. */
function tagsOf(slide: SourceSlide, { parts }: CheckedDeck): { line: number, text: string }[] {
  return parseTags(slide).filter(tag => tag.kind !== 'close').map((tag) => {
    const attributes = tag.attributes.map((attribute) => {
      const { kind = 'text' } = propertyOf(parts, tag, attribute) ?? {}
      return kind === 'text' || !attribute.hasValue ? attribute.name : `${attribute.name}="${attribute.value}"`
    })
    return { line: tag.line, text: `<${[tag.name, ...attributes.sort()].join(' ')}>` }
  })
}

/** Compares two lists of lines and says where they part. */
function compare(what: string, { source, other }: Pair, theirs: { line: number, text: string }[], ours: { line: number, text: string }[]): { looked: number, findings: Finding[] } {
  const drift = firstDifference(theirs.map(({ text }) => text), ours.map(({ text }) => text))
  const looked = theirs.length + ours.length
  if (drift === undefined) return { looked, findings: [] }
  const [a, b] = [theirs[drift], ours[drift]]
  return {
    looked,
    findings: [{
      file: other.file,
      line: b?.line ?? other.line,
      message: `${what}: ${b ? b.text.trim() : 'nothing'} here, ${a ? a.text.trim() : 'nothing'} in ${at(source.file, a?.line ?? source.line)}: only text may differ between editions.`,
    }],
  }
}

/** A diagram's lines without their words: what must be the same in every edition. */
export function skeleton(fence: Fence): { line: number, text: string }[] {
  const { code, line, kind, state } = fence
  const lines = code.split('\n').map((text, i) => ({ line: line + 1 + i, text: wordless(text, kind) }))
    .filter(({ text }) => text.trim() !== '' && !/^\s*acc(Title|Descr)\s*:/.test(text))
  return state ? [{ line, text: `state ${state.index + 1} of ${state.count}` }, ...lines] : lines
}

function wordless(text: string, kind: string): string {
  if (/^\s*(%%|class\s)/.test(text) || text.trim().startsWith(kind)) return text.trimEnd()
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

const diagrams = pairRule('parity-diagrams', 'A diagram has the same kind, nodes, edges and steps in every edition.', (pair) => {
  const fencesOf = (slide: SourceSlide) => parseFences(slide.content, slide.contentLine).filter(isDiagram)
  return compare('diagram', pair, fencesOf(pair.source).flatMap(skeleton), fencesOf(pair.other).flatMap(skeleton))
})

const components = pairRule('parity-components', 'A slide has the same components with the same properties, text aside, in every edition.', pair =>
  compare('components', pair, tagsOf(pair.source, pair.decks.source), tagsOf(pair.other, pair.decks.other)))

const clicks = pairRule('parity-clicks', 'A slide takes as many clicks in every edition.', ({ source, other, decks }) => {
  const [theirs, ours] = [clicksOf(source, decks.source.project.config.clickComponents), clicksOf(other, decks.other.project.config.clickComponents)]
  if (theirs === undefined || ours === undefined) return { looked: 0, findings: [] }
  return {
    looked: theirs > 0 || ours > 0 ? 1 : 0,
    findings: theirs === ours ? [] : [{ file: other.file, line: other.line, message: `takes ${ours} clicks, but ${theirs} in ${at(source.file, source.line)}: reveal the same things.` }],
  }
})

const notes = pairRule('parity-notes', 'A slide that has notes in one edition has them in every edition.', ({ source, other }) => ({
  looked: source.note || other.note ? 1 : 0,
  findings: Boolean(source.note) === Boolean(other.note) ? [] : [{ file: other.file, line: other.line, message: `has ${other.note ? '' : 'no '}notes, unlike ${at(source.file, source.line)}: write them in both.` }],
}))

/** The glossary's words one by one in two languages (a term may be two words side by side), the longest first, so that a part of one is not taken for another. */
function wordsOf({ source, other }: Pair['decks']): { theirs: string, ours: string }[] {
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

const terms = pairRule('parity-terms', 'Where a slide says a term of the glossary, every edition says it as the glossary has it.', ({ source, other, decks }) => {
  const said = plain(passagesOf(decks.other, other).map(({ text }) => text).join('\n'))
  let rest = passagesOf(decks.source, source).map(({ line, text }) => ({ line, text: plain(text) }))
  const findings: Finding[] = []
  let looked = 0
  for (const { theirs, ours } of wordsOf(decks)) {
    const place = rest.find(({ text }) => text.includes(plain(theirs)))
    if (!place) continue
    looked++
    rest = rest.map(({ line, text }) => ({ line, text: text.replaceAll(plain(theirs), '·') }))
    if (!said.includes(plain(ours)))
      findings.push({ file: other.file, line: other.line, message: `${at(source.file, place.line)} says "${theirs}", so this slide should say "${ours}", as the glossary has it.` })
  }
  return { looked, findings }
}, 'glossary')

/** What every edition shares with the source edition. */
export const parityRules: readonly ParityRule[] = [
  ids, keyRule('layout'), keyRule('minutes'), keyRule('sources'), keyRule('illustration'), components, diagrams, clicks, notes, terms,
]

/** What each rule that is on found between the source edition and another one, and at how many places it looked. */
export function inspectParity(source: CheckedDeck, other: CheckedDeck): (Outcome & { rule: ParityRule })[] {
  return parityRules.filter(({ group }) => groups[group].isOn(source)).map((rule) => {
    const { looked, findings } = rule.check(source, other)
    return { rule, looked, violations: findings.map(finding => ({ rule: rule.id, level: 'error' as const, ...finding })) }
  })
}
