import { existsSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { Edition } from 'slidev-addon-deck/editions'
import { runSlidev } from 'slidev-addon-deck/run-slidev'

/** How long Slidev may take for a step, in milliseconds: a large deck on a busy machine comes late. */
const TIMEOUT = 120_000

/**
 * Writes an edition's slides as an editable PPTX, through Slidev's own export.
 * @param root the deck's folder.
 * @param executable the browser's.
 * @throws with what Slidev says, where it fails.
 */
export async function exportPptx(root: string, edition: Edition, slides: readonly number[], executable: string, output: string): Promise<void> {
  const { code, output: said } = await runSlidev(root, ['export', edition.entry, '--format', 'pptx-editable', '--no-with-clicks', '--output', output, '--range', slides.join(','), '--executable-path', executable, '--timeout', String(TIMEOUT)], { terminal: false })
  if (code === 0 && existsSync(output)) return
  const lines = stripVTControlCharacters(said).split(/[\r\n]+/).filter(line => line.trim() && !/^\s+at /.test(line))
  throw new Error(`${edition.entry}: Slidev could not write the PPTX: ${lines.find(line => /Error\b/.test(line)) ?? lines.at(-1) ?? `it ended with ${code}`}`)
}
