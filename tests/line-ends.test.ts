import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { problemsOf } from 'slidev-addon-deck/parts'
import { fencesOf } from 'slidev-addon-diagrams/problems'
import { drawingFile } from 'slidev-addon-diagrams/store'
import { expect, it } from 'vitest'
import { editions, project as talk, readEdition, root } from './helpers/deck.ts'
import { filesOf } from './helpers/files.ts'
import { createProject } from './helpers/project.ts'

/** A repository with these files of the talk, cloned as Git for Windows does. @returns the texts of the clone's files. */
async function clonedOnWindows(files: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'deck-clone-'))
  const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' } })
  try {
    const [from, to] = [join(folder, 'from'), join(folder, 'to')]
    for (const file of files) await cp(join(root, file), join(from, file))
    git(from, 'init', '-q')
    git(from, 'add', '-A')
    git(from, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '-qm', 'x')
    git(folder, 'clone', '-q', '-c', 'core.autocrlf=true', from, to)
    return await Promise.all(files.map(file => readFile(join(to, file), 'utf8')))
  }
  finally {
    await rm(folder, { recursive: true, force: true })
  }
}

it('a clone that Git for Windows makes has every file byte for byte; without .gitattributes it has not', async () => {
  const drawings = (await filesOf(join(root, 'drawings'))).slice(0, 3).map(file => `drawings/${file}`)
  const files = ['slides.md', 'pages/zh/10-traffic.md', 'deck.config.ts', 'packages/diagrams/src/page/pen.ts', 'styles/tokens.css', 'layouts/cover.vue', ...drawings]
  const here = await Promise.all(files.map(file => readFile(join(root, file), 'utf8')))
  expect(await clonedOnWindows(files)).not.toEqual(here)
  expect((await clonedOnWindows([...files, '.gitattributes'])).slice(0, -1)).toEqual(here)
})

/* What looks at every rule is in packages/check; here the talk as a clone on another machine has it. */

it.each([
  ['the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
])('%s change neither what is found in the slides nor the names of drawings', async (_, write) => {
  const project = await createProject()
  try {
    const sources = (await filesOf(project.root)).filter(path => /^(?:pages\/.*|[\w.]+)\.md$/.test(path))
    expect(sources.length).toBeGreaterThan(editions.length)
    for (const path of sources) await writeFile(join(project.root, path), write(await readFile(join(project.root, path), 'utf8')))
    for (const edition of editions) {
      const [deck, other] = await Promise.all([readEdition(edition), loadDeck({ ...talk, root: project.root }, edition.entry)])
      const drawings = (of: typeof deck) => fencesOf(of).map(({ fence, faces }) => drawingFile(fence, faces))
      expect(drawings(other)).toEqual(drawings(deck))
      expect(other.slides.map(({ id, headline, line, note }) => ({ id, headline, line, note: note.replaceAll('\r', '') }))).toEqual(deck.slides.map(({ id, headline, line, note }) => ({ id, headline, line, note })))
      expect(await problemsOf(other)).toEqual(await problemsOf(deck))
    }
  }
  finally {
    await project.remove()
  }
})
