import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { cp, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-chromium'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { editions } from 'slidev-addon-deck/editions'
import { launchChromium } from 'slidev-addon-deck/browser'
import { drawingFile, writeDrawing } from 'slidev-addon-diagrams/store'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { createProject } from '../helpers/project.ts'
import { root, serveBuilt, type BuiltDeck } from './built.ts'
import { fencesOf } from './labels.ts'
import type { Rule } from './rule.ts'
import { rules } from './rules/index.ts'
import { lastClick, Session } from './session.ts'

const FIXTURES = join(root, 'tests/fixtures/bad-rendered')

/** A broken slide: its rule, its name, and what it is expected to be told. */
const fixtures = readdirSync(FIXTURES).sort().flatMap(rule =>
  readdirSync(join(FIXTURES, rule)).filter(file => file.endsWith('.md')).sort().map(file => ({ rule, name: basename(file, '.md') })))

let project: Awaited<ReturnType<typeof createProject>>
let slides: DeckSlide[] = []
let built: BuiltDeck
let browser: Browser
let session: Session

const read = (...path: string[]) => readFileSync(join(FIXTURES, ...path), 'utf8')

/** The deck's own tree with the broken slides in the place of its chapters, and the components and drawings that are theirs. */
async function assemble(): Promise<void> {
  const [headmatter = ''] = readFileSync(join(root, editions[0].entry), 'utf8').split(/^src: /m)
  const components = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.vue'))
  project = await createProject({
    'slides.md': headmatter + fixtures.map(({ rule, name }) => `src: ./pages/${rule}-${name}.md\n---\n`).join('\n---\n'),
    ...Object.fromEntries(fixtures.map(({ rule, name }) => [`pages/${rule}-${name}.md`, read(rule, `${name}.md`)])),
    ...Object.fromEntries(components.map(path => [`components/${basename(path)}`, read(path)])),
  })
  slides = (await loadDeck(project.root, 'slides.md')).slides
  for (const [i, { rule, name }] of fixtures.entries()) {
    for (const { fence } of slides[i] ? fencesOf(slides[i]) : [])
      writeDrawing(join(project.root, drawingFile(fence, editions[0].language)), read(rule, `${name}.svg`))
  }
}

beforeAll(async () => {
  [browser] = await Promise.all([launchChromium(), assemble()])
  // Not with scripts/build.ts: that refuses some of these slides for their source.
  const cli = join(project.root, 'node_modules/@slidev/cli/bin/slidev.mjs')
  await promisify(execFile)(process.execPath, [cli, 'build', 'slides.md'], { cwd: project.root, env: { ...process.env, NODE_ENV: 'production' } })
  // What npm run build would add: a page at each slide's address, and a service worker, here one that does nothing.
  const folder = join(project.root, 'dist')
  await writeFile(join(folder, 'sw.js'), '')
  await Promise.all(slides.map(({ no }) => cp(join(folder, 'index.html'), join(folder, String(no), 'index.html'))))
  built = await serveBuilt(folder)
  session = await Session.open(browser, `${built.origin}/`)
})

// Whatever there is of it: setting up may have failed half-way.
afterAll(async () => {
  await Promise.all([browser?.close(), built?.close()])
  await project?.remove()
})

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
