import { stripVTControlCharacters } from 'node:util'
import type { DeckSlide } from 'slidev-addon-deck/deck'

/** Lines that say nothing about the cause: stack traces, drawings around source, the printed shape of the error. */
const NOISE = /^\s+at |^\s*(?:\d+\s*)?[╭│╰├─]|^\s*[─╯]+\s*$|errors: \[Getter|^\}$|^Node\.js v/
/** How an error's own line begins. */
const ERROR = /^(?:Uncaught )?\w*Error: /
/** One error's first line: `[plugin name] file`, `[UNRESOLVED_IMPORT] message`. */
const HEAD = /^\[(?:plugin [^\]]+|[A-Z_]+)\] /
/** A message that begins with a file of the project and a line. */
const PLACED = /^[^\s:/][^\s:]*:\d+ {2}/
/** Slidev's name for a slide: its file, then its number in the deck. */
const SLIDE = /(\S+?\.md)__slidev_(\d+)\.md(?::\d+:\d+)?/

/**
 * What a failed build printed, as messages that begin with file and line.
 * @param slides of the deck that was built: errors name a slide by its number.
 * @param root the project's folder, which is left out of the paths.
 */
export function explainFailure(output: string, slides: readonly Pick<DeckSlide, 'file' | 'line'>[], root: string): string {
  const lines = stripVTControlCharacters(output).replaceAll(`${root}/`, '').split(/\r?\n/).filter(line => line.trim() && !NOISE.test(line))
  const failed = lines.findIndex(line => /^Build failed with \d+ error/.test(line))
  // Where Node ended Slidev, the error follows what it had printed until then, and an excerpt of its code.
  const told = lines.slice(failed < 0 ? Math.max(0, lines.findIndex(line => ERROR.test(line))) : failed + 1)
  const messages = [...new Set(blocks(told).flatMap(block => explain(block, slides)))]
  // A fault of a slide may show a second time where Slidev renders its title: the slide comes first.
  const [placed, others] = [messages.filter(message => PLACED.test(message)), messages.filter(message => !PLACED.test(message))]
  return [...placed, ...others].join('\n') || 'Slidev stopped without a message.'
}

/** What a build that went well printed of single places in the slides: lines that begin with file and line. */
export function noticesIn(output: string): string[] {
  return stripVTControlCharacters(output).split(/\r?\n/).filter(line => PLACED.test(line))
}

/** Splits at each error's first line. */
function blocks(lines: readonly string[]): string[][] {
  const found: string[][] = []
  for (const line of lines) {
    if (HEAD.test(line) || found.length === 0) found.push([])
    found.at(-1)?.push(line)
  }
  return found
}

function explain(block: readonly string[], slides: readonly Pick<DeckSlide, 'file' | 'line'>[]): string[] {
  const texts = block.map(line => line.replace(ERROR, ''))
  const placed = texts.filter(text => PLACED.test(text))
  if (placed.length > 0) return placed
  const [head = '', ...rest] = texts
  const body = HEAD.test(head) && rest.length > 0 && head.startsWith('[plugin') ? rest : texts
  const message = [...new Set(body)].join(' ').replace(HEAD, '').replace(SLIDE, '$1')
  const [, file, no] = SLIDE.exec(block.join(' ')) ?? []
  if (file && no) return [`${file}:${slides[Number(no) - 1]?.line ?? 1}  slide ${no}  ${message}`]
  return body === rest ? [`${head.replace(HEAD, '')}  ${message}`] : [message]
}
