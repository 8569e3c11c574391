import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'

const repository = resolve(import.meta.dirname, '../..')
/** The deck command of a project, from its folder. */
export const DECK = 'packages/deck/bin/deck.mjs'

/** A file's new text, or what to make of its old one. */
export type Change = string | ((old: string) => string)

/** A copy of the working tree to break and build. */
export interface Project {
  root: string
  /** Changes files, creating those that are not there. */
  edit: (changes: Record<string, Change>) => Promise<void>
  /** Runs a command of `deck` in it to the end, with no browser to be found unless `env` has one. */
  run: (command: string, args?: string[], env?: NodeJS.ProcessEnv) => Promise<Finished>
  /** Starts a command of `deck` in it. */
  start: (command: string, args?: string[], env?: NodeJS.ProcessEnv) => Running
}

export interface Finished {
  code: number | null
  signal: NodeJS.Signals | null
  /** What it wrote to stdout and stderr. */
  output: string
}

export interface Running {
  process: ChildProcess
  finished: Promise<Finished>
  /** Waits until its output matches. Throws where it ends before, or after `timeout` milliseconds. */
  prints: (pattern: RegExp, timeout?: number) => Promise<void>
}

/** Copies the working tree without its tests, with `changes` made. The caller removes it with `remove`. */
export async function createProject(changes: Record<string, Change> = {}): Promise<Project & { remove: () => Promise<void> }> {
  // The blank and the Chinese character: paths like that are common, and break tools.
  const folder = await mkdtemp(join(tmpdir(), 'deck 演示 '))
  const root = join(folder, 'project')
  await copyWorkingTree(root)
  await linkPackages(root)
  const edit: Project['edit'] = async (edits) => {
    for (const [path, change] of Object.entries(edits)) {
      const file = join(root, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, typeof change === 'string' ? change : change(await readFile(file, 'utf8')))
    }
  }
  const start: Project['start'] = (command, args = [], env = {}) => startNode(root, [DECK, command, ...args], { ...bareEnvironment(folder), ...env })
  await edit(changes)
  return { root, edit, start, run: (...given) => start(...given).finished, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Runs `use` on a copy of the working tree with `changes` made, and removes the copy. */
export async function withProject<T>(changes: Record<string, Change>, use: (project: Project) => Promise<T>): Promise<T> {
  const project = await createProject(changes)
  try {
    return await use(project)
  }
  finally {
    await project.remove()
  }
}

async function copyWorkingTree(to: string): Promise<void> {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: repository, maxBuffer: 1e8 })
  const files = stdout.split('\0').filter(file => file && !file.startsWith('tests/'))
  for (const file of files) await cp(join(repository, file), join(to, file)).catch(ignoreDeleted)
}

/** Git lists a file that is deleted but not yet committed so. */
function ignoreDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** A node_modules of the copy's own, since Slidev and the font cache write into it, that holds the packages as links: those of this repository lead to the copy's own. */
async function linkPackages(root: string): Promise<void> {
  const packages = join(repository, 'node_modules')
  await mkdir(join(root, 'node_modules'))
  const own = await realpath(join(repository, 'packages'))
  for (const name of await readdir(packages)) {
    if (name.startsWith('.') && name !== '.bin') continue
    const real = await realpath(join(packages, name))
    await symlink(real.startsWith(own) ? join(root, 'packages', relative(own, real)) : join(packages, name), join(root, 'node_modules', name))
  }
}

/** No browser on the PATH, none of Playwright's, and neither a terminal's nor npm's settings. */
function bareEnvironment(folder: string): NodeJS.ProcessEnv {
  return { PATH: join(folder, 'nothing'), HOME: folder, PLAYWRIGHT_BROWSERS_PATH: join(folder, 'nothing') }
}

/** Starts Node with a script and its words. */
export function startNode(cwd: string, [script = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [script, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output += chunk.toString())
  const finished = new Promise<Finished>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => done({ code, signal, output }))
  })
  const prints: Running['prints'] = (pattern, timeout = 120_000) => new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${script} did not print ${pattern} within ${timeout} ms:\n${output}`)), timeout)
    const look = () => {
      if (!pattern.test(output)) return
      clearTimeout(timer)
      done()
    }
    for (const stream of [child.stdout, child.stderr]) stream.on('data', look)
    void finished.then(() => {
      clearTimeout(timer)
      fail(new Error(`${script} ended without printing ${pattern}:\n${output}`))
    })
    look()
  })
  return { process: child, finished, prints }
}
