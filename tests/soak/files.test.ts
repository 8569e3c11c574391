import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from 'slidev-addon-deck/browser'
import { exportName } from 'slidev-addon-deck/project'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck } from '../helpers/built.ts'
import { project as talk, readEdition, slideThat, source } from '../helpers/deck.ts'
import { filesOf } from '../helpers/files.ts'
import { createProject, type Finished } from '../helpers/project.ts'
import { lastClick } from '../rendered/session.ts'
import { runOnDisk, runReadOnly } from './mounts.ts'
import { positionOf, Talk } from '../hard-use/talk.ts'

const TIMEOUT = 400_000

let project: Awaited<ReturnType<typeof createProject>>
let browser: NodeJS.ProcessEnv
let folder: string
let build: Finished

beforeAll(async () => {
  project = await createProject()
  browser = { CHROMIUM_PATH: await findChromium() }
  folder = await mkdtemp(join(tmpdir(), '演示 disk '))
  build = await project.run('build', ['--require-prerender'], browser)
}, TIMEOUT)
afterAll(async () => {
  await project?.remove()
  await rm(folder, { recursive: true, force: true })
})

const short = ['--only', 'deck', '--edition', source.language, '--range', '1-3']
const pdf = exportName(talk, source, 'pdf')
const digest = async (path: string) => createHash('sha256').update(await readFile(path)).digest('hex')

/** Ended with a message of one line that holds a text, and without a trace of the program. */
function expectRefused({ code, output }: Finished, says: string): void {
  expect(output).toContain(says)
  expect(output.trim()).not.toContain('\n')
  expect(output).not.toMatch(/^\s+at |Stack backtrace/m)
  expect(code).toBe(1)
}

it('a path with blanks and Chinese characters: built there, with the files it has anywhere', async () => {
  expect(project.root).toMatch(/演示 /)
  expect(build.output).toContain('dist is ready to be served at /')
  expect(build.code).toBe(0)
  const elsewhere = await buildDeck('plain')
  await elsewhere.close()
  // Hashes hang on where the packages of Slidev stand, which are links here. Byte for byte: soak/reproducible.test.ts.
  const names = async (folder: string) => [...new Set((await filesOf(folder)).map(file => file.replace(/-[\w-]{8}(?=\.\w+$)/, '')))].sort()
  expect(await names(join(project.root, 'dist'))).toEqual(await names(elsewhere.folder))
}, TIMEOUT)

describe('a full disk', () => {
  it('build: says so, and leaves the earlier one', async () => {
    const ended = await runOnDisk(project, { folder, size: '200k', before: 'mkdir dist; echo earlier > dist/index.html' }, 'build', ['--out', join(folder, 'dist')])
    expectRefused(ended, `Nothing was built in ${join(folder, 'dist')}: there is no room left on its disk.`)
    expect(ended.left).toEqual(['./dist', './dist/index.html: earlier'])
  }, TIMEOUT)

  it('export: says so, and leaves the earlier file', async () => {
    const ended = await runOnDisk(project, { folder, size: '64k', before: `echo earlier > ${pdf}` }, 'export', [...short, '--from', join(project.root, 'dist'), '--out', folder], browser)
    expectRefused(ended, `Nothing was exported to ${folder}: there is no room left on its disk.`)
    expect(ended.left).toEqual([`./${pdf}: earlier`])
  }, TIMEOUT)

  it('an export that has room is not refused', async () => {
    const ended = await runOnDisk(project, { folder, size: '4m', before: `echo earlier > ${pdf}` }, 'export', [...short, '--from', join(project.root, 'dist'), '--out', folder], browser)
    expect(ended.code, ended.output).toBe(0)
    expect(ended.left).toEqual([expect.stringContaining(`./${pdf}: %PDF-`)])
  }, TIMEOUT)
})

describe('a folder that can only be read', () => {
  it('build: says so before it begins, and leaves the earlier one', async () => {
    const ended = await runOnDisk(project, { folder, size: '8m', before: 'mkdir dist; echo earlier > dist/index.html', readOnly: true }, 'build', ['--out', join(folder, 'dist')])
    expectRefused(ended, `Nothing was built in ${join(folder, 'dist')}: it can only be read.`)
    expect(ended.left).toEqual(['./dist', './dist/index.html: earlier'])
  }, TIMEOUT)

  it('export: says so before it begins, and leaves the earlier file', async () => {
    const ended = await runOnDisk(project, { folder, size: '8m', before: `echo earlier > ${pdf}`, readOnly: true }, 'export', [...short, '--from', join(project.root, 'dist'), '--out', folder], browser)
    expectRefused(ended, `Nothing was exported to ${folder}: it can only be read.`)
    expect(ended.left).toEqual([`./${pdf}: earlier`])
  }, TIMEOUT)
})

describe('a checkout that can only be read', () => {
  const mend = 'copy the deck to a folder of your own'

  it('is checked', async () => {
    const { code, output } = await runReadOnly(project, 'check')
    expect(output).toContain(`${source.entry}: 0 violations`)
    expect(code).toBe(0)
  }, TIMEOUT)

  it('has its finished build exported elsewhere', async () => {
    const out = join(folder, 'out')
    const { code, output } = await runReadOnly(project, 'export', [...short, '--from', 'dist', '--out', out], browser)
    expect(code, output).toBe(0)
    expect(await readdir(out)).toEqual([pdf])
  }, TIMEOUT)

  it.each([
    ['start', () => []],
    ['build', () => ['--out', join(folder, 'elsewhere')]],
  ] as const)('%s: says what works here, and how to go on', async (script, args) => {
    expectRefused(await runReadOnly(project, script, args()), mend)
  }, TIMEOUT)
})

it('two exports at once while the talk is presented: both come out whole and alike, the talk stays', async () => {
  // No finished build, so that both make one.
  await rm(join(project.root, 'dist'), { recursive: true })
  const chromium = await connectBrowser()
  const presented = await Talk.start(project)
  try {
    const at = slideThat((await readEdition(source)).slides.slice(1), slide => lastClick(slide) >= 1)
    const { presenter, audience, faults } = await presented.windows(chromium, at.id)
    const origins = () => Promise.all([presenter, audience].map(page => page.evaluate(() => performance.timeOrigin)))
    const before = await origins()
    const outs = [join(folder, 'one'), join(folder, 'two')]
    const ended = await Promise.all(outs.map(out => project.run('export', [...short, '--out', out], { ...browser, SOURCE_DATE_EPOCH: '1795000000' })))
    expect(ended.map(({ code, output }) => code === 0 ? '' : output)).toEqual(['', ''])
    const [one = '', two = ''] = outs
    for (const out of outs) expect(await readdir(out)).toEqual([pdf])
    expect((await readFile(join(one, pdf))).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await digest(join(one, pdf))).toBe(await digest(join(two, pdf)))
    await presenter.keyboard.press('PageDown')
    await expect.poll(() => Promise.all([presenter, audience].map(positionOf))).toEqual([`${at.no}.1`, `${at.no}.1`])
    expect(await origins()).toEqual(before)
    expect(faults).toEqual([])
  }
  finally {
    await chromium.close()
    await presented.kill()
  }
}, TIMEOUT)

it('an export of changed slides leaves alone the build that an earlier one may still be printing', async () => {
  const cache = join(project.root, 'node_modules/.cache')
  const pages = async () => (await readdir(cache, { recursive: true })).filter(path => /deck-export.*print\/index\.html$/.test(path)).sort()
  const earlier = await pages()
  expect(earlier.length).toBeGreaterThan(0)
  const digests = await Promise.all(earlier.map(path => digest(join(cache, path))))
  const [cover] = (await readEdition(source)).slides
  await project.edit({ [cover?.file ?? '']: old => old.replace(/^(# .*)$/m, '$1与扎根') })
  const { code, output } = await project.run('export', [...short, '--out', join(folder, 'three')], browser)
  expect(code, output).toBe(0)
  expect((await pages()).length).toBeGreaterThan(earlier.length)
  expect(await Promise.all(earlier.map(path => digest(join(cache, path))))).toEqual(digests)
}, TIMEOUT)
