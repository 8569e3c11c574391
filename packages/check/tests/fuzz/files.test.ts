import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { talkOf } from 'slidev-addon-deck/talk'
import { inspectParity } from '../../src/parity.ts'
import type { CheckedDeck } from '../../src/rule.ts'
import { checkDeck } from '../../src/rules/index.ts'
import { filesOf, unsound, Workshop, type Files } from './decks.ts'
import { settings } from './settings.ts'
import { hostileLine, hostileText } from './text.ts'
import { Watchdog } from './watchdog.ts'

const TIMEOUT = 180_000
const ENTRY = 'slides.md'
const watchdog = new Watchdog()
const workshop = new Workshop()
let good: Files
let inStep: CheckedDeck

beforeAll(async () => {
  // The YAML reader remarks on keys that are lists.
  vi.spyOn(process, 'emitWarning').mockReturnValue()
  good = await filesOf('good', ENTRY)
  inStep = await workshop.load(good, ENTRY)
})
afterAll(() => {
  workshop.close()
  return watchdog.close()
})

/** Everything that is asked of a deck's source, by `deck check` and before a start or a build. */
function everything(deck: CheckedDeck) {
  talkOf(deck)
  return [...checkDeck(deck), ...inspectParity(inStep, deck).flatMap(({ violations }) => violations)]
}

/** Decks changed in one way: each is either sound or told what is wrong with it. Returns on what share something was said. */
async function survives(changes: fc.Arbitrary<Files>, runs: number): Promise<number> {
  let [told, all] = [0, 0]
  await fc.assert(fc.asyncProperty(changes, async (changed) => {
    const files = { ...good, ...changed }
    const verdict = await watchdog.watchAsync(JSON.stringify(changed), () => workshop.verdict(files, ENTRY, everything))
    all++
    if (verdict.length > 0) told++
    const wrong = verdict.flatMap(violation => unsound(violation, files) ?? [])
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
  }), settings(runs))
  return told / all
}

const keys = fc.constantFrom('routeAlias', 'layout', 'minutes', 'sources', 'chapter', 'src', 'lang', 'duration', 'hide', 'title', 'illustration', 'clicks', '__proto__', 'constructor', 'level')
const values = fc.oneof(hostileLine, fc.constantFrom('', 'null', '~', '1', '-1', '1e999', '.nan', '.inf', '-0', 'true', '[]', '{}', '[[]]', '[null]', '[{}]', '{a: {b: c}}', '2026-11-22', '0x1f', '0o7', '1_000', '"', '"\\u0000"', '|', '>', '&a [*a]', '*a', '!!binary x', '!!set {a}', '!!timestamp 2026-11-22', '? a', 'T1.1', '[T1.1, T1.1]', '99999999999999999999', 'cover', 'zh-CN', 'en', './pages/frame.md', './pages/frame.md#1-99999999999', './pages/frame.md#0', './pages/frame.md#x', './slides.md', '/etc/hostname', 'http://x/', './pages'))
const frontmatter = fc.array(fc.tuple(keys, values).map(([key, value]) => `${key}: ${value}`), { maxLength: 6 }).map(lines => `---\n${lines.join('\n')}\n---\n`)

it('reads or refuses a chapter of any text', async () => {
  expect(await survives(hostileText.map(text => ({ 'pages/frame.md': text })), 500)).toBeGreaterThan(0.4)
}, TIMEOUT)

it('reads or refuses any headmatter and entry', async () => {
  const entry = fc.oneof(hostileText, fc.tuple(frontmatter, fc.array(fc.oneof(frontmatter, hostileText), { maxLength: 3 })).map(([head, rest]) => head + rest.join('\n')))
  expect(await survives(entry.map(text => ({ [ENTRY]: text })), 500)).toBeGreaterThan(0.4)
}, TIMEOUT)

it('reads or refuses slides of any frontmatter', async () => {
  const slide = fc.tuple(frontmatter, hostileText).map(([head, body]) => `${head}\n# 标题\n\n${body}\n`)
  expect(await survives(fc.array(slide, { minLength: 1, maxLength: 3 }).map(slides => ({ 'pages/frame.md': slides.join('\n') })), 500)).toBeGreaterThan(0.4)
}, TIMEOUT)

it('reads or refuses a deck damaged in any place', async () => {
  const damage = fc.tuple(fc.constantFrom(...Object.keys(good)), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(60), hostileText)
  await survives(fc.array(damage, { minLength: 1, maxLength: 3 }).map(damages => damages.reduce<Files>((files, [path, place, removed, inserted]) => {
    const text = files[path] ?? good[path] ?? ''
    const at = Math.floor(place * text.length)
    return { ...files, [path]: text.slice(0, at) + inserted + text.slice(at + removed) }
  }, {})), 700)
}, TIMEOUT)
