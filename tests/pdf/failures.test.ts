import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from 'slidev-addon-deck/browser'
import { exportName } from 'slidev-addon-deck/project'
import { passages } from 'slidev-addon-deck/markup'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { runHere } from '../helpers/command.ts'
import { project, readEdition, source } from '../helpers/deck.ts'
import { withProject } from '../helpers/project.ts'
import { runExport, startExport } from './command.ts'

const TIMEOUT = 400_000
const EARLIER = 'an earlier export'
const FILE = exportName(project, source, 'pdf')
/** What an earlier export left: of each kind that is made of slides in a browser, one. */
const FILES = [FILE, exportName(project, source, 'pptx')].sort()
const KINDS = ['deck', 'pptx'] as const

let folder = ''
let out = ''
let build: BuiltDeck

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-failures-'))
  out = join(folder, 'out')
  build = await buildDeck('published')
}, 300_000)
afterAll(() => Promise.all([build?.close(), rm(folder, { recursive: true, force: true })]))

beforeEach(async () => {
  await rm(out, { recursive: true, force: true })
  await mkdir(out)
  await Promise.all(FILES.map(name => writeFile(join(out, name), EARLIER)))
})

/** What was there before is there still, and nothing else. */
async function expectUntouched(): Promise<void> {
  expect((await readdir(out)).sort()).toEqual(FILES)
  for (const name of FILES) expect(await readFile(join(out, name), 'utf8')).toBe(EARLIER)
}

/** A copy of the build with one of its files changed. */
async function brokenBuild(find: (name: string, text: string) => boolean, change: (text: string) => string | undefined): Promise<string> {
  const copy = await mkdtemp(join(folder, 'build-'))
  await cp(build.folder, copy, { recursive: true })
  for (const name of await readdir(join(copy, 'assets'), { recursive: true })) {
    if (!/\.(?:js|woff2)$/.test(name)) continue
    const path = join(copy, 'assets', name)
    const text = await readFile(path, 'utf8')
    if (!find(name, text)) continue
    const changed = change(text)
    if (changed === undefined) await rm(path)
    else await writeFile(path, changed)
    return copy
  }
  throw new Error('The build has no such file.')
}

const onlyA = (kind: string) => ['--only', kind, '--edition', source.language]
const only = onlyA('deck')

describe('a wrong command line ends with 2 and says how to use it', () => {
  it.each([
    [['--range', '1-999'], 'outside the deck'],
    [['--dark', '--only', 'handout'], '--dark is for the deck'],
    [['--sharp'], '--sharp'],
  ])('%j', async (args, message) => {
    const { code, output } = await runHere('export', [...args, '--out', out])
    expect(output).toContain(message)
    expect(output).toContain('Usage: deck export')
    expect(code).toBe(2)
    await expectUntouched()
  }, TIMEOUT)
})

it('says how it is used', async () => {
  const { code, output } = await runHere('export', ['--help'])
  expect(output).toMatch(/^Usage: deck export/)
  expect(code).toBe(0)
})

describe('a failed export leaves what was there', () => {
  /** Runs to a failure that says something, without a trace of the program. */
  async function failure(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string> {
    const { code, output } = await runExport(args, env)
    expect(code, output).toBe(1)
    expect(output).not.toMatch(/^\s+at /m)
    return output
  }

  it('no finished build in the folder', async () => {
    expect(await failure([...only, '--out', out, '--from', folder])).toMatch(/holds no finished build/)
    await expectUntouched()
  }, TIMEOUT)

  it.each(KINDS)('a folder that cannot be written (%s)', async (kind) => {
    const file = join(out, FILE)
    expect(await failure([...onlyA(kind), '--from', build.folder, '--out', join(file, 'below')])).toMatch(/Nothing was exported to .*: it is not a folder/)
    await expectUntouched()
  }, TIMEOUT)

  it('a browser that is none', async () => {
    expect(await failure([...only, '--from', build.folder, '--out', out], { ...process.env, CHROMIUM_PATH: join(out, FILE) })).toMatch(/CHROMIUM_PATH/)
    await expectUntouched()
  }, TIMEOUT)

  it.each([
    ['finds no room on one page', (text: string) => text.replace(/\n## [^]*?(?=\n## )/, question => question.repeat(9)), /pages\/zh\/card\.md {2}The card finds no room on one page: shorten/],
    ['is not written as one', (text: string) => text.replace(/^# .*\n/, ''), /pages\/zh\/card\.md:2 {2}card {2}Here belongs the title/],
  ])('a card that %s', async (_, change, message) => {
    await withProject({ 'pages/zh/card.md': change }, async ({ run }) => {
      const { code, output } = await run('export', ['--edition', source.language, '--from', build.folder, '--out', out], { CHROMIUM_PATH: await findChromium() })
      expect(output).toMatch(message)
      expect(code).toBe(1)
    })
    await expectUntouched()
  }, TIMEOUT)

  it.each(['html', 'pptx'])('a slide that no site can be built of (%s)', async (kind) => {
    await withProject({ 'pages/zh/02-finance.md': text => text.replace(/^# .*$/m, '# {{ 1 + }}') }, async ({ run }) => {
      const { code, output } = await run('export', [...onlyA(kind), '--out', out], { CHROMIUM_PATH: await findChromium() })
      expect(output).toMatch(/pages\/zh\/02-finance\.md:\d+/)
      expect(output).not.toMatch(/^\s+at /m)
      expect(code).toBe(1)
    })
    await expectUntouched()
  }, TIMEOUT)

  /** A copy of the build whose script of some slide is another: it has a text of the slide, which stands nowhere else. */
  async function withBrokenSlide(change: (script: string, text: string) => string): Promise<{ broken: string, no: number | undefined }> {
    const { slides } = await readEdition(source)
    const texts = slides.slice(1).flatMap(slide => passages(slide).flatMap(({ text }) => text.match(/\p{Script=Han}{6,}/gu) ?? []).map(text => ({ slide, text })))
      .filter(({ text }) => slides.filter(({ content }) => content.includes(text)).length === 1)
    let hit: typeof texts[number] | undefined
    const finds = (name: string, text: string) => {
      hit = /\.js$/.test(name) ? texts.find(each => text.includes(each.text)) : undefined
      return hit !== undefined
    }
    const broken = await brokenBuild(finds, script => change(script, hit?.text ?? ''))
    return { broken, no: hit?.slide.no }
  }

  it.each(KINDS)('a slide that throws, by its number (%s)', async (kind) => {
    // A chapter's slides are one file: the set-up that stands last before the text is the slide's.
    const { broken, no } = await withBrokenSlide((script, text) => {
      const [last] = [...script.slice(0, script.indexOf(text)).matchAll(/setup\((\w*)[^)]*\)\{/g)].slice(-1)
      const at = (last?.index ?? 0) + (last?.[0].length ?? 0)
      return `${script.slice(0, at)}throw new Error("the slide is broken");${script.slice(at)}`
    })
    expect(await failure([...onlyA(kind), '--from', broken, '--out', out])).toContain(`${source.entry}: slide ${no} failed to render: the slide is broken`)
    await expectUntouched()
  }, TIMEOUT)

  it('a slide that does not come, by its number (pptx)', async () => {
    const { broken, no } = await withBrokenSlide(script => `await new Promise(() => {});${script}`)
    expect(await failure([...onlyA('pptx'), '--from', broken, '--out', out])).toMatch(new RegExp(`${source.entry}: slides? (?:\\d+, )*${no}(?:, \\d+)* did not come within 30 s`))
    await expectUntouched()
  }, TIMEOUT)

  it.each(KINDS)('a font that does not load (%s)', async (kind) => {
    const broken = await brokenBuild(name => /deck-serif-700-0.*\.woff2$/.test(name), () => undefined)
    expect(await failure([...onlyA(kind), '--from', broken, '--out', out])).toMatch(/slides\.md: a font did not load: .*deck-serif-700-0/)
    await expectUntouched()
  }, TIMEOUT)

  it('a font that is none', async () => {
    const broken = await brokenBuild(name => /deck-serif-700-0.*\.woff2$/.test(name), () => 'no font')
    expect(await failure([...only, '--from', broken, '--out', out])).toMatch(/a font did not load: Deck Serif 700/)
    await expectUntouched()
  }, TIMEOUT)

  it.each(['SIGINT', 'SIGTERM'] as const)('%s: and no process, no file stays behind', async (signal) => {
    // Where Playwright and Chromium keep what they need while they run.
    const temporary = await mkdtemp(join(folder, 'tmp-'))
    const { process: child, finished } = startExport(['--edition', source.language, '--from', build.folder, '--out', out], { ...process.env, TMPDIR: temporary })
    await expect.poll(() => readdir(temporary), { timeout: 90_000, interval: 20 }).not.toEqual([])
    await expect.poll(async () => (await readdir(out)).length, { timeout: 90_000, interval: 20 }).toBeGreaterThan(FILES.length)
    child.kill(signal)
    const { code } = await finished
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143)
    await expectUntouched()
    await expect.poll(() => processesNaming(temporary), { timeout: 60_000 }).toEqual([])
    expect((await readdir(temporary)).filter(name => name.startsWith('playwright'))).toEqual([])
  }, TIMEOUT)
})

/** Command lines of running processes that name a folder. */
async function processesNaming(path: string): Promise<string[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name))
  const lines = await Promise.all(ids.map(id => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter(line => line.includes(path))
}
