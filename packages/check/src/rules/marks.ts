import { parseFences } from 'slidev-addon-deck/fences'
import { isDiagram, piecesOf } from 'slidev-addon-deck/markup'
import { ODD, oddName } from 'slidev-addon-deck/odd-characters'
import type { SourceSlide } from 'slidev-addon-deck/source-deck'
import { defineRule, type Finding, type Rules } from '../rule.ts'
import { on, slides } from './places.ts'

/** What begins a heading, an item, a quote, a fence or a new slide, with what looks like a blank before or behind it. */
const ODD_MARK = new RegExp(`^(?:[ \\t]*>)*[ \\t]*(?:(${ODD})(?:${ODD}|[ \\t])*(?:(?:#{1,6}|[-*+]|\\d+[.)])(?=\\s|$)|>|\`{3,}|~{3,}|-{3,}$)|(?:#{1,6}|[-*+]|\\d+[.)])(${ODD}))`, 'u')
/** The same marks as an input method for Chinese, or a word processor, writes them. */
const WIDE_MARK = /^\s*(?:(＃{1,6})|([－＋＊])\s|([—–―－]{1,3}-?)$)/u
const ASCII_OF: Readonly<Record<string, string>> = { '＃': '#', '－': '-', '＋': '+', '＊': '*' }

/** Lines of a slide that are no code: neither a fence nor a comment. */
function textLines(slide: SourceSlide): { line: number, text: string }[] {
  const fences = piecesOf(slide).flatMap(piece => piece.kind === 'fence' ? [[piece.line, piece.line + 1 + piece.code.split('\n').length] as const] : [])
  return slide.content.split('\n').map((text, i) => ({ line: slide.contentLine + i, text }))
    .filter(({ line }) => !fences.some(([first, last]) => line >= first && line <= last))
}

function wrongMark(text: string): string | undefined {
  const [, before, after] = ODD_MARK.exec(text) ?? []
  const odd = before ?? after
  if (odd) return `${before ? 'Before' : 'Behind'} the mark that begins this line stands ${oddName(odd)}, so Markdown reads it as text: type a plain blank there.`
  const [, heading, item, rule] = WIDE_MARK.exec(text) ?? []
  if (heading || item) return `"${heading ?? item}" is a full-width mark, which Markdown reads as text: write "${[...heading ?? item ?? ''].map(each => ASCII_OF[each] ?? each).join('')} ".`
  return rule ? `"${rule}" stands for "---" where a program has changed it: write three hyphens for a new slide, or remove the line.` : undefined
}

/** What of a line of a diagram is its language: what stands before its words in kinds that are all words, else all but labels and texts. */
function language(text: string, kind: string): string {
  if (/^\s*(?:acc(?:Title|Descr)\s*:|%%(?!\s*class))/.test(text)) return ''
  if (kind === 'mindmap' || kind === 'timeline') return /^\s*/.exec(text)?.[0] ?? ''
  return text.replace(/"[^"]*"|\[[^\]]*\]|\([^)]*\)|\{[^}]*\}|\|[^|]*\||(?<!:):(?!:).*$/g, '')
}

/** Odd characters in the language of a diagram: names that look the same are then others. */
function oddInDiagrams(slide: SourceSlide): Finding[] {
  return parseFences(slide.content, slide.contentLine).filter(isDiagram).flatMap(({ code, kind, line }) => code.split('\n').flatMap((text, i) => {
    const odd = new RegExp(ODD, 'u').exec(language(text, kind))?.[0]
    return odd ? on(slide, line + 1 + i, `Outside the labels of this diagram stands ${oddName(odd)}: type a plain blank, or remove it.`) : []
  }))
}

/** Rules about what Markdown reads as marks. */
export const markRules: Rules = {
  'plain-marks': defineRule({
    group: 'always',
    level: 'error',
    describe: 'Marks of Markdown are typed plainly: no odd blanks around them, no full-width ones.',
    places: slides,
    findings: slide => [
      ...textLines(slide).flatMap(({ line, text }) => {
        const message = wrongMark(text)
        return message ? on(slide, line, message) : []
      }),
      ...oddInDiagrams(slide),
    ],
  }),
}
