import { clicksOf } from 'slidev-addon-deck/clicks'
import { languageOf } from 'slidev-addon-deck/editions'
import { parseFences, type Fence } from 'slidev-addon-deck/fences'
import { glossary } from '../../../talk/glossary.ts'
import { isDiagram, parseTags, passages } from 'slidev-addon-deck/markup'
import type { Finding, Violation } from 'slidev-addon-deck/rule'
import { slideComponents } from 'slidev-addon-deck/slide-components'
import { keyLine, type SourceDeck, type SourceSlide } from 'slidev-addon-deck/source-deck'

/** The same slide in the source edition and in another one. */
interface Pair {
  source: SourceSlide
  other: SourceSlide
}

/** A named rule about what two editions share. */
export interface ParityRule {
  id: string
  /** The rule as one sentence. */
  describe: string
  /** What drifted, and at how many places the rule looked. */
  check: (source: SourceDeck, other: SourceDeck) => { looked: number, findings: Finding[] }
}

const at = (file: string, line: number) => `${file}:${line}`
const written = (value: unknown) => value === undefined ? 'nothing' : JSON.stringify(value)

/** The slides that both decks have, by their ids. */
function pairs(source: SourceDeck, other: SourceDeck): Pair[] {
  const byId = new Map(other.slides.map(slide => [slide.id, slide]))
  return source.slides.flatMap((slide) => {
    const twin = byId.get(slide.id)
    return slide.id && twin ? [{ source: slide, other: twin }] : []
  })
}

function pairRule(id: string, describe: string, places: (pair: Pair, decks: readonly [SourceDeck, SourceDeck]) => { looked: number, findings: Finding[] }): ParityRule {
  return {
    id, describe,
    check(source, other) {
      const results = pairs(source, other).map(pair => places(pair, [source, other]))
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
  describe: 'Every edition has the same slides in the same order, in files of the same names.',
  check(source, other) {
    const nameOf = (slide: SourceSlide) => `${slide.file.split('/').at(-1)} ${slide.id}`
    const drift = Array.from({ length: Math.max(source.slides.length, other.slides.length) }, (_, i) => i)
      .find(i => !source.slides[i] || !other.slides[i] || nameOf(source.slides[i]) !== nameOf(other.slides[i]))
    if (drift === undefined) return { looked: source.slides.length, findings: [] }
    const [theirs, ours] = [source.slides[drift], other.slides[drift]]
    const place = ours ?? other.slides.at(-1)
    const says = (slide: SourceSlide | undefined) => slide ? `"${slide.id}"` : 'no slide'
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

/** A slide's components with the properties that are not text. */
function componentsOf(slide: SourceSlide): { line: number, text: string }[] {
  return parseTags(slide).filter(tag => tag.kind !== 'close').map(({ line, name, attributes }) => ({
    line,
    text: `<${[name, ...attributes.filter(attribute => !slideComponents[name]?.[attribute.name]?.text).map(({ name: key, value, hasValue }) => hasValue ? `${key}="${value}"` : key).sort()].join(' ')}>`,
  }))
}

/** Compares two lists of lines and says where they part. */
function compare(what: string, { source, other }: Pair, theirs: { line: number, text: string }[], ours: { line: number, text: string }[]): { looked: number, findings: Finding[] } {
  const drift = Array.from({ length: Math.max(theirs.length, ours.length) }, (_, i) => i).find(i => theirs[i]?.text !== ours[i]?.text)
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
  return fence.code.split('\n').map((text, i) => ({ line: fence.line + 1 + i, text: wordless(text, fence.kind) }))
    .filter(({ text }) => text.trim() !== '' && !/^\s*acc(Title|Descr)\s*:/.test(text))
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
  compare('components', pair, componentsOf(pair.source), componentsOf(pair.other)))

const clicks = pairRule('parity-clicks', 'A slide takes as many clicks in every edition.', ({ source, other }) => {
  const [theirs, ours] = [clicksOf(source), clicksOf(other)]
  return {
    looked: theirs > 0 || ours > 0 ? 1 : 0,
    findings: theirs === ours ? [] : [{ file: other.file, line: other.line, message: `takes ${ours} clicks, but ${theirs} in ${at(source.file, source.line)}: reveal the same things.` }],
  }
})

const notes = pairRule('parity-notes', 'A slide that has notes in one edition has them in every edition.', ({ source, other }) => ({
  looked: source.note || other.note ? 1 : 0,
  findings: Boolean(source.note) === Boolean(other.note) ? [] : [{ file: other.file, line: other.line, message: `has ${other.note ? '' : 'no '}notes, unlike ${at(source.file, source.line)}: write them in both.` }],
}))

/** The glossary's words one by one (a term may be two words side by side), the longest first, so that a part of one is not taken for another. */
const words = Object.values(glossary)
  .flatMap(({ zh, en }) => {
    const english = en.split(/, | \/ /)
    return zh.split(/、| \/ /).map((word, i) => ({ zh: word, en: english[i] ?? en }))
  })
  .sort((a, b) => b.zh.length - a.zh.length)

/** Text as terms are looked up in it: in small letters, one kind of space. */
const plain = (text: string) => text.toLowerCase().replace(/\s+/g, ' ')

const terms = pairRule('parity-terms', 'Where a slide says a term of the glossary, every edition says it as the glossary has it.', ({ source, other }, decks) => {
  const [from, to] = decks.map(deck => languageOf(deck.headmatter['lang'])) as ['zh' | 'en', 'zh' | 'en']
  const said = plain(passages(other).map(({ text }) => text).join('\n'))
  let rest = passages(source)
  const findings: Finding[] = []
  let looked = 0
  for (const word of words) {
    const [theirs, ours] = [word[from], word[to]]
    const place = rest.find(({ text }) => plain(text).includes(plain(theirs)))
    if (!place) continue
    looked++
    rest = rest.map(passage => ({ ...passage, text: passage.text.replaceAll(theirs, '·') }))
    if (!said.includes(plain(ours)))
      findings.push({ file: other.file, line: other.line, message: `${at(source.file, place.line)} says "${theirs}", so this slide should say "${ours}", as the glossary has it.` })
  }
  return { looked, findings }
})

/** What every edition shares with the source edition. */
export const parityRules: readonly ParityRule[] = [
  ids, keyRule('layout'), keyRule('minutes'), keyRule('sources'), keyRule('illustration'), components, diagrams, clicks, notes, terms,
]

/** What each rule found between the source edition and another one, and at how many places it looked. */
export function inspectParity(source: SourceDeck, other: SourceDeck): { rule: ParityRule, looked: number, violations: Violation[] }[] {
  return parityRules.map((rule) => {
    const { looked, findings } = rule.check(source, other)
    return { rule, looked, violations: findings.map(finding => ({ rule: rule.id, level: 'error' as const, ...finding })) }
  })
}
