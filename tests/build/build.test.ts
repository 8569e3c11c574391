import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runHere } from '../helpers/command.ts'
import { readEdition, slideThat, source } from '../helpers/deck.ts'
import { filesOf } from '../helpers/files.ts'
import { createProject, type Finished } from '../helpers/project.ts'

const BUILD_TIMEOUT = 120_000

let project: Awaited<ReturnType<typeof createProject>>
let built: Finished
beforeAll(async () => {
  project = await createProject()
  built = await project.run('build', ['--base', '/talk/'])
}, BUILD_TIMEOUT)
afterAll(() => project.remove())

const dist = () => join(project.root, 'dist')

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

  it('has the styles of the deck’s components after Slidev’s, which they override', async () => {
    const css = (await filesOf(dist())).filter(file => /assets\/style-.*\.css$/.test(file))
    expect(css.length).toBeGreaterThan(0)
    for (const file of css) {
      const text = await readFile(join(dist(), file), 'utf8')
      const slidevs = text.indexOf('.slidev-layout li,')
      expect(slidevs, file).toBeGreaterThan(0)
      expect(text.indexOf('[data-v-'), file).toBeGreaterThan(slidevs)
    }
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
    const styles = (await filesOf(dist())).filter(file => file.endsWith('.css'))
    const fonts = (await Promise.all(styles.map(async file => [...(await readFile(join(dist(), file), 'utf8')).matchAll(/url\(["']?([^"')]+\.woff2)["']?\)/g)]
      .map(match => new URL(match[1] ?? '', `http://deck/talk/${file.split(sep).join('/')}`).pathname)))).flat()
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
  let chapter = ''
  let whole = ''
  let before = ''
  beforeAll(async () => {
    const { slides } = await readEdition(source)
    // A chapter that has everything that is broken below.
    const textOf = (file: string) => slides.filter(slide => slide.file === file).map(({ content }) => content).join('\n')
    chapter = slideThat(slides, ({ layout, file }) => layout === 'thesis' && /kind="\w+"/.test(textOf(file)) && /^ +.*\["[^"]*"\].*$/m.test(textOf(file))).file
    whole = await readFile(join(project.root, chapter), 'utf8')
    before = await digestOf(dist())
  })
  beforeEach(() => project.edit({ [chapter]: whole }))

  /** The 1-based line of a text on which something stands. */
  const lineOf = (text: string, part: string | RegExp) => text.split(part)[0]?.split('\n').length ?? 0

  /** Runs a build that fails and leaves all as it was. */
  async function refusal(): Promise<string[]> {
    const { code, output } = await project.run('build')
    expect(code, output).toBe(1)
    expect(output).not.toMatch(/^\s+at /m)
    expect(await digestOf(dist())).toBe(before)
    expect(await leftovers()).toEqual([])
    return output.trim().split('\n')
  }

  it('names file and line of everything that is wrong with the source', async () => {
    const id = /^routeAlias: (.*)$/m.exec(whole)?.[1] ?? ''
    /** Faults, none of which hides another: where it is made, what it becomes, what is said. */
    const faults: [string | RegExp, string, RegExp][] = [
      [/kind="\w+"/, 'kind="warning"', /warning.*takeaway/],
      [/^sources: .*\n/m, 'sources: [T9.9]\n', /T9\.9/],
      [`routeAlias: ${id}`, 'routeAlias: cover', /"cover"/],
      [/^ +.*\["[^"]*"\].*$/m, '  broken -->--> diagram', /Mermaid can't read/],
    ]
    const broken = faults.reduce((text, [from, to]) => {
      const changed = text.replace(from, to)
      expect(changed, String(from)).not.toBe(text)
      return changed
    }, whole)
    await project.edit({ [chapter]: broken })
    const lines = await refusal()
    for (const line of lines) expect(line).toMatch(/^pages\/\S+\.md:\d+ {2}/)
    for (const [, made, said] of faults) {
      const named = lines.filter(line => said.test(line)).map(line => Number(/:(\d+) /.exec(line)?.[1]))
      // A slide may be named by its first line, a diagram by the line after the one that Mermaid stumbles over.
      expect(named.some(each => Math.abs(each - lineOf(broken, made)) <= 1), `${said} is not told near ${lineOf(broken, made)}:\n${lines.join('\n')}`).toBe(true)
    }
  }, BUILD_TIMEOUT)

  it('names file and line of a character without a glyph', async () => {
    const broken = whole.replace(/^# /m, '# \u{1F98A}')
    await project.edit({ [chapter]: broken })
    // Once for each face that would have to paint it.
    for (const line of await refusal()) expect(line).toMatch(new RegExp(`^${chapter}:${lineOf(broken, '# \u{1F98A}')} {2}missing-glyph {2}.*\u{1F98A} \\(U\\+1F98A\\)`, 'u'))
  }, BUILD_TIMEOUT)

  it('names file and line of a template that does not compile', async () => {
    await project.edit({ [chapter]: whole.replace(/^# (.*)/m, '# $1 {{ a b }}') })
    const [line = ''] = await refusal()
    const [, at = ''] = /^(\d+) {2}.*slide \d+/.exec(line.replace(`${chapter}:`, '')) ?? []
    expect(Math.abs(Number(at) - lineOf(whole, /^---\n.*\n(?=(?:.*\n)*?# )/m)), line).toBeLessThan(20)
  }, BUILD_TIMEOUT)

  it('does not replace a folder that is no build', async () => {
    for (const folder of [join(project.root, 'pages'), project.root, dirname(project.root)]) {
      const { code, output } = await runHere('build', ['--out', folder], project.root)
      expect(code, output).not.toBe(0)
      expect(output).toContain(folder)
      expect(existsSync(join(project.root, chapter))).toBe(true)
    }
  })

  it.each([[['--require-prerender'], 'render the slides'], [['--with-pdf'], 'print the PDFs']])('without a browser, %j is refused before anything is built', async (args, what) => {
    const { code, output } = await project.run('build', args)
    expect([code, output]).toEqual([1, expect.stringContaining(`No browser to ${what} with was found. Install Chromium`)])
    expect(output).toContain('CHROMIUM_PATH')
    expect(await digestOf(dist())).toBe(before)
    expect(await leftovers()).toEqual([])
  })

  it('leaves the last build alone when it is interrupted', async () => {
    const running = project.start('build')
    await expect.poll(leftovers, { timeout: 90_000, interval: 20 }).not.toEqual([])
    running.process.kill('SIGINT')
    const { code } = await running.finished
    expect(code).toBe(130)
    expect(await digestOf(dist())).toBe(before)
    expect(await leftovers()).toEqual([])
  }, BUILD_TIMEOUT)
})

it.each(['talk', '/talk', 'talk/', 'https://example.org/'])('refuses the base path %s', async (base) => {
  const { code, output } = await runHere('build', ['--base', base])
  expect(code).toBe(2)
  expect(output).toContain(`--base must start and end with "/", like /talk/, not "${base}".`)
  expect(output).toContain('Usage: deck build')
})
