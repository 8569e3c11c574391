import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import { afterAll, expect, it, vi } from 'vitest'
import { mendClient, patchesPlugin } from './patches.ts'

const client = dirname(createRequire(import.meta.url).resolve('@slidev/client/package.json'))
const folder = mkdtempSync(join(tmpdir(), 'patches-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Slidev's client with texts taken out of its files. */
function updated(name: string, without: Readonly<Record<string, string>>): string {
  const copy = join(folder, name)
  cpSync(client, copy, { recursive: true, filter: source => !source.includes('node_modules', client.length) })
  for (const [file, text] of Object.entries(without)) writeFileSync(join(copy, file), readFileSync(join(copy, file), 'utf8').replaceAll(text, 'updated'))
  return copy
}

/** What the plugin says when a server or build starts. */
function started(clientRoot: string, mode: ResolvedSlidevOptions['mode']): { warned?: string, failed?: string } {
  const plugin = patchesPlugin({ clientRoot, mode, data: { headmatter: { lang: 'zh-CN' } } } as unknown as ResolvedSlidevOptions)
  const [warn, error] = [vi.fn<(text: string) => void>(), vi.fn<(text: string) => void>()]
  const { buildStart } = plugin as unknown as { buildStart: (this: object) => void }
  buildStart.call({ warn, error })
  const [warned, failed] = [warn, error].map(({ mock }) => mock.calls[0]?.[0])
  return { ...warned !== undefined && { warned }, ...failed !== undefined && { failed } }
}

const words = updated('words', { 'internals/Settings.vue': '"Contrast"' })
const patches = updated('patches', { 'pages/play.vue': 'page-root', 'setup/root.ts': 'updateSharedState', 'internals/Settings.vue': '"Contrast"' })

it.each(['zh', 'en'] as const)('all have their place in the Slidev that is installed (%s)', (language) => {
  const { files, misses } = mendClient(client, language)
  expect(misses).toEqual([])
  expect(files.size).toBeGreaterThan(15)
})

it('say nothing where all apply', () => {
  expect(started(client, 'build')).toEqual({})
})

it('stop a build where some do not, naming all of them', () => {
  const { failed = '', warned } = started(patches, 'build')
  expect(warned).toBeUndefined()
  expect(failed).toMatch(/“No main landmark”: @slidev\/client\/pages\/play\.vue has 0 times, not 1:\n {4}<div\n {8}id="page-root"/)
  expect(failed).toContain('“Steps lost and doubled between windows”: @slidev/client/setup/root.ts')
  expect(failed).toContain('"Contrast"')
})

it('let a talk be presented without them', () => {
  const { failed, warned } = started(patches, 'dev')
  expect(failed).toBeUndefined()
  expect(warned).toContain('it runs without them')
  expect(warned).toContain('pages/play.vue')
})

it('let a build go on where only a word is missing', () => {
  const { failed, warned } = started(words, 'build')
  expect(failed).toBeUndefined()
  expect(warned).toMatch(/“Words in English only”: @slidev\/client\/internals\/Settings\.vue has 0 times:\n {4}"Contrast"\n$/)
})
