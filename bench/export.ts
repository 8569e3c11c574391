import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { editions } from '../lib/editions.ts'
import { ensureChromium } from '../scripts/browser.ts'
import { loadDeck } from '../scripts/load-deck.ts'
import { root } from '../scripts/slidev.ts'
import { marpTalk } from './marp.ts'
import { stockMarkdown } from './stock.ts'

// Usage: node bench/export.ts [ROUNDS]: wall time of exporting the deck's PDF, ours, stock Slidev's and Marp's, in turns; medians.
const rounds = Number(process.argv[2] ?? 5)
const [edition] = editions
const folder = await mkdtemp(join(tmpdir(), 'bench-export-'))
const executable = await ensureChromium()

/** @returns the seconds a command took. @throws with its output where it fails. */
function time(args: readonly string[], cwd: string): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, CHROMIUM_PATH: executable }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output += chunk.toString())
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', code => code === 0 ? done((performance.now() - started) / 1000) : fail(new Error(`${args.join(' ')} failed:\n${output}`)))
  })
}

/** The same talk as a stock Slidev deck, in a project of its own with the same packages. */
async function stockProject(): Promise<string> {
  const stock = join(folder, 'stock')
  await mkdir(stock)
  await symlink(join(root, 'node_modules'), join(stock, 'node_modules'))
  await writeFile(join(stock, 'package.json'), JSON.stringify({ name: 'stock', private: true, type: 'module' }))
  await writeFile(join(stock, 'slides.md'), stockMarkdown(await loadDeck(root, edition.entry)))
  return stock
}

/** The same talk for Marp, with its diagrams as pictures. @returns its Markdown file. */
async function marpProject(): Promise<string> {
  const marp = join(folder, 'marp')
  await mkdir(marp)
  const { markdown, pictures } = marpTalk(await loadDeck(root, edition.entry), root)
  await writeFile(join(marp, 'slides.md'), markdown)
  await Promise.all([...pictures].map(([name, svg]) => writeFile(join(marp, name), svg)))
  return join(marp, 'slides.md')
}

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

try {
  const [stock, marp] = await Promise.all([stockProject(), marpProject()])
  const build = join(folder, 'dist')
  const out = join(folder, 'out')
  const script = (name: string) => join(root, 'scripts', name)
  const print = [script('export.ts'), '--only', 'deck', '--edition', edition.language, '--from', build, '--out', out]
  await time([script('build.ts'), '--out', build], root)
  // Sources that have just changed: the export builds anew.
  const change = async () => {
    const now = new Date()
    await utimes(join(root, edition.entry), now, now)
  }
  const runs: Record<string, () => Promise<number>> = {
    'ours, from a finished build': () => time(print, root),
    'ours, with the build': async () => {
      await change()
      return time([script('export.ts'), '--only', 'deck', '--edition', edition.language, '--out', out], root)
    },
    'stock slidev export --with-toc': () => time([join(root, 'node_modules/@slidev/cli/bin/slidev.mjs'), 'export', 'slides.md', '--with-toc', '--executable-path', executable, '--output', join(folder, 'stock.pdf')], stock),
    'marp --pdf': () => time([join(root, 'node_modules/@marp-team/marp-cli/marp-cli.js'), marp, '--pdf', '--allow-local-files', '--browser-path', executable, '--output', join(folder, 'marp.pdf')], root),
  }
  const times: Record<string, number[]> = {}
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(runs)) (times[name] ??= []).push(await run())
  }
  const stockTime = median(times['stock slidev export --with-toc'] ?? [])
  for (const [name, all] of Object.entries(times)) console.log(`${median(all).toFixed(2)} s  ${(median(all) / stockTime).toFixed(2)} of stock  ${name}  (${all.map(each => each.toFixed(2)).join(', ')})`)
  console.log(`stock's PDF: ${(await readFile(join(folder, 'stock.pdf'))).length} bytes; ours: ${(await readFile(join(out, `after-the-ebb.${edition.language}.pdf`))).length} bytes`)
}
finally {
  await rm(folder, { recursive: true, force: true })
}
