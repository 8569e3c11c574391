import { spawn } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { slidevFolder } from 'slidev-addon-deck/run-slidev'
import { marpTalk } from './marp.ts'
import { stockMarkdown } from './stock.ts'
import { root } from './talk.ts'

/** Command lines of the tools measured beside ours. */
export const slidevCli = join(slidevFolder(root), 'bin/slidev.mjs')
export const marpCli = join(import.meta.dirname, 'node_modules/@marp-team/marp-cli/marp-cli.js')
/** Ours. */
export const deckCli = join(root, 'packages/deck/bin/deck.mjs')

/** Writes the talk as a stock Slidev deck, a project of its own with the same packages. @returns its entry file. */
export async function writeStockProject(deck: SourceDeck, folder: string): Promise<string> {
  await mkdir(folder)
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'stock', private: true, type: 'module' }))
  const entry = join(folder, 'slides.md')
  await writeFile(entry, stockMarkdown(deck))
  return entry
}

/** Writes the talk for Marp, with its diagrams as pictures. @returns its Markdown file and the pictures' names. */
export async function writeMarpProject(deck: SourceDeck, folder: string): Promise<{ entry: string, pictures: string[] }> {
  await mkdir(folder)
  const { markdown, pictures } = marpTalk(deck)
  const entry = join(folder, 'slides.md')
  await writeFile(entry, markdown)
  await Promise.all([...pictures].map(([name, svg]) => writeFile(join(folder, name), svg)))
  return { entry, pictures: [...pictures.keys()] }
}

/** How a command is run. */
export interface CommandOptions {
  cwd: string
  env?: NodeJS.ProcessEnv
  /** Ends the command. */
  signal?: AbortSignal
}

/**
 * Runs a Node script to its end.
 * @returns the seconds it took.
 * @throws with its output where it fails.
 */
export function time(args: readonly string[], { cwd, env = process.env, signal }: CommandOptions): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...signal && { signal } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output += chunk.toString())
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', code => code === 0 ? done((performance.now() - started) / 1000) : fail(new Error(`${args.join(' ')} failed:\n${output}`)))
  })
}
