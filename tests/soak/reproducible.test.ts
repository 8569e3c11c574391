import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { x } from 'tinyexec'
import { expect, it } from 'vitest'
import { buildDeck } from '../helpers/built.ts'
import { root } from '../helpers/deck.ts'
import { filesOf } from '../helpers/files.ts'
import { DECK } from '../helpers/project.ts'

it('another build of the same sources is the same, byte for byte', async () => {
  const [first, folder] = [await buildDeck('plain'), await mkdtemp(join(tmpdir(), 'deck-again-'))]
  try {
    const again = join(folder, 'dist')
    const { exitCode, stdout, stderr } = await x(process.execPath, [join(root, DECK), 'build', '--out', again, '--require-prerender'], { nodeOptions: { cwd: root } })
    expect(exitCode, stdout + stderr).toBe(0)
    const files = await filesOf(first.folder)
    expect(await filesOf(again)).toEqual(files)
    const differing: string[] = []
    for (const file of files) if (!(await readFile(join(first.folder, file))).equals(await readFile(join(again, file)))) differing.push(file)
    expect(differing).toEqual([])
  }
  finally {
    await first.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 300_000)
