import { spawn } from 'node:child_process'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { editions } from 'slidev-addon-deck/editions'
import { exportName } from 'slidev-addon-deck/export-name'
import { root } from 'slidev-addon-deck/run-slidev'

/** Set for Slidev's build of a deck that will have its PDF beside it: setup/vite/talk.ts then links it. */
export const WITH_PDF = 'DECK_WITH_PDF'

/**
 * Prints each edition of a build to a PDF in its folder, as `npm run export` does.
 * @param folder the whole build, with its print pages
 * @throws with what the export says where it fails
 */
export async function writePdfs(folder: string): Promise<void> {
  const printed = await mkdtemp(join(dirname(folder), '.pdf-'))
  try {
    await runExport(['--only', 'deck', '--from', folder, '--out', printed])
    for (const { language, folder: own } of editions) await rename(join(printed, exportName(language, 'pdf')), join(folder, own, exportName(language, 'pdf')))
  }
  finally {
    await rm(printed, { recursive: true, force: true })
  }
}

function runExport(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'scripts/export.ts'), ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => output += chunk.toString())
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', code => code === 0 ? done() : fail(new Error(`The PDF could not be printed: ${output.trim() || 'it was stopped'}`)))
  })
}
