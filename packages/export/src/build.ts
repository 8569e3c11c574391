import { existsSync, readFileSync, statSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join, resolve, sep } from 'node:path'
import type { Edition } from 'slidev-addon-deck/editions'
import type { DeckProject } from 'slidev-addon-deck/project'
import { assertProjectWritable } from 'slidev-addon-deck/writing'
import { buildEditions, joinEditions, type EditionSource } from 'slidev-addon-site/build-editions'

/** Where the kit's packages are while they are worked on beside a deck; installed, they change only with the deck's package.json. */
const PACKAGES = resolve(import.meta.dirname, '../..')
/** What is no part of a deck: what is installed or made of it, and what is hidden but for Slidev's own folder. */
const NO_SOURCE = /^(?:node_modules|dist|export|coverage|\.(?!slidev$).*)$/

const CACHED = /^\d+-\d+$/
/** How long, in milliseconds, a build is kept that is not the last: another export may be printing it. */
const KEPT = 3_600_000

/** A finished build. */
export interface Build {
  folder: string
  /** The address it was built for. */
  base: string
}

/** @throws where the folder holds no finished build of every edition. */
export function openBuild(folder: string, wanted: readonly Edition[]): Build {
  const [base = '/'] = wanted.map((edition) => {
    const page = pageToPrint(folder, edition)
    if (!existsSync(page)) throw new Error(`${folder} holds no finished build of the edition "${edition.language}": run deck build.`)
    const own = /<script[^>]*\ssrc="([^"]*?)assets\//.exec(readFileSync(page, 'utf8'))?.[1] ?? '/'
    return edition.folder ? own.replace(new RegExp(`${edition.folder}/$`), '') : own
  })
  return { folder, base }
}

/**
 * A build of what the sources are now: `dist`, else the one an earlier export made, else a new one of these editions alone.
 * @param sources the editions' sources, as they are being read. A build does not wait for them; where they turn out not to be sound, it is given up.
 * @param out a folder that is no source either.
 * @throws with file and line of what keeps an edition from being built.
 */
export async function freshBuild(project: DeckProject, wanted: readonly Edition[], sources: Promise<readonly EditionSource[]>, out?: string): Promise<Build> {
  const { root } = project
  // Where no build is needed, only the caller asks whether they are sound.
  sources.catch(() => undefined)
  // Exports keep builds of their own, apart from one made to be hosted: each in a folder named by its time and process, never changed again.
  const cache = join(root, 'node_modules/.cache/deck-exports')
  const changed = Math.max(await lastChange(root, out), PACKAGES.includes(`${sep}node_modules${sep}`) ? 0 : await lastChange(PACKAGES))
  for (const folder of [join(root, 'dist'), ...await cachedBuilds(cache)]) {
    if (wanted.every(edition => builtAt(folder, edition) >= changed)) return openBuild(folder, wanted)
  }
  await assertProjectWritable(root)
  const finished = join(cache, `${Date.now()}-${process.pid}`)
  const unfinished = `${finished}.unfinished`
  try {
    const whole = join(unfinished, 'whole')
    await buildEditions({ project, wanted, sources, folder: unfinished, base: '/', withNotes: false, refused: `Nothing was built in ${cache}` }, async (_, folder) => {
      await mkdir(join(folder, 'print'))
      await copyFile(join(folder, 'index.html'), join(folder, 'print/index.html'))
    })
    await joinEditions(wanted, unfinished, whole)
    await rename(whole, finished)
  }
  finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  const [, ...earlier] = await cachedBuilds(cache)
  for (const folder of earlier.filter(folder => timeOf(folder) < Date.now() - KEPT)) await rm(folder, { recursive: true, force: true })
  return openBuild(finished, wanted)
}

/** When a cached build was begun. */
const timeOf = (folder: string) => Number.parseInt(basename(folder))

/** The builds that exports have made, the last first. */
async function cachedBuilds(cache: string): Promise<string[]> {
  const names = await readdir(cache).catch(() => [])
  return names.filter(name => CACHED.test(name)).map(name => join(cache, name)).sort((a, b) => timeOf(b) - timeOf(a))
}

/** The app's bare page, which goes to Slidev's print page. */
export const pageToPrint = (folder: string, edition: Edition) => join(folder, edition.folder, 'print/index.html')

/** When anything in a folder changed last. Folders in it count too: a file that is removed changes its folder. */
export async function lastChange(folder: string, out?: string): Promise<number> {
  const inside = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !NO_SOURCE.test(name) && join(folder, name) !== out)
  const times = await Promise.all(inside.map(async (entry) => {
    const path = join(folder, entry.name)
    // It may be gone by now, or lead nowhere.
    const time = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0
    return Math.max(time, entry.isDirectory() ? await lastChange(path, out) : 0)
  }))
  return Math.max(0, ...times)
}

/** When an edition of a build was made; 0 where it is missing. */
function builtAt(folder: string, edition: Edition): number {
  return statSync(pageToPrint(folder, edition), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
