import { mkdtemp, readFile, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ensureChromium } from 'slidev-addon-deck/browser'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { exportName } from 'slidev-addon-deck/project'
import { deckCli, marpCli, slidevCli, time, writeMarpProject, writeStockProject } from './projects.ts'
import { median } from './statistics.ts'
import { edition, project, root } from './talk.ts'

// Usage: node bench/export.ts [ROUNDS]: wall time of exporting the deck's PDF, ours, stock Slidev's and Marp's, in turns; medians.
const rounds = Number(process.argv[2] ?? 5)
const folder = await mkdtemp(join(tmpdir(), 'bench-export-'))
const executable = await ensureChromium()

try {
  const deck = await loadDeck(project, edition.entry)
  const [stock, marp] = await Promise.all([writeStockProject(deck, join(folder, 'stock')), writeMarpProject(deck, join(folder, 'marp'))])
  const run = (args: readonly string[], cwd = root) => time(args, { cwd, env: { ...process.env, CHROMIUM_PATH: executable } })
  const build = join(folder, 'dist')
  const out = join(folder, 'out')
  const print = [deckCli, 'export', '--only', 'deck', '--edition', edition.language, '--from', build, '--out', out]
  await run([deckCli, 'build', '--out', build])
  // Sources that have just changed: the export builds anew.
  const change = async () => {
    const now = new Date()
    await utimes(join(root, edition.entry), now, now)
  }
  const contenders: Record<string, () => Promise<number>> = {
    'ours, from a finished build': () => run(print),
    'ours, with the build': async () => {
      await change()
      return run([deckCli, 'export', '--only', 'deck', '--edition', edition.language, '--out', out])
    },
    'stock slidev export --with-toc': () => run([slidevCli, 'export', stock, '--with-toc', '--executable-path', executable, '--output', join(folder, 'stock.pdf')], dirname(stock)),
    'marp --pdf': () => run([marpCli, marp.entry, '--pdf', '--allow-local-files', '--browser-path', executable, '--output', join(folder, 'marp.pdf')]),
  }
  const times: Record<string, number[]> = {}
  for (let round = 0; round < rounds; round++) {
    for (const [name, contend] of Object.entries(contenders)) (times[name] ??= []).push(await contend())
  }
  const stockTime = median(times['stock slidev export --with-toc'] ?? [])
  for (const [name, all] of Object.entries(times)) console.log(`${median(all).toFixed(2)} s  ${(median(all) / stockTime).toFixed(2)} of stock  ${name}  (${all.map(each => each.toFixed(2)).join(', ')})`)
  console.log(`stock's PDF: ${(await readFile(join(folder, 'stock.pdf'))).length} bytes; ours: ${(await readFile(join(out, exportName(project, edition, 'pdf')))).length} bytes`)
}
finally {
  await rm(folder, { recursive: true, force: true })
}
