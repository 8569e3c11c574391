import { cp, mkdir, readdir, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { writeFloor } from './floor.ts'
import { deckCli, marpCli, slidevCli, time, writeMarpProject, writeStockProject } from './projects.ts'
import { editions, root } from './talk.ts'

/** What is measured side by side. */
export const peerNames = ['ours', 'stock', 'Marp', 'floor'] as const
export type PeerName = typeof peerNames[number]

/** One of them: where its finished pages are, and how they are built. */
export interface Peer {
  name: PeerName
  folder: string
  /** Whether unknown paths need the index page. */
  fallback: boolean
  /** Builds once more. @returns the seconds that one edition took. */
  build?: () => Promise<number>
}

/** What the peers are made of. */
export interface Preparation {
  deck: SourceDeck
  /** A folder for all of it. */
  folder: string
  /** A finished build of ours; none to build it. */
  from?: string
  signal: AbortSignal
}

/** Writes every peer's sources. */
export async function preparePeers({ deck, folder, from, signal }: Preparation): Promise<Peer[]> {
  const ours = join(folder, 'ours')
  const stock = await writeStockProject(deck, join(folder, 'stock'))
  const stockOut = join(dirname(stock), 'dist')
  const marp = await writeMarpProject(deck, join(folder, 'marp'))
  const marpFolder = dirname(marp.entry)
  const marpOut = join(marpFolder, 'dist')
  const floor = join(folder, 'floor')
  await writeFloor(deck, floor)
  await mkdir(marpOut)
  await Promise.all(marp.pictures.map(name => cp(join(marpFolder, name), join(marpOut, name))))
  const buildOurs = async () => await time([deckCli, 'build', '--out', ours], { cwd: root, signal }) / editions.length
  return [
    { name: 'ours', folder: from ?? ours, fallback: false, ...from === undefined && { build: buildOurs } },
    { name: 'stock', folder: stockOut, fallback: true, build: () => time([slidevCli, 'build', stock, '--out', stockOut], { cwd: dirname(stock), signal }) },
    { name: 'Marp', folder: marpOut, fallback: false, build: () => time([marpCli, marp.entry, '--html', '--output', join(marpOut, 'index.html')], { cwd: marpFolder, signal }) },
    { name: 'floor', folder: floor, fallback: false },
  ]
}

/** The bytes on disk of a peer's finished pages, without our other editions. */
export async function sizeOf({ folder }: Peer): Promise<number> {
  const others = editions.map(edition => edition.folder).filter(Boolean).map(name => join(folder, name))
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile() && !others.some(other => `${entry.parentPath}${sep}`.startsWith(`${other}${sep}`)))
  const sizes = await Promise.all(files.map(async file => (await stat(join(file.parentPath, file.name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
