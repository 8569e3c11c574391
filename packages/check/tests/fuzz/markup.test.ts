import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { clicksOf } from 'slidev-addon-deck/clicks'
import { mermaidSource, parseFence, parseFences } from 'slidev-addon-deck/fences'
import { headlines, parseTags, passages, plainText } from 'slidev-addon-deck/markup'
import { textLength } from 'slidev-addon-deck/measure'
import { clickMarkers, spokenText } from 'slidev-addon-deck/notes'
import { skeleton } from '../../src/parity.ts'
import { settings } from './settings.ts'
import { hostileLine, hostileText } from './text.ts'
import { Watchdog } from './watchdog.ts'

const TIMEOUT = 120_000
const watchdog = new Watchdog()
afterAll(() => watchdog.close())

/** A property of one text, under watch. */
function holds(text: fc.Arbitrary<string>, runs: number, property: (text: string) => void): void {
  fc.assert(fc.property(text, input => watchdog.watch(input, () => void property(input))), settings(runs))
}

it('finds fences, tags, headlines and passages where they stand in any text', () => {
  holds(hostileText, 2500, (content) => {
    const contentLine = 7
    const lines = content.split('\n')
    const within = (line: number) => line >= contentLine && line < contentLine + lines.length
    const markup = { content, contentLine }
    for (const fence of parseFences(content, contentLine)) {
      expect(lines[fence.line - contentLine]).toMatch(/`{3}|~{3}/)
      expect(fence.steps).toBe(fence.stepsPresent.at(-1) ?? 0)
    }
    for (const { line, name } of parseTags(markup)) {
      expect(within(line)).toBe(true)
      expect(lines[line - contentLine]).toContain(`${name}`)
    }
    for (const { line } of [...headlines(markup), ...passages(markup)]) expect(within(line)).toBe(true)
    for (const components of [undefined, {}]) expect(clicksOf(markup, components) ?? 0).toBeGreaterThanOrEqual(0)
    for (const language of ['zh', 'en'] as const) expect(textLength(content, language)).toBeLessThanOrEqual(content.length)
  })
}, TIMEOUT)

it('reads any fence, and gives Mermaid its lines', () => {
  holds(hostileText, 1500, (code) => {
    const fence = parseFence(code)
    const { text, lines } = mermaidSource(code)
    if (lines.length > 0) expect(text.split('\n').length).toBe(lines.length)
    expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b))
    for (const { line } of skeleton(fence)) expect(line).toBeLessThanOrEqual(code.split('\n').length + 1)
    expect(Object.values(fence.marks).every(mark => typeof mark === 'object')).toBe(true)
  })
}, TIMEOUT)

it('reads any notes', () => {
  holds(hostileText, 800, (note) => {
    expect(clickMarkers(note)).toBeGreaterThanOrEqual(0)
    expect(spokenText(note)).not.toMatch(/\[click(?::\d+)?\]/i)
  })
}, TIMEOUT)

it('makes plain text of any line', () => {
  holds(hostileLine, 800, line => expect(plainText(line).length).toBeLessThanOrEqual(line.length))
}, TIMEOUT)
