import fc from 'fast-check'
import { headlines, parseTags } from 'slidev-addon-deck/markup'
import { parseFences } from 'slidev-addon-deck/fences'
import type { SourceSlide } from 'slidev-addon-deck/source-deck'
import type { CheckedDeck } from '../../src/rule.ts'
import { project } from '../fixtures.ts'
import type { Files } from './decks.ts'

/** Chooses values at random. */
export interface Pick {
  oneOf: <T>(values: readonly T[]) => T
  integer: (min: number, max: number) => number
  text: (texts: fc.Arbitrary<string>) => string
}

/** Chooses with fast-check's `gen`, whose choices can be made again. */
export function picking(gen: fc.GeneratorValue): Pick {
  const integer = (min: number, max: number) => gen(fc.integer, { min, max })
  return {
    integer,
    oneOf: <T>(values: readonly T[]) => values[integer(0, values.length - 1)] as T,
    text: texts => gen(() => texts),
  }
}

/** Chooses the first of everything: to see whether there is anything to choose. */
const first: Pick = { integer: min => min, oneOf: <T>(values: readonly T[]) => values[0] as T, text: () => '' }

/** A deck before it is broken. */
export interface Sound {
  files: Files
  deck: CheckedDeck
}

/** A way to break one rule. */
export interface Operator {
  rule: string
  how: string
  /** The files that change; nothing where the deck has no place for it. */
  apply: (sound: Sound, pick: Pick) => Files | undefined
}

const LETTER = 'abcdefghijklmnopqrstuvwxyz'
const name = fc.string({ unit: fc.constantFrom(...LETTER), minLength: 3, maxLength: 9 })
const HAN = '退潮之后价值从抓取流量走进产业扎根一二三四其间'
const han = (length: number) => fc.string({ unit: fc.constantFrom(...HAN), minLength: length, maxLength: length })

/** A file with lines taken out and others put in; `line` is 1-based. */
function splice({ files }: Sound, file: string, line: number, removed: number, ...inserted: string[]): Files {
  const lines = (files[file] ?? '').split('\n')
  return { [file]: lines.toSpliced(line - 1, removed, ...inserted).join('\n') }
}

/** One place among those where the deck has what is to be broken. */
function among<T>(pick: Pick, places: readonly T[]): T | undefined {
  return places.length > 0 ? pick.oneOf(places) : undefined
}

/** Sets, changes or (with no value) removes a key of a frontmatter of one line a key. */
function setKey(sound: Sound, slide: SourceSlide, key: string, value: string | undefined): Files {
  const line = slide.keyLines[key]
  const text = value === undefined ? [] : [`${key}: ${value}`]
  return line === undefined ? splice(sound, slide.file, slide.line + 1, 0, ...text) : splice(sound, slide.file, line, 1, ...text)
}

function setHead(sound: Sound, key: string, value: string | undefined): Files | undefined {
  const line = sound.deck.sections[0]?.keyLines[key]
  return line === undefined ? undefined : splice(sound, sound.deck.entry, line, 1, ...value === undefined ? [] : [`${key}: ${value}`])
}

/** An operator on one of the slides that are fit for it. */
function onSlide(rule: string, how: string, fit: (slide: SourceSlide, sound: Sound) => boolean, change: (sound: Sound, slide: SourceSlide, pick: Pick) => Files | undefined): Operator {
  return {
    rule, how,
    apply(sound, pick) {
      const slide = among(pick, sound.deck.slides.filter(each => fit(each, sound)))
      return slide && change(sound, slide, pick)
    },
  }
}

const anySlide = () => true
const spoken = (slide: SourceSlide) => slide.note !== ''
const isChinese = ({ deck }: Sound) => deck.edition.words === 'zh'
const limitsOf = ({ deck }: Sound) => project.config.limits?.[deck.edition.language] ?? { headline: 0, text: 0, pace: 0 }
/** The line below a slide's headline: where a paragraph may be put. */
const below = (slide: SourceSlide) => (headlines(slide)[0]?.line ?? slide.contentLine) + 1
const insertBelow = (sound: Sound, slide: SourceSlide, ...lines: string[]) => splice(sound, slide.file, below(slide), 0, '', ...lines)

/** Keys with values that are wrong for them, each with its rule. */
function wrongValues(rule: string, key: string, fit: (slide: SourceSlide) => boolean, ...values: (string | undefined)[]): Operator {
  return onSlide(rule, `a wrong ${key}`, fit, (sound, slide, pick) => setKey(sound, slide, key, pick.oneOf(values)))
}

/** An operator on one of the deck's diagrams; `edit` changes its lines. */
function onDiagram(rule: string, how: string, edit: (lines: string[], pick: Pick) => string[] | undefined): Operator {
  return {
    rule, how,
    apply(sound, pick) {
      const places = sound.deck.slides.flatMap(slide => parseFences(slide.content, slide.contentLine).map(fence => ({ slide, fence })))
        .flatMap(({ slide, fence }) => {
          const lines = fence.code.split('\n')
          return edit([...lines], first) ? [{ slide, fence, lines }] : []
        })
      const place = among(pick, places)
      const changed = place && edit([...place.lines], pick)
      return changed && splice(sound, place.slide.file, place.fence.line + 1, place.lines.length, ...changed)
    },
  }
}

/** Puts a line somewhere below a diagram's first. */
const insertInto = (lines: string[], pick: Pick, line: string) => lines.toSpliced(pick.integer(1, lines.length), 0, line)

const isFlowchart = (lines: readonly string[]) => /^\s*(?:flowchart|graph)/.test(lines[0] ?? '')

/** Changes a tag as it stands in the file. */
function onTag(rule: string, how: string, fit: (text: string) => boolean, change: (text: string, pick: Pick) => string): Operator {
  return {
    rule, how,
    apply(sound, pick) {
      // Tags of one line: where they stand in it is not known, but the first of a name is.
      const places = sound.deck.slides.flatMap(slide => parseTags(slide).flatMap(({ line, name, kind }) => {
        const written = (sound.files[slide.file] ?? '').split('\n')[line - 1] ?? ''
        const text = (kind === 'close' ? new RegExp(`</${name}>`) : new RegExp(`<${name}\\b[^>]*>`)).exec(written)?.[0]
        return text && fit(text) ? [{ slide, line, written, text }] : []
      }))
      const place = among(pick, places)
      return place && splice(sound, place.slide.file, place.line, 1, place.written.replace(place.text, () => change(place.text, pick)))
    },
  }
}

/** Where text may be put so that it is seen: in the headline, or in a paragraph of its own. */
function putText(sound: Sound, slide: SourceSlide, pick: Pick, text: string): Files {
  const line = headlines(slide)[0]?.line ?? slide.contentLine
  const headline = (sound.files[slide.file] ?? '').split('\n')[line - 1] ?? ''
  return pick.oneOf(['headline', 'paragraph', 'list', 'table', 'callout']) === 'headline'
    ? splice(sound, slide.file, line, 1, headline + text)
    : insertBelow(sound, slide, pick.oneOf([text, `- ${text}`, `> ${text}`, `| ${text} |`, `**${text}**`, `<Callout kind="takeaway">${text}</Callout>`]))
}

/** Every way to break a rule that the fuzz knows. */
export const operators: readonly Operator[] = [
  { rule: 'languages', how: 'an unknown language', apply: (sound, pick) => setHead(sound, 'lang', pick.oneOf([undefined, 'fr', 'zzh', '[zh]', '1', '~', '""', 'z'])) },
  { rule: 'minutes-sum', how: 'a duration that is none, or another one', apply: (sound, pick) => setHead(sound, 'duration', pick.oneOf([undefined, '[25min]', 'long', '.nan', '.inf', '999min', '0', '-1min', '25 parsecs'])) },
  onSlide('minutes-sum', 'a slide that takes longer', anySlide, (sound, slide, pick) => setKey(sound, slide, 'minutes', String(Number(slide.frontmatter['minutes'] ?? 0) + pick.integer(1, 900) / 10))),
  { rule: 'entry-only-src', how: 'a slide’s key in the headmatter', apply: (sound, pick) => splice(sound, sound.deck.entry, 2, 0, pick.oneOf(['routeAlias: x', 'layout: cover', 'chapter: x', 'minutes: 1', 'sources: []', 'illustration: true'])) },
  {
    rule: 'entry-only-src', how: 'text in the entry', apply: ({ files, deck }, pick) => ({ [deck.entry]: `${files[deck.entry] ?? ''}\n${pick.oneOf(['# 标题', 'text', '<!-- a comment -->', '- x'])}\n` }),
  },
  wrongValues('chapter', 'chapter', slide => slide.frontmatter['chapter'] !== undefined, undefined, '""', '1', '[x]', '~', '"  "'),
  wrongValues('chapter', 'chapter', slide => slide.frontmatter['chapter'] === undefined, 'x', '""', '1'),
  {
    rule: 'sources-cover-all', how: 'a paragraph that no slide names any more',
    apply({ files }, pick) {
      const gone = pick.oneOf(project.config.sources?.paragraphs ?? [])
      return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(/^sources: \[.*\]$/gm, line => `sources: [${(/\[(.*)\]/.exec(line)?.[1] ?? '').split(/,\s*/).filter(each => each !== gone).join(', ')}]`)]))
    },
  },
  wrongValues('slide-id', 'routeAlias', anySlide, undefined, 'Upper', 'two words', '1st', 'end-', '-x', 'a--b', 'a_b', '[x]', '7', '~', '""', 'ü', 'a/b', '"a?"'),
  wrongValues('slide-address', 'routeAlias', anySlide, 'two words', '-x', '7', 'a/b', '"a?"', '../a', 'print', 'en', '.'),
  onSlide('slide-address', 'another slide’s id', (slide, { deck }) => deck.slides.some(other => other !== slide), (sound, slide, pick) => setKey(sound, slide, 'routeAlias', among(pick, sound.deck.slides.filter(other => other !== slide))?.id)),
  onSlide('layout-known', 'a layout that there is not', anySlide, (sound, slide, pick) => setKey(sound, slide, 'layout', pick.oneOf([undefined, 'Cover', 'default', 'two-cols', '[cover]', '1', '~', '""', 'constructor', 'assertion-']))),
  wrongValues('sources-required', 'sources', slide => !['cover', 'closing', 'appendix'].includes(slide.layout), undefined, '[]', '~', ''),
  wrongValues('sources-known', 'sources', slide => Array.isArray(slide.frontmatter['sources']), 'T1.1', '[T9.9]', '[t1.1]', '[T1.1, T1.1]', '[T1]', '[[T1.1]]', '[~]', '{a: T1.1}', '[1.1]', '"T1.1, T1.2"', '[T1.1-T1.3]', '["T1.1 "]'),
  wrongValues('minutes-required', 'minutes', slide => slide.layout !== 'appendix', undefined, '-1', '-0.5', '.nan', '.inf', '"1"', '[1]', '~', 'one', '1min', '1,5', 'true'),
  onSlide('headline', 'no headline', anySlide, (sound, slide, pick) => splice(sound, slide.file, headlines(slide)[0]?.line ?? slide.contentLine, 1, pick.oneOf(['', '## 标题', '标题', '#标题', '#', '# ', '> # 标题', '标题\n    # 标题']))),
  onSlide('headline', 'a second headline', anySlide, (sound, slide, pick) => insertBelow(sound, slide, `# ${pick.text(name)}`)),
  onSlide('headline', 'something above the headline', anySlide, (sound, slide, pick) => splice(sound, slide.file, headlines(slide)[0]?.line ?? slide.contentLine, 0, pick.oneOf(['text', '- x', '<Glossary />', '## x']), '')),
  onSlide('headline-length', 'a long headline', anySlide, (sound, slide, pick) => {
    const { headline } = limitsOf(sound)
    return splice(sound, slide.file, headlines(slide)[0]?.line ?? slide.contentLine, 1, `# ${pick.text(han(headline + 1))}`)
  }),
  onSlide('word-count', 'too much text', slide => !['comparison', 'appendix'].includes(slide.layout), (sound, slide, pick) => {
    const { text } = limitsOf(sound)
    const words = isChinese(sound) ? pick.text(han(text + 1)) : Array.from({ length: text + 1 }, () => pick.text(name)).join(' ')
    return insertBelow(sound, slide, pick.oneOf([words, `- ${words}`, `<Callout kind="takeaway">${words}</Callout>`, `<v-click>\n\n${words}\n\n</v-click>`]))
  }),
  onSlide('figures', 'a figure', anySlide, (sound, slide, pick) => putText(sound, slide, pick, pick.oneOf(['90%', '2026', '３', '百分之5', '1.5', '十％']))),
  onDiagram('figures', 'a figure in a diagram', (lines, pick) => lines.some(line => /\["[^"]*"\]/.test(line)) ? lines.map(line => line.replace(/\["([^"]*)"\]/, `["$1${pick.oneOf(['7', '50%', '２'])}"]`)) : undefined),
  onTag('figures', 'a figure in a property', text => text.startsWith('<Shift'), text => text.replace('before="', 'before="3 ')),
  onSlide('emoji', 'an emoji', anySlide, (sound, slide, pick) => putText(sound, slide, pick, pick.oneOf(['🚀', '✅', '★', '☀️', '👩‍💻', '✂', '🇨🇳']))),
  onSlide('emoji', 'an emoji in the notes', spoken, (sound, slide, pick) => splice(sound, slide.file, slide.noteLine, 0, pick.oneOf(['🙂', '✓', '➜']))),
  onSlide('punctuation', 'half-width punctuation', (_, sound) => isChinese(sound), (sound, slide, pick) => putText(sound, slide, pick, pick.oneOf(['退潮,之后', '退潮:之后', '(退潮)', '退潮!', '退潮?', '退潮;', '"退潮"', '\'退潮\'']))),
  onSlide('punctuation', 'half-width punctuation in the notes', (slide, sound) => isChinese(sound) && spoken(slide), (sound, slide) => splice(sound, slide.file, slide.noteLine, 0, '退潮,之后')),
  onSlide('component-known', 'a component that there is not', anySlide, (sound, slide, pick) => insertBelow(sound, slide, pick.oneOf(['<Youtube id="x" />', '<Tweet />', '<constructor-x />', '<Constructor />', '<v-switch />', '<Callouts kind="takeaway">x</Callouts>', '<Diagram title="x" />', '<Teleport to="body">x</Teleport>', '<Arrow\n  x="1" />', '<RenderWhen>\nx\n</RenderWhen>', '<ToString />']))),
  onSlide('component-known', 'a property that is missing or wrong', anySlide, (sound, slide, pick) => insertBelow(sound, slide, pick.oneOf(['<Term />', '<Term id="" />', '<Term id="nowhere" />', '<Term id="constructor" />', '<Term :id="x" />', '<Term ID="traffic" />', '<Shift aspect="a" before="b" />', '<Thesis :no="5">x</Thesis>', '<Thesis no="1">x</Thesis>', '<Thesis :no="1" big>x</Thesis>', '<Callout kind="takeaway" click="2">x</Callout>', '<Callout kind="takeaway" @click="x()">x</Callout>', '<Glossary constructor="x" />', '<v-click at="2">x</v-click>', '<Term id=traffic v-html="x" />', '<Term id="traffic" hasOwnProperty />']))),
  onSlide('component-known', 'a component that is not closed', anySlide, (sound, slide, pick) => insertBelow(sound, slide, pick.oneOf(['<Callout kind="takeaway">x', '<v-click>', '<v-clicks>\n\n- x', '<Thesis :no="1">x</Callout>']))),
  onTag('component-known', 'a closing tag that is gone', text => /^<\/[A-Zv]/.test(text), () => ''),
  onTag('component-known', 'another kind of callout', text => text.startsWith('<Callout'), (text, pick) => text.replace(/ kind="\w+"/, pick.oneOf(['', ' kind="warning"', ' kind=""', ' kind', ' :kind="x"', ' kind="Takeaway"', ' kind=takeaways', ' kind="constructor"']))),
  onSlide('raw-html', 'raw HTML', anySlide, (sound, slide, pick) => insertBelow(sound, slide, pick.oneOf(['<div>x</div>', '<b>x</b>', '<br>', '<br/>', 'x<sub>y</sub>', '<style>h1{}</style>', '<script>x()</script>', '<img src="/x.png">', '<div\n  class="x"\n>x</div>', '<iframe src="x"></iframe>', '<p style="x">y</p>', '- <i>x</i>', '<svg viewBox="0 0 1 1" />', '<template v-if="x">y</template>']))),
  onTag('raw-html', 'a style of its own', text => /^<[A-Zv]/.test(text), (text, pick) => text.replace(/\s*\/?>$/, end => ` ${pick.oneOf(['style="color:red"', ':style="{ x }"', 'style'])}${end}`)),
  onSlide('fence-language', 'a fence of code', anySlide, (sound, slide, pick) => insertBelow(sound, slide, pick.oneOf(['```js', '```', '~~~', '```Mermaid', '``` ts {1}', '~~~~py', '```plantuml', '````md']), 'x', pick.oneOf(['````', '~~~~', '```', '~~~']))),
  {
    rule: 'fence-end', how: 'a fence without its end',
    apply(sound, pick) {
      const place = among(pick, sound.deck.slides.flatMap(slide => parseFences(slide.content, slide.contentLine).map(fence => ({ slide, fence }))))
      return place && splice(sound, place.slide.file, place.fence.line + 1 + place.fence.code.split('\n').length, 1, ...pick.oneOf([[], ['``'], ['``` x'], ['~~~'], ['- ```'], ['\\```']]))
    },
  },
  onDiagram('diagram-text', 'no name or description', (lines, pick) => {
    const which = pick.oneOf([/^\s*accTitle/, /^\s*accDescr/])
    return lines.filter(line => !which.test(line))
  }),
  onDiagram('diagram-text', 'a description that says less than the name', lines => lines.map(line => line.replace(/accDescr:.*/, 'accDescr: x'))),
  onDiagram('diagram-steps', 'a gap between the steps', (lines, pick) => {
    const steps = lines.flatMap(line => [...line.matchAll(/step(\d+)/g)].map(match => Number(match[1])))
    if (steps.length === 0) return undefined
    const [last, further] = [Math.max(...steps), pick.oneOf([1, 2, 97, 4_294_967_296, 99_999_999])]
    return lines.map(line => line.replaceAll(new RegExp(`step${last}\\b`, 'g'), `step${last + further}`))
  }),
  onDiagram('diagram-first-step', 'old and new from the start', lines => lines.some(line => /step1/.test(line)) && isFlowchart(lines) ? [...lines, '  class zzz old', '  class yyy new'] : undefined),
  onDiagram('diagram-colours', 'a style of its own', (lines, pick) => insertInto(lines, pick, pick.oneOf(['  style a fill:#f00', '  classDef x stroke:red', '  linkStyle 0 stroke:#123', '%%{init: {"theme": "dark"}}%%', '  a:::red', '  class a red', '  class a,b old, blue', '  %% class purple', '  class a step0', '  a --> b\n  style a color:blue', '  rect rgb(1,2,3)', '  x["y"]:::old1']))),
  onSlide('notes-required', 'no notes', spoken, (sound, slide, pick) => {
    const lines = (sound.files[slide.file] ?? '').split('\n')
    const from = lines.findLastIndex((line, i) => i < slide.noteLine && line.includes('<!--'))
    const to = lines.findIndex((line, i) => i >= from && line.includes('-->'))
    return splice(sound, slide.file, from + 1, to - from + 1, ...pick.oneOf([[], ['<!-- -->'], ['<!--', '-->'], ['<!-- [click] -->'], ['<!--\n\n[click:2]\n-->']]))
  }),
  onSlide('notes-clicks', 'a click too many', spoken, (sound, slide, pick) => splice(sound, slide.file, slide.noteLine, 0, pick.oneOf(['[click]', '[click:2]', '[CLICK]', '[click:99999999999]']))),
  onSlide('notes-clicks', 'a click that the notes do not know', spoken, (sound, slide, pick) => insertBelow(sound, slide, pick.oneOf(['<Shift aspect="甲" before="乙" after="丙" />', '<v-click>甲</v-click>', '<Callout kind="takeaway" click>甲</Callout>', '<v-clicks>\n\n- 甲\n- 乙\n\n</v-clicks>']))),
  onSlide('notes-pace', 'notes that are too long', slide => spoken(slide) && Number(slide.frontmatter['minutes']) > 0, (sound, slide, pick) => {
    const { pace } = limitsOf(sound)
    const length = Math.ceil(Number(slide.frontmatter['minutes']) * pace * 1.4)
    return splice(sound, slide.file, slide.noteLine, 0, isChinese(sound) ? pick.text(han(length)) : Array.from({ length }, () => pick.text(name)).join(' '))
  }),
  onSlide('notes-pace', 'too many minutes for the notes', slide => spoken(slide) && Number(slide.frontmatter['minutes']) > 0, (sound, slide) => setKey(sound, slide, 'minutes', String(Number(slide.frontmatter['minutes']) * 3))),
  onSlide('plain-marks', 'an odd character behind a mark', anySlide, (sound, slide, pick) => insertBelow(sound, slide, pick.oneOf(['##', '-', '*', '1.', '> -']) + pick.oneOf(['\u00A0', '\u3000', '\u200B', '\uFEFF', '\u2009', '\u00AD', '\u200E', '\u2060']) + pick.text(name))),
  onSlide('plain-marks', 'an odd character before a mark', anySlide, (sound, slide, pick) => insertBelow(sound, slide, `${pick.oneOf(['\u00A0', '\u3000', '\u200B', '\uFEFF', '\u2009', '\u00AD', '\u200E', '\u2060'])}${pick.oneOf(['## ', '- ', '1. ', '> '])}${pick.text(name)}`)),
  onSlide('plain-marks', 'a full-width mark', anySlide, (sound, slide, pick) => insertBelow(sound, slide, pick.oneOf(['＃ x', '＃＃x', '－ x', '＊ x', '——', '—', '－－－']))),
  onDiagram('plain-marks', 'an odd character in a diagram’s language', (lines, pick) => isFlowchart(lines) ? insertInto(lines, pick, `  a${pick.oneOf(['\u00A0', '\u3000', '\u200B', '\uFEFF', '\u2009', '\u00AD', '\u200E', '\u2060'])} --> b`) : undefined),
  onSlide('links-lead', 'a link to nowhere', anySlide, (sound, slide, pick) => insertBelow(sound, slide, pick.oneOf(['[x](/nowhere)', '[x](99)', '[x](#99)', '[x]()', '[x](./nowhere)', '[x](nowhere.pdf)', '[x](<C:/x.pdf>)', '[x](file:///x.pdf)', '[x][y]\n\n[y]: /nowhere', '<a href="/nowhere">x</a>', '<Link to="/nowhere">x</Link>', '<Link :to="99">x</Link>', '- **[x](/no/where?y#z)**']))),
  onSlide('expression-known', 'a name that nothing has', anySlide, (sound, slide, pick) => insertBelow(sound, slide, pick.oneOf(['{{流量}}', '{{ value }}', '**{{x}}**', '- {{ x.y }}', '甲{{ x + 1 }}乙', '{{ [x] }}']))),
]
