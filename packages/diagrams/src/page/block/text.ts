import type { Style } from './style.ts'

/** The width of a text in the label face, in px. */
export type Measure = (text: string, size: number) => number

/** A label as it is set: rows, from above. */
export interface SetText {
  rows: { text: string, size: number }[]
  width: number
  height: number
}

const LINE_HEIGHT = 1.2
/** A serif or bold face is wider than the label face that is measured. */
const DISPLAY_WIDTH = 1.08
const HAN = /\p{Script=Han}/u
/** What no line begins with. */
const CLOSING = /[、。，．：；！？’”）》〉」』】…]/u

const PAUSE = /[、，；：]/

/** Rows in their sizes, centred on one another. */
export function setText(rows: SetText['rows'], measure: Measure): SetText {
  return {
    rows,
    width: Math.max(0, ...rows.map(({ text, size }) => measure(text, size))),
    height: rows.reduce((sum, { size }) => sum + size * LINE_HEIGHT, 0),
  }
}

/**
 * Sets a label as large as its room lets it: whole, or a single line in two.
 * @param roomAt the width, in px, that there is for a text of some height.
 * @param most the largest size, in px, of its first line.
 * @returns nothing where it does not fit in the smallest size.
 */
export function fitLabel(lines: readonly string[], isHero: boolean, height: number, roomAt: (textHeight: number) => number, { first, further, breaksHan, heroGain }: Style, measure: Measure, most = Infinity): SetText | undefined {
  const [only = '', ...others] = lines
  const broken = others.length === 0 ? inTwo(only, breaksHan, measure) : undefined
  const largest = Math.min(most, first.to, Math.max(first.from, Math.floor(first.ofHeight * height)) + (isHero ? heroGain : 0))
  for (let size = largest; size >= first.least; size--) {
    const smaller = Math.max(further.least, Math.min(further.size, size - 2))
    const ways = [lines.map((text, i) => ({ text, size: i === 0 ? size : smaller })), ...broken ? [broken.map(text => ({ text, size }))] : []]
    for (const rows of ways) {
      const text = setText(rows, measure)
      if (text.height <= height - 2 && text.width <= roomAt(text.height)) return text
    }
  }
  return undefined
}

/** Sets words without a shape in a room: in one size, whole or in two lines. @returns nothing where they do not fit. */
export function fitWords(lines: readonly string[], { width, height }: { width: number, height: number }, size: number, isHero: boolean, { first, breaksHan }: Style, measure: Measure): SetText | undefined {
  const wider: Measure = (text, at) => measure(text, at) * (isHero ? DISPLAY_WIDTH : 1)
  const [only = '', ...others] = lines
  const broken = others.length === 0 ? inTwo(only, breaksHan, measure) : undefined
  for (let at = size; at >= first.least; at--) {
    for (const way of [lines, ...broken ? [broken] : []]) {
      const text = setText(way.map(line => ({ text: line, size: at })), wider)
      if (text.width <= width && text.rows.length * at <= height + 2) return text
    }
  }
  return undefined
}

/**
 * A line in two: at the blank that leaves the shorter lines, or in the middle of Chinese, behind a comma where there is one; nothing where it
 * has no such place.
 * @param breaksWords whether behind a hyphen as well.
 */
export function inTwo(line: string, breaksHan: boolean, measure: Measure, breaksWords = false): [string, string] | undefined {
  const characters = [...line]
  const places = characters.flatMap((character, i) => {
    if (i === 0) return []
    if (character === ' ' || breaksWords && characters[i - 1] === '-') return [i]
    const canBreak = breaksHan && HAN.test(characters[i - 1] + character) && !CLOSING.test(character)
    return canBreak ? [i] : []
  })
  const pauses = places.filter(i => PAUSE.test(characters[i - 1] ?? ''))
  let best: { rows: [string, string], width: number } | undefined
  for (const i of pauses.length > 0 ? pauses : places) {
    const rows: [string, string] = [characters.slice(0, i).join('').trim(), characters.slice(i).join('').trim()]
    const width = Math.max(...rows.map(row => measure(row, 20)))
    // Of two as good, the one with the longer first line.
    if (!best || width <= best.width) best = { rows, width }
  }
  return best?.rows
}
