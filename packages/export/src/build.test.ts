import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lastChange, openBuild } from './build.ts'

const edition = { language: 'en', words: 'en', name: 'English', lang: 'en', entry: 'slides.md', folder: 'en' } as const

let folder = ''
beforeEach(async () => folder = await mkdtemp(join(tmpdir(), 'build-')))
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Writes a file of a time in seconds; the folders above it get the time 1. */
async function put(path: string, time: number): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true })
  await writeFile(join(folder, path), '')
  await utimes(join(folder, path), time, time)
  for (let at = join(path, '..'); at !== '.'; at = join(at, '..')) await utimes(join(folder, at), 1, 1)
}

it('sees a change of any file of a deck, but of what is installed, built, exported or hidden', async () => {
  await put('slides.md', 2)
  await put('my/own/folder/part.vue', 5)
  await put('.slidev/drawings/1.svg', 6)
  for (const other of ['node_modules/x.js', 'dist/index.html', 'export/talk.pdf', '.git/index', 'pdfs/talk.pdf']) await put(other, 9)
  await symlink('nowhere', join(folder, 'loose'))
  expect(await lastChange(folder, join(folder, 'pdfs'))).toBe(6000)
  await put('style.css', 7)
  expect(await lastChange(folder, join(folder, 'pdfs'))).toBe(7000)
})

it('finds the address that a build was made for', async () => {
  await put('en/print/index.html', 1)
  await writeFile(join(folder, 'en/print/index.html'), '<script type="module" src="/talk/en/assets/index.js"></script>')
  expect(openBuild(folder, [edition])).toEqual({ folder, base: '/talk/' })
  expect(() => openBuild(join(folder, 'en'), [edition])).toThrow('holds no finished build of the edition "en": run deck build.')
})
