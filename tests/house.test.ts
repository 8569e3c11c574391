import { execFileSync } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { x } from 'tinyexec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './helpers/deck.ts'
import { createProject } from './helpers/project.ts'

it('the top of the tree has at most 24 entries, and none of a machine', async () => {
  const tracked = new Set(execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n').map(path => path.split('/')[0]))
  const visible = (await readdir(root)).filter(name => !name.startsWith('.') && tracked.has(name))
  expect(visible.length).toBeGreaterThan(10)
  expect(visible.length, visible.join(' ')).toBeLessThanOrEqual(24)
  expect(visible.filter(name => /^(?:setup|lib|scripts|site|hosting|types|Dockerfile|CONTRIBUTING.*|global-.*\.vue)$/.test(name))).toEqual([])
})

it('every package says what it is, and which Slidev it is for', async () => {
  for (const name of await readdir(join(root, 'packages'), { withFileTypes: true })) {
    if (!name.isDirectory()) continue
    const folder = join(root, 'packages', name.name)
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name: string, description: string, engines: { slidev?: string }, exports: Record<string, string> }
    expect(manifest.engines.slidev, name.name).toMatch(/^>=\S+ <\S+$/)
    expect(await readFile(join(folder, 'README.md'), 'utf8'), name.name).toContain(manifest.name)
    for (const path of Object.values(manifest.exports)) expect((await readFile(join(folder, path))).length, `${name.name}: ${path}`).toBeGreaterThan(0)
  }
})

const PLANTED = [
  ['upwards', 'packages/deck/src/editions.ts', `import 'slidev-deck-check/problems'`, 'deck-imports-down-only'],
  ['sideways', 'packages/present/src/command.ts', `import 'slidev-addon-diagrams/store'`, 'present-imports-down-only'],
  ['of the talk', 'packages/check/src/rule.ts', `import '../../../talk/labels.ts'`, 'no-talk-in-the-kit'],
  ['past the exports', 'packages/site/src/head.ts', `import '../../deck/src/clauses.ts'`, 'site-by-exports-only'],
  ['of Node in the browser', 'packages/present/client/pace.ts', `import 'node:fs'`, 'no-node-in-the-browser'],
] as const

describe('lint sees an import', () => {
  let project: Awaited<ReturnType<typeof createProject>>
  let said: string
  beforeAll(async () => {
    project = await createProject(Object.fromEntries(PLANTED.map(([, file, line]) => [file, (old: string) => `${line}\n${old}`])))
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: { lint: string } }
    // The checks of imports as lint runs them.
    const commands = scripts.lint.match(/depcruise[^&]*/g)?.map(command => command.trim().split(' ')) ?? []
    expect(commands.length).toBeGreaterThan(0)
    const ended = await Promise.all(commands.map(([command = '', ...args]) => x(command, args, { nodeOptions: { cwd: project.root } })))
    expect(ended.map(({ exitCode }) => exitCode)).not.toContain(0)
    said = ended.map(({ stdout }) => stdout).join('\n')
  })
  afterAll(() => project?.remove())

  it.each(PLANTED)('%s', (_, file, __, rule) => {
    expect(said.split('\n').filter(line => line.includes(` ${rule}: ${file}`)), said).not.toEqual([])
  })
})
