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
  const folder = await keptBuild({ root, wanted, cache: 'deck-exports', others: [join(root, 'dist')], page: pageToPrint, out }, (unfinished, refused) =>
    buildEditions({ project, wanted, sources, folder: unfinished, base: '/', withNotes: false, refused }, async (_, own) => {
      await mkdir(join(own, 'print'))
      await copyFile(join(own, 'index.html'), join(own, 'print/index.html'))
    }))
  return openBuild(folder, wanted)
}

/**
 * A build of what the sources are now with all of an edition in its index.html: the one that an earlier export made, else a new one.
 * @param sources of the editions that are wanted.
 * @param withNotes with speaker notes and presenter.
 * @param out a folder that is no source.
 * @returns its folder.
 * @throws with file and line of what keeps an edition from being built.
 */
export async function freshPages(project: DeckProject, sources: readonly EditionSource[], withNotes: boolean, out?: string): Promise<string> {
  const { root } = project
  const wanted = sources.map(({ edition }) => edition)
  return keptBuild({ root, wanted, cache: withNotes ? 'deck-pages-with-notes' : 'deck-pages', others: [], page: pageToPack, out }, (unfinished, refused) =>
    buildEditions({ project, wanted, sources: Promise.resolve(sources), folder: unfinished, base: '/', oneFile: true, withNotes, refused }, () => Promise.resolve()))
}

/** Builds that exports keep for the next time. */
interface Kept {
  root: string
  wanted: readonly Edition[]
  /** Name of their folder below node_modules/.cache: apart from a build made to be hosted. In it each has a folder named by its time and process, never changed again. */
  cache: string
  /** Builds that would serve as well. */
  others: readonly string[]
  /** What is there of a finished edition, and as old as it is. */
  page: (folder: string, edition: Edition) => string
  out: string | undefined
}

/**
 * The folder of the first build that is newer than all sources, else of a new one.
 * @param build builds the editions into a folder, as `buildEditions` does.
 */
async function keptBuild({ root, wanted, cache: name, others, page, out }: Kept, build: (unfinished: string, refused: string) => Promise<unknown>): Promise<string> {
  const cache = join(root, 'node_modules/.cache', name)
  const changed = Math.max(await lastChange(root, out), PACKAGES.includes(`${sep}node_modules${sep}`) ? 0 : await lastChange(PACKAGES))
  const builtAt = (folder: string, edition: Edition) => statSync(page(folder, edition), { throwIfNoEntry: false })?.mtimeMs ?? 0
  for (const folder of [...others, ...await cachedBuilds(cache)]) {
    if (wanted.every(edition => builtAt(folder, edition) >= changed)) return folder
  }
  await assertProjectWritable(root)
  const finished = join(cache, `${Date.now()}-${process.pid}`)
  const unfinished = `${finished}.unfinished`
  try {
    const whole = join(unfinished, 'whole')
    await build(unfinished, `Nothing was built in ${cache}`)
    await joinEditions(wanted, unfinished, whole)
    await rename(whole, finished)
  }
  finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  const [, ...earlier] = await cachedBuilds(cache)
  for (const folder of earlier.filter(folder => timeOf(folder) < Date.now() - KEPT)) await rm(folder, { recursive: true, force: true })
  return finished
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

/** The page that holds all of an edition. */
export const pageToPack = (folder: string, edition: Edition) => join(folder, edition.folder, 'index.html')

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
