import { piecesOf } from './markdown.ts'

/** The diagram kinds the deck draws; `flowchart` stands for `graph` too. */
export const diagramKinds = ['flowchart', 'stateDiagram-v2', 'sequenceDiagram', 'timeline', 'mindmap', 'block'] as const
export type DiagramKind = typeof diagramKinds[number]

/** The side of a comparison that an element stands on. */
export type Side = 'old' | 'new'

/** How an element of a block diagram looks, beside its side: `label` is words without a shape. */
export const looks = ['quiet', 'hero', 'ghost', 'label'] as const
export type Look = typeof looks[number]

/** The way an edge of a block diagram takes, where it is not straight. */
export const routes = ['arc', 'under'] as const
export type Route = typeof routes[number]

/** What a statement's classes say. Looks, pill and route are drawn in block diagrams alone. */
export interface Marks {
  /** On which side it stands. */
  side?: Side
  /** With which click it appears (0: from the start). */
  step?: number
  looks?: Look[]
  /** The number on its pill. */
  pill?: number
  route?: Route
}

/** A statement (a line of a sequence diagram, timeline or block diagram) with the marks of the `%% class` comment above it. */
export interface MarkedStatement {
  text: string
  /** 1-based line in its file. */
  line: number
  marks: Marks
}

/** A line that gives classes: a statement `class a,b old`, or a comment `%% class old` without ids. */
export interface ClassLine {
  /** 1-based line in its file. */
  line: number
  ids: string[]
  names: string[]
}

/** A code fence of a slide. */
export interface Fence {
  /** 1-based line, in its file, of the opening ```. */
  line: number
  info: string
  /** What stands between the fence lines, as written. */
  code: string
  /** Whether it ends before the slide does. */
  closed: boolean
  /** `accTitle`: the diagram's accessible name, '' where it is missing. */
  title: string
  /** `accDescr`: the diagram's description, '' where it is missing. */
  description: string
  /** First word of the diagram, as written (`graph` becomes `flowchart`). */
  kind: string
  /** The highest step, 0 where nothing is stepped. */
  steps: number
  /** Every step named, ascending. */
  stepsPresent: number[]
  /** Sides that show before the first click. */
  sidesAtStart: Side[]
  /** Marks by node, edge or subgraph id (flowchart, state diagram, block). */
  marks: Record<string, Marks>
  /** Statements with their marks, in order (sequence diagram, timeline, edges of a block diagram). */
  statements: MarkedStatement[]
  /** Every class statement and comment, in order. */
  classLines: ClassLine[]
  /** Of a fence that is a state of a moving picture: where it stands among the states. */
  state?: StatePlace
}

/** Where a state stands among those of its moving picture. */
export interface StatePlace {
  /** 1-based line, in its file, of the opening ```` of the picture's block. */
  block: number
  /** 0 for the first state. */
  index: number
  /** How many states the picture has. */
  count: number
}

const ACCESSIBLE = /^\s*acc(Title|Descr)\s*:\s*(.*?)\s*$/
const CLASS_COMMENT = /^\s*%%\s*class\b(.*)$/
const LABEL = /"[^"]*"|\[[^\]]*\]|\([^)]*\)|\{[^}]*\}/g
const CLASS_SUFFIX = /(?:^|[\s;&>|])([\p{L}\p{M}\p{N}_./-]+)?[^\s;]*?:::([\w-]+(?:[ ,]+(?:old|new|step\d+))*)/gu

/** Reads class names as marks; names that are none are left out. */
export function marksOf(names: readonly string[]): Marks {
  const marks: Marks = {}
  for (const name of names) {
    if (name === 'old' || name === 'new') marks.side = name
    const [, word, number] = /^(step|mark)(\d+)$/.exec(name) ?? []
    if (word === 'step') marks.step = Number(number)
    if (word === 'mark') marks.pill = Number(number)
    const look = looks.find(each => each === name)
    if (look) marks.looks = [...marks.looks ?? [], look]
    const route = routes.find(each => each === name)
    if (route) marks.route = route
  }
  return marks
}

/** Whether a class is one that a block diagram knows. */
export const isBlockClass = (name: string) => /^(?:old|new|step[1-9]\d*|mark[1-9])$/.test(name) || [...looks, ...routes].some(each => each === name)

const split = (names: string) => names.split(/[\s,]+/).filter(Boolean)

/** What a line like `class a, b new, step1` gives classes to, and which; nothing where it is another line. */
export function classStatement(text: string): { ids: string[], names: string[] } | undefined {
  // Taken apart word by word: as one pattern it takes minutes over a line of a few thousand blanks.
  const words = text.trim().replace(/;$/, '').split(/\s+/).join(' ').replaceAll(' ,', ',').replaceAll(', ', ',').trim().split(' ')
  // Ids may have any sign that no line or bracket is written with.
  if (words[0] !== 'class' || words.length < 3 || !words.every(word => /^[\p{L}\p{M}\p{N}_,./&*+%$#@!?-]+$/u.test(word) && /[\p{L}\p{N}_]/u.test(word))) return undefined
  return { ids: words.slice(1, -1).flatMap(split), names: split(words.at(-1) ?? '') }
}

/** Kinds whose class statements Mermaid reads with Latin ids alone. */
const LATIN_CLASSES = /^\s*(?:stateDiagram(?:-v2)?|block(?:-beta)?)\b/
const isForeignClass = (text: string) => /[^\x20-\x7E\t]/.test(text) && classStatement(text) !== undefined

/** The fence's text for Mermaid, without the lines that only the deck reads; `lines[i]` is the 0-based line in `code` of its line i. */
export function mermaidSource(code: string): { text: string, lines: number[] } {
  const read = code.split('\n').map((text, line) => ({ text, line }))
    .filter(({ text }) => text.trim() !== '' && !ACCESSIBLE.test(text) && !/^\s*%%(?!\{)/.test(text))
  const kept = LATIN_CLASSES.test(read[0]?.text ?? '') ? read.filter(({ text }) => !isForeignClass(text)) : read
  // Some kinds know a line break only in its short form.
  return { text: kept.map(l => l.text.replace(/<br\s*\/>/g, '<br>')).join('\n'), lines: kept.map(l => l.line) }
}

/** Reads one fence's code. */
export function parseFence(code: string, info = 'mermaid', line = 1, closed = true): Fence {
  const marks: Record<string, Marks> = {}
  const statements: MarkedStatement[] = []
  const classLines: ClassLine[] = []
  const seen: Marks[] = []
  let title = ''
  let description = ''
  let kind = ''
  let current: Marks = {}
  const mark = (id: string, names: string[]) => {
    const [known, added] = [marks[id], marksOf(names)]
    marks[id] = { ...known, ...added, ...known?.looks && added.looks && { looks: [...known.looks, ...added.looks] } }
  }
  for (const [i, text] of code.split('\n').entries()) {
    const at = line + 1 + i
    const accessible = ACCESSIBLE.exec(text)
    if (accessible) {
      if (accessible[1] === 'Title') title = accessible[2] ?? ''
      else description = accessible[2] ?? ''
      continue
    }
    const comment = CLASS_COMMENT.exec(text)
    if (comment) {
      const names = split(comment[1] ?? '')
      current = marksOf(names)
      classLines.push({ line: at, ids: [], names })
      continue
    }
    if (text.trim() === '' || /^\s*%%/.test(text)) continue
    if (!kind) {
      kind = text.trim().split(/[\s;]/)[0] ?? ''
      if (kind === 'graph') kind = 'flowchart'
      continue
    }
    const byClass = classStatement(text)
    if (byClass) {
      for (const id of byClass.ids) mark(id, byClass.names)
      classLines.push({ line: at, ...byClass })
      continue
    }
    for (const [, id, names] of text.replace(LABEL, '').matchAll(CLASS_SUFFIX)) {
      if (id) mark(id, split(names ?? ''))
      else seen.push(marksOf(split(names ?? '')))
    }
    statements.push({ text: text.trim(), line: at, marks: current })
    if (current.side || current.step) seen.push(current)
  }
  const all = [...Object.values(marks), ...seen]
  const stepsPresent = [...new Set(all.map(m => m.step ?? 0).filter(step => step > 0))].sort((a, b) => a - b)
  return {
    line, info, code, closed, title, description, kind, marks, statements, classLines, stepsPresent,
    steps: stepsPresent.at(-1) ?? 0,
    sidesAtStart: [...new Set(all.filter(m => !m.step).map(m => m.side).filter(side => side !== undefined))],
  }
}

/** Whether a fence's info string is that of a diagram. */
export const isMermaid = (info: string) => /^mermaid\b/.test(info)

/** Whether a fence's info string is that of a block whose fences Slidev shows one after another. */
export const isMagicMove = (info: string) => /^(?:md|markdown) magic-move\b/.test(info)

/** The fences that a magic-move block holds, each as a state where all of them are diagrams. @param block the block as a fence. */
export function magicMoveFences({ code, line }: Pick<Fence, 'code' | 'line'>): Fence[] {
  const fences = codeFences(code, line + 1)
  if (!fences.every(({ info }) => isMermaid(info))) return fences
  return fences.map((fence, index) => ({ ...fence, state: { block: line, index, count: fences.length } }))
}

/**
 * Every code fence of a slide's Markdown; `contentLine` is the 1-based line, in the file, of its first line. In place of a
 * magic-move block that holds nothing but diagrams stand its fences, the states of one moving picture.
 */
export function parseFences(content: string, contentLine: number): Fence[] {
  return codeFences(content, contentLine).flatMap((fence) => {
    const inner = isMagicMove(fence.info) ? magicMoveFences(fence) : []
    return inner.some(({ state }) => state) ? inner : [fence]
  })
}

/** Every code fence of a slide's Markdown as it stands, a magic-move block as one; as `parseFences` else. */
export function codeFences(content: string, contentLine: number): Fence[] {
  return piecesOf({ content, contentLine }).flatMap(piece => piece.kind === 'fence' ? [parseFence(piece.code, piece.info, piece.line, piece.closed)] : [])
}
