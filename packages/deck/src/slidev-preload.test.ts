import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'deck-preload-'))
const shared = join(folder, 'node_modules/.slidev/virtual')
mkdirSync(shared, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true }))

/** Writes a file as Slidev does, in a process of its own. @param withPreload whether what we load before Slidev is loaded. */
function writeIn(path: string, content: string, withPreload: boolean): void {
  const preload = pathToFileURL(join(import.meta.dirname, 'slidev-preload.ts')).href
  const code = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(path)}, ${JSON.stringify(content)}, 'utf-8')`
  execFileSync(process.execPath, [...withPreload ? ['--import', preload] : [], '--input-type=module', '--eval', code])
}

describe('A module that Slidev’s processes share', () => {
  // A file with the same inode was emptied on the way.
  it.each([[true, 'is never empty while it is written'], [false, 'is, without what we load before Slidev']])('%s: %s', (withPreload) => {
    const path = join(shared, `import-glob.${withPreload}.ts`)
    writeFileSync(path, 'export default 1\n')
    const { ino } = statSync(path)
    writeIn(path, 'export default 2\n', withPreload)
    expect(readFileSync(path, 'utf8')).toBe('export default 2\n')
    expect(statSync(path).ino === ino).toBe(!withPreload)
  })

  it.each([[true, 'is left as it is where it is there'], [false, 'is not, without what we load before Slidev']])('%s: %s', (withPreload) => {
    const path = join(shared, `import-glob.same-${withPreload}.ts`)
    writeFileSync(path, 'export default 1\n')
    const { ctimeNs } = statSync(path, { bigint: true })
    writeIn(path, 'export default 1\n', withPreload)
    expect(statSync(path, { bigint: true }).ctimeNs === ctimeNs).toBe(withPreload)
  })

  it('leaves nothing beside it', () => {
    expect(readdirSync(shared).filter(name => !name.endsWith('.ts'))).toEqual([])
  })

  it('is the only file that is written so', () => {
    const path = join(folder, 'other.ts')
    writeFileSync(path, '1')
    const { ino } = statSync(path)
    writeIn(path, '2', true)
    expect(statSync(path).ino).toBe(ino)
  })
})

it('A chapter’s byte order mark is not part of what Slidev reads, another file’s is', () => {
  const preload = pathToFileURL(join(import.meta.dirname, 'slidev-preload.ts')).href
  for (const [name, expected] of [['a.md', '---'], ['a.txt', '\uFEFF---']] as const) {
    writeFileSync(join(folder, name), '\uFEFF---')
    const code = `import { readFile } from 'node:fs/promises'; process.stdout.write(await readFile(${JSON.stringify(join(folder, name))}, 'utf-8'))`
    expect(execFileSync(process.execPath, ['--import', preload, '--input-type=module', '--eval', code], { encoding: 'utf8' })).toBe(expected)
  }
})
