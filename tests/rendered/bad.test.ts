import { readdirSync, readFileSync } from 'node:fs'
import { cp, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { fencesOf } from 'slidev-addon-diagrams/problems'
import { writeDrawing } from 'slidev-addon-diagrams/store'
import { x } from 'tinyexec'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { serveBuilt, type BuiltDeck } from '../helpers/built.ts'
import { project as talk, root, source } from '../helpers/deck.ts'
import { createProject } from '../helpers/project.ts'
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
  const [headmatter = ''] = readFileSync(join(root, source.entry), 'utf8').split(/^src: /m)
  const components = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.vue'))
  project = await createProject({
    'slides.md': headmatter + fixtures.map(({ rule, name }) => `src: ./pages/${rule}-${name}.md\n---\n`).join('\n---\n'),
    ...Object.fromEntries(fixtures.map(({ rule, name }) => [`pages/${rule}-${name}.md`, read(rule, `${name}.md`)])),
    ...Object.fromEntries(components.map(path => [`components/${basename(path)}`, read(path)])),
  })
  const deck = await loadDeck({ ...talk, root: project.root }, 'slides.md')
  slides = deck.slides
  for (const { file, fence, faces } of fencesOf(deck)) {
    const drawn = fixtures.find(({ rule, name }) => file === `pages/${rule}-${name}.md`)
    if (drawn) writeDrawing(project.root, fence, faces, { svg: read(drawn.rule, `${drawn.name}.svg`) })
  }
}

beforeAll(async () => {
  [browser] = await Promise.all([connectBrowser(), assemble()])
  // Not with deck build: that refuses some of these slides for their source.
  const cli = join(project.root, 'node_modules/@slidev/cli/bin/slidev.mjs')
  const { exitCode, stdout, stderr } = await x(process.execPath, [cli, 'build', 'slides.md'], { nodeOptions: { cwd: project.root, env: { NODE_ENV: 'production' } } })
  if (exitCode !== 0) throw new Error(stdout + stderr)
  // What deck build would add: a page at each slide's address, and a service worker, here one that does nothing.
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
    const state = await session.state(source, slide, click, failure)
    for (const { id, inspect } of rules) found.set(id, [...found.get(id) ?? [], ...inspect(state).findings])
  }
  const reporting = [...found].filter(([, findings]) => findings.length > 0)
  expect(Object.fromEntries(reporting.filter(([id]) => id !== rule && !also.includes(id)))).toEqual({})
  expect(reporting.map(([id]) => id)).toEqual(expect.arrayContaining([rule, ...also]))
  expect(found.get(rule)?.join('\n')).toContain(says)
})
