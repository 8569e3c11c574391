import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createProject, type Change, type Finished } from '../helpers/project.ts'

const BUILD_TIMEOUT = 120_000

let project: Awaited<ReturnType<typeof createProject>>
let built: Finished
beforeAll(async () => {
  project = await createProject()
  built = await project.run('build.ts', ['--base', '/talk/'])
}, BUILD_TIMEOUT)
afterAll(() => project.remove())

const dist = () => join(project.root, 'dist')

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
}

async function digestOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of await filesOf(folder)) hash.update(file).update(await readFile(join(folder, file)))
  return hash.digest('hex')
}

/** Everything beside the project's own files: nothing of an unfinished build may stay. */
const leftovers = async () => (await readdir(project.root)).filter(name => name.startsWith('.dist'))

describe('a build on a machine without a browser', () => {
  it('succeeds', () => {
    expect(built.output).toContain('is ready to be served at /talk/')
    expect(built.code).toBe(0)
  })

  it('is under 3 MB', async () => {
    const sizes = await Promise.all((await filesOf(dist())).map(async file => (await stat(join(dist(), file))).size))
    expect(sizes.length).toBeGreaterThan(50)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000)
  })

  it('holds no compiler of Vue templates', async () => {
    // It names the runtime’s functions in strings; in the runtime itself they have no names any more.
    const COMPILER = /[`'"]resolveDynamicComponent[`'"]/
    for (const file of (await filesOf(dist())).filter(name => name.endsWith('.js'))) expect(await readFile(join(dist(), file), 'utf8'), file).not.toMatch(COMPILER)
    expect(await readFile(join(project.root, 'node_modules/vue/dist/vue.global.prod.js'), 'utf8')).toMatch(COMPILER)
  })

  it('holds no code of Mermaid, ELK, Monaco, Shiki or KaTeX', async () => {
    const scripts = (await filesOf(dist())).filter(file => file.endsWith('.js'))
    expect(scripts.filter(file => /mermaid|elk|monaco|shiki|katex/i.test(file))).toEqual([])
    for (const file of scripts) expect(await readFile(join(dist(), file), 'utf8'), file).not.toMatch(/mermaidAPI|flowchart-elk|elkjs|monaco-editor|createHighlighter|katex-html|floating-vue.{0,20}VERSION/)
  })

  it('names no other host that a page would fetch from', async () => {
    for (const file of (await filesOf(dist())).filter(name => /\.(?:html|css)$/.test(name))) {
      const text = await readFile(join(dist(), file), 'utf8')
      expect([...text.matchAll(/(?:src|href)\s*=\s*["']?(?:https?:)?\/\/|(?:url\(|@import)\s*["']?(?:https?:)?\/\//g)].map(match => match[0]), file).toEqual([])
    }
  })

  it('asks for everything below its base path, and has it', async () => {
    const html = await readFile(join(dist(), 'index.html'), 'utf8')
    const css = await Promise.all((await filesOf(dist())).filter(file => file.endsWith('.css')).map(file => readFile(join(dist(), file), 'utf8')))
    const fonts = css.flatMap(text => [...text.matchAll(/url\(["']?([^"')]+\.woff2)["']?\)/g)].map(match => match[1] ?? ''))
    const linked = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1] ?? '')
    expect(fonts.length).toBeGreaterThan(5)
    for (const url of [...fonts, ...linked]) {
      expect(url).toMatch(/^\/talk\//)
      expect(existsSync(join(dist(), url.slice('/talk/'.length))), url).toBe(true)
    }
  })

  it('carries the fonts’ licences', async () => {
    for (const family of ['serif', 'sans']) expect(await readFile(join(dist(), `fonts/LICENSE-noto-${family}-sc.txt`), 'utf8')).toContain('SIL OPEN FONT LICENSE')
  })

  it('says in HTML which language it is in', async () => {
    expect(await readFile(join(dist(), 'index.html'), 'utf8')).toContain('<html lang="zh-CN">')
  })
})

describe('a failing build', () => {
  const CHAPTER = 'pages/zh/10-traffic.md'
  let chapter = ''
  let before = ''
  beforeAll(async () => {
    chapter = await readFile(join(project.root, CHAPTER), 'utf8')
    before = await digestOf(dist())
  })
  beforeEach(() => project.edit({ [CHAPTER]: chapter }))

  /** The 1-based line of the chapter on which a text stands. */
  const lineOf = async (text: string) => (await readFile(join(project.root, CHAPTER), 'utf8')).split(text)[0]?.split('\n').length

  const replaced = (from: string | RegExp, to: string): Change => (old) => {
    const changed = old.replace(from, to)
    if (changed === old) throw new Error(`The chapter has no ${from}`)
    return changed
  }

  const cases: [string, Change, string, RegExp][] = [
    ['a character without a glyph', replaced(/^# /m, '# \u{1F98A}'), '# \u{1F98A}', /missing-glyph.*\u{1F98A} \(U\+1F98A\)/u],
    ['an unknown kind of callout', replaced('kind="takeaway"', 'kind="warning"'), 'kind="warning"', /warning.*takeaway/],
    ['missing sources', replaced(/^layout: thesis\n(.*\n)*?sources: .*\n/m, 'layout: thesis\n'), 'routeAlias: traffic-thesis', /sources/],
    ['an unknown paragraph', replaced(/^sources: \[/m, 'sources: [T9.9, '), 'sources: [T9.9', /T9\.9/],
    ['a duplicate id', replaced('routeAlias: traffic-shift', 'routeAlias: cover'), 'routeAlias: cover', /cover/],
    ['a changed diagram', replaced('["玩家"]', '["新玩家"]'), '```mermaid', /npm run diagrams/],
    ['a template that does not compile', replaced(/^# (.*)/m, '# $1 {{ a b }}'), 'routeAlias: traffic-thesis', /slide \d+/],
  ]
  it.each(cases)('names file and line of %s', async (_, change, at, message) => {
    await project.edit({ [CHAPTER]: change })
    const { code, output } = await project.run('build.ts')
    expect(code).toBe(1)
    const lines = output.trim().split('\n')
    expect(lines.filter(line => message.test(line)).join('\n')).not.toBe('')
    expect(lines[0]).toMatch(new RegExp(`^${CHAPTER}:\\d+  `))
    // A slide may be named by its first line, which is one above its first setting.
    const line = await lineOf(at) ?? 0
    const named = lines.filter(text => message.test(text)).map(text => Number(/:(\d+) /.exec(text)?.[1]))
    expect(named.some(each => Math.abs(each - line) <= 1), `${named} is not near ${line}:\n${output}`).toBe(true)
    expect(output).not.toMatch(/^\s+at /m)
    expect(await digestOf(dist())).toBe(before)
    expect(await leftovers()).toEqual([])
  }, BUILD_TIMEOUT)

  it.each(['talk', '/talk', 'talk/', 'https://example.org/'])('refuses the base path %s', async (base) => {
    const { code, output } = await project.run('build.ts', ['--base', base])
    expect(code).toBe(2)
    expect(output).toContain(`--base must start and end with "/", like /talk/, not "${base}".`)
    expect(await digestOf(dist())).toBe(before)
  })

  it('does not replace a folder that is no build', async () => {
    const folders = [join(project.root, 'pages'), project.root, dirname(project.root)]
    for (const folder of folders) {
      const { code, output } = await project.run('build.ts', ['--out', folder])
      expect(code, output).not.toBe(0)
      expect(output).toContain(folder)
      expect(existsSync(join(project.root, CHAPTER))).toBe(true)
    }
  })

  it('leaves the last build alone when it is interrupted', async () => {
    const running = project.start('build.ts')
    await expect.poll(leftovers, { timeout: 30_000, interval: 20 }).not.toEqual([])
    running.process.kill('SIGINT')
    const { code } = await running.finished
    expect(code).toBe(130)
    expect(await digestOf(dist())).toBe(before)
    expect(await leftovers()).toEqual([])
  }, BUILD_TIMEOUT)
})
