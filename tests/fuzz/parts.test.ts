import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { explainFailure } from 'slidev-addon-site/build-failure'
import { UsageError } from 'slidev-addon-deck/command-line'
import { editionAddress } from 'slidev-addon-deck/edition-address'
import { noteHtml, noteParagraphs } from 'slidev-addon-deck/note-markup'
import { clock, paceOf } from 'slidev-addon-present/pace'
import { slideRange } from 'slidev-deck-export/order'
import { editions } from '../helpers/deck.ts'
import { settings } from '../../packages/check/tests/fuzz/settings.ts'
import { hostileLine, hostileText } from '../../packages/check/tests/fuzz/text.ts'
import { Watchdog } from '../../packages/check/tests/fuzz/watchdog.ts'

const TIMEOUT = 400_000
const watchdog = new Watchdog()
afterAll(() => watchdog.close())

/** A property of one text, under watch. */
function holds(text: fc.Arbitrary<string>, runs: number, property: (text: string) => void): void {
  fc.assert(fc.property(text, input => watchdog.watch(input, () => void property(input))), settings(runs))
}

it('narrates any notes', () => {
  holds(hostileText, 800, (note) => {
    expect(noteHtml(note)).not.toMatch(/<(?:script|style|iframe)|\[click\]/i)
    const runs = noteParagraphs(note).flatMap(paragraph => paragraph.runs)
    expect(runs.map(run => 'text' in run ? run.text : '').join('').length).toBeLessThanOrEqual(2 * note.length + 100)
  })
}, TIMEOUT)

it('takes ranges of slides that are there, and refuses every other word', () => {
  const number = fc.integer({ min: 0, max: 40 })
  const part = fc.oneof(number.map(String), fc.tuple(number, number).map(([from, to]) => `${from}-${to}`), fc.constantFrom('', ' ', '-', '1-', '-1', '1e3', '0x1', '1.5', '9'.repeat(400), '1-99999999999', ' 2 - 3 '), fc.string({ maxLength: 4 }))
  holds(fc.array(part, { maxLength: 4 }).map(parts => parts.join(',')), 1500, (range) => {
    const total = 30
    /** The range read in another way: each part by itself. */
    const parts = range.split(',').map(each => each.split('-').map(end => /^\s*\d+\s*$/.test(end) ? Number(end) : Number.NaN))
    const isSound = parts.every(([from = Number.NaN, to = from, more]) => more === undefined && from >= 1 && to <= total && from <= to)
    if (!isSound) return expect(() => slideRange(range, total)).toThrow(UsageError)
    const wanted = Array.from({ length: total }, (_, i) => i + 1).filter(no => parts.some(([from = 0, to = from]) => no >= from && no <= to))
    expect(slideRange(range, total)).toEqual(wanted)
  })
}, TIMEOUT)

it('leads from every edition to every other and back', () => {
  const edition = fc.constantFrom(...editions)
  const base = fc.array(fc.stringMatching(/^[\w-]{1,6}$/), { maxLength: 3 }).map(parts => `/${parts.map(part => `${part}/`).join('')}`)
  fc.assert(fc.property(base, edition, edition, fc.stringMatching(/^[a-z]{1,9}$/), fc.nat(9), (root, from, to, slide, clicks) => {
    const own = root + (from.folder && `${from.folder}/`)
    const address = editionAddress(own, from, to, slide, clicks)
    expect(address.startsWith(root + (to.folder && `${to.folder}/`) + slide)).toBe(true)
    expect(new URL(address, 'http://localhost').searchParams.get('clicks') ?? '0').toBe(String(clicks))
    if (from.folder) expect(() => editionAddress(`${root}x/`, from, to, slide, clicks)).toThrow(/stands at/)
  }), settings(500))
}, TIMEOUT)

it('tells the pace at any time of any plan', () => {
  const minutes = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 40 })
  fc.assert(fc.property(minutes, fc.nat(39), fc.double({ min: 0, max: 1e7, noNaN: true }), (plan, current, elapsed) => {
    if (current >= plan.length) return void expect(() => paceOf(plan, current, elapsed)).toThrow(RangeError)
    const { state, seconds } = paceOf(plan, current, elapsed)
    expect(Number.isInteger(seconds) && seconds >= 0).toBe(true)
    expect(clock(seconds)).toMatch(/^\d+:[0-5]\d$/)
    if (state === 'onPace') expect(seconds).toBe(0)
  }), settings(500))
}, TIMEOUT)

it('explains any output of a failed build, without a stack trace', () => {
  const line = fc.oneof(hostileLine, fc.constantFrom('Build failed with 1 error:', '[plugin deck:fonts] x', 'Error: boom', '    at f (a.js:1:1)', 'pages/a.md:3  x', '/r/pages/a.md__slidev_2.md:1:2', '/r/pages/a.md__slidev_99999999.md', '[UNRESOLVED_IMPORT] y', '}'))
  holds(fc.array(line, { maxLength: 12 }).map(lines => lines.join('\n')), 300, (output) => {
    const message = explainFailure(output, [{ file: 'pages/a.md', line: 1 }], '/r')
    expect(message.trim()).not.toBe('')
    expect(message).not.toMatch(/^\s+at /m)
  })
}, TIMEOUT)
