import { createRequire } from 'node:module'
import type * as vueCompiler from 'vue/compiler-sfc'
import { parseTags, piecesOf } from 'slidev-addon-deck/markup'
import type { SourceSlide } from 'slidev-addon-deck/source-deck'
import { defineRule, type Rules } from '../rule.ts'
import { on, slides } from './places.ts'

/** Loaded when a slide has braces. */
const require = createRequire(import.meta.url)

/** What stands between double braces on a slide, outside code, with its line: Vue computes it. */
function expressionsOf(slide: SourceSlide): { line: number, code: string }[] {
  const pieces = piecesOf(slide).filter(piece => piece.kind === 'text' && !piece.isCode)
  const text = pieces.map(piece => piece.kind === 'text' ? piece.text : '').join('\n')
  const lineAt = (offset: number) => pieces[text.slice(0, offset).split('\n').length - 1]?.line ?? slide.contentLine
  return [...text.matchAll(/\{\{([^]*?)\}\}/g)].map(({ 1: code = '', index }) => ({ line: lineAt(index), code: code.replaceAll('\n', ' ') }))
}

/** The names that an expression asks of its slide, as Vue's own compiler finds them; none where it is no expression, which a build tells. */
function namesIn(code: string): string[] {
  const { compileTemplate } = require('vue/compiler-sfc') as typeof vueCompiler
  const { code: compiled, errors } = compileTemplate({ source: `{{${code}}}`, filename: 'slide.vue', id: 'slide' })
  return errors.length > 0 ? [] : [...new Set([...compiled.matchAll(/_ctx\.([\p{L}\p{N}_$]+)/gu)].map(([, name = '']) => name))]
}

/** Whether something on the slide may bring a name: its script, a loop, a slot. */
function isBrought(slide: SourceSlide, name: string): boolean {
  const scripts = [...slide.content.matchAll(/<script\b[^>]*>([^]*?)<\/script>/g)].map(([, script = '']) => script)
  const bound = parseTags(slide).flatMap(({ attributes }) => attributes).filter(attribute => /^(?:v-for|v-slot|#)/.test(attribute.name)).map(({ value }) => value)
  return [...scripts, ...bound].some(text => text.split(/[^\p{L}\p{N}_$]+/u).includes(name))
}

/** Rules about what Vue computes on a slide. */
export const expressionRules: Rules = {
  'expression-known': defineRule({
    group: 'always',
    level: 'error',
    describe: 'What stands in double braces is known to Slidev or to the slide’s own script.',
    places: slides,
    findings: slide => expressionsOf(slide).flatMap(({ line, code }) => {
      // Slidev's own begin with a dollar sign.
      const unknown = namesIn(code).find(name => !name.startsWith('$') && !isBrought(slide, name))
      return unknown ? on(slide, line, `{{${code}}} shows nothing: in double braces stands code for Vue, and nothing is called "${unknown}". To show the braces, put them in backquotes.`) : []
    }),
  }),
}
