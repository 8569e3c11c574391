import { mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exportName, type DeckProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { x } from 'tinyexec'

const DECK = join(dirname(fileURLToPath(import.meta.resolve('slidev-addon-deck/package.json'))), 'bin/deck.mjs')

/**
 * Prints each edition of a build, and its card where it has one, to PDFs in its folder, as `deck export` does: a process, since that stands above this package.
 * @param folder the whole build, with its print pages
 * @throws with what the export says where it fails
 */
export async function writePdfs(project: DeckProject, decks: readonly SourceDeck[], folder: string): Promise<void> {
  const printed = await mkdtemp(join(dirname(folder), '.pdf-'))
  try {
    for (const [kind, ending, editions] of [['deck', 'pdf', decks], ['card', 'card.pdf', decks.filter(({ card }) => card)]] as const) {
      if (editions.length === 0) continue
      const { exitCode, stderr } = await x(process.execPath, [DECK, 'export', '--only', kind, '--from', folder, '--out', printed], { nodeOptions: { cwd: project.root } })
      if (exitCode !== 0) throw new Error(`The PDF could not be printed: ${stderr.trim() || 'it was stopped'}`)
      for (const { edition } of editions) {
        const name = exportName(project, edition, ending)
        await rename(join(printed, name), join(folder, edition.folder, name))
      }
    }
  }
  finally {
    await rm(printed, { recursive: true, force: true })
  }
}
