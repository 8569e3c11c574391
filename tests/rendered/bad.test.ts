import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeckSlide } from '../../lib/deck.ts'
import { editions } from '../../lib/editions.ts'
import { launchChromium } from '../../scripts/browser.ts'
import { drawingFile, writeDrawing } from '../../scripts/diagrams/store.ts'
import { loadDeck } from '../../scripts/load-deck.ts'
import { root, serveBuilt, type BuiltDeck } from './built.ts'
import { fencesOf } from './labels.ts'
import type { Rule } from './rule.ts'
import { rules } from './rules/index.ts'
import { lastClick, Session } from './session.ts'

const FIXTURES = join(root, 'tests/fixtures/bad-rendered')
const LEFT_OUT = new Set(['node_modules', '.git', 'dist', 'export', 'pages', 'tests', 'diagrams'])
const BUILD_TIME = 120_000

/** A broken slide: its rule, its name, and what it is expected to be told. */
const fixtures = readdirSync(FIXTURES).sort().flatMap(rule =>
  readdirSync(join(FIXTURES, rule)).filter(file => file.endsWith('.md')).sort().map(file => ({ rule, name: basename(file, '.md') })))

let project = ''
let slides: DeckSlide[] = []
let built: BuiltDeck
let browser: Browser
let session: Session

/** The deck's own tree, with every broken slide in the place of its chapters. */
async function assemble(): Promise<void> {
  project = mkdtempSync(join(tmpdir(), 'deck-bad-'))
  cpSync(root, project, { recursive: true, filter: path => !LEFT_OUT.has(relative(root, path)) })
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  mkdirSync(join(project, 'pages'))
  for (const { rule, name } of fixtures) cpSync(join(FIXTURES, rule, `${name}.md`), join(project, 'pages', `${rule}-${name}.md`))
  for (const path of readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.vue')))
    cpSync(join(FIXTURES, path), join(project, 'components', basename(path)))
  const [headmatter = ''] = readFileSync(join(root, editions[0].entry), 'utf8').split(/^src: /m)
  const chapters = fixtures.map(({ rule, name }) => `src: ./pages/${rule}-${name}.md\n---\n`)
  writeFileSync(join(project, 'slides.md'), headmatter + chapters.join('\n---\n'))
  slides = (await loadDeck(project, 'slides.md')).slides
  for (const [i, { rule, name }] of fixtures.entries()) {
    for (const { fence } of slides[i] ? fencesOf(slides[i]) : [])
      writeDrawing(join(project, drawingFile(fence, editions[0].language)), readFileSync(join(FIXTURES, rule, `${name}.svg`), 'utf8'))
  }
}

beforeAll(async () => {
  await assemble()
  const out = join(project, 'dist')
  const launched = launchChromium()
  await promisify(execFile)(process.execPath, [join(project, 'node_modules/@slidev/cli/bin/slidev.mjs'), 'build', 'slides.md', '--out', out], { cwd: project })
  built = await serveBuilt(out, async () => rmSync(project, { recursive: true }))
  browser = await launched
  session = await Session.open(browser, `${built.origin}/`)
}, BUILD_TIME)

afterAll(() => Promise.all([browser.close(), built.close()]))

it('has broken slides for each rule', () => {
  expect([...new Set(fixtures.map(({ rule }) => rule))]).toEqual(rules.map(({ id }) => id))
  expect(slides).toHaveLength(fixtures.length)
})

it.each(fixtures)('$rule catches $name, and no other rule does', async ({ rule, name }) => {
  const slide = slides[fixtures.findIndex(each => each.rule === rule && each.name === name)]
  if (!slide) throw new Error('The slide is not in the deck.')
  const { says, also = [] } = slide.frontmatter['bad'] as { says: string, also?: string[] }
  const found = new Map<Rule['id'], string[]>()
  for (let click = 0; click <= lastClick(slide); click++) {
    await session.load(`${slide.no}${click ? `?clicks=${click}` : ''}`)
    const failure = await session.arrive(slide.no, click)
    const state = await session.state({ lang: editions[0].lang }, slide, click, failure)
    for (const { id, inspect } of rules) found.set(id, [...found.get(id) ?? [], ...inspect(state).findings])
  }
  const reporting = [...found].filter(([, findings]) => findings.length > 0)
  expect(Object.fromEntries(reporting.filter(([id]) => id !== rule && !also.includes(id)))).toEqual({})
  expect(reporting.map(([id]) => id)).toEqual(expect.arrayContaining([rule, ...also]))
  expect(found.get(rule)?.join('\n')).toContain(says)
})
