import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runScript } from 'slidev-addon-deck/command-line'
import type { Command } from 'slidev-addon-deck/parts'
import { slidevFolder, slidevVersion } from 'slidev-addon-deck/run-slidev'
import { formatMiss, type Miss } from '../vite/mend.ts'
import { mendClient } from '../vite/patches.ts'
import { patchesIn } from '../vite/patches/index.ts'

const USAGE = `Usage: deck doctor

Says for the Slidev that this deck runs on: its version, and which of the kit's patches apply to it, by their sections in
docs/upstream.md. Ends with 1 where the version is not one the kit is for, or a patch does not apply; a word that stays English is only told.

  --help`

/** `deck doctor`. */
export const command: Command = {
  summary: 'which patches apply to the Slidev that is installed',
  run: (root, args) => runScript(USAGE, {}, () => {
    const cli = slidevFolder(root)
    const { version, range, fits } = slidevVersion(root)
    // Slidev takes the client that its command line depends on.
    const client = dirname(createRequire(realpathSync(join(cli, 'package.json'))).resolve('@slidev/client/package.json'))
    const { misses } = mendClient(client, 'zh')
    console.log([
      `Slidev ${version} (${cli}): ${fits ? 'one' : 'NOT one'} of ${range}, which the kit is for.`,
      ...tableOf(misses),
      ...misses.map(miss => `\n${formatMiss(miss)}`),
    ].join('\n'))
    return Promise.resolve(fits && misses.every(({ patch }) => patch.isWord) ? 0 : 1)
  }, args),
}

/** A line for each section: how many of its changes apply. */
function tableOf(misses: readonly Miss[]): string[] {
  return [...Map.groupBy(patchesIn('zh'), ({ section }) => section)].map(([section, patches]) => {
    const total = patches.flatMap(({ changes }) => Object.values(changes).flat()).length
    const missed = misses.filter(({ patch }) => patch.section === section).length
    return `  ${missed ? 'MISSED ' : 'applies'}  ${String(total - missed).padStart(3)} of ${String(total).padStart(3)}  ${section}`
  })
}
