import { mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exportName, type DeckProject } from 'slidev-addon-deck/project'
import { x } from 'tinyexec'

const DECK = join(dirname(fileURLToPath(import.meta.resolve('slidev-addon-deck/package.json'))), 'bin/deck.mjs')

/**
 * Prints each edition of a build to a PDF in its folder, as `deck export` does: a process, since that stands above this package.
 * @param folder the whole build, with its print pages
 * @throws with what the export says where it fails
 */
export async function writePdfs(project: DeckProject, folder: string): Promise<void> {
  const printed = await mkdtemp(join(dirname(folder), '.pdf-'))
  try {
    const { exitCode, stderr } = await x(process.execPath, [DECK, 'export', '--only', 'deck', '--from', folder, '--out', printed], { nodeOptions: { cwd: project.root } })
    if (exitCode !== 0) throw new Error(`The PDF could not be printed: ${stderr.trim() || 'it was stopped'}`)
    for (const edition of project.editions) {
      const name = exportName(project, edition, 'pdf')
      await rename(join(printed, name), join(folder, edition.folder, name))
    }
  }
  finally {
    await rm(printed, { recursive: true, force: true })
  }
}
