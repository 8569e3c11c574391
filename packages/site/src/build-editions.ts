import { mkdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Deck } from 'slidev-addon-deck/deck'
import type { Edition } from 'slidev-addon-deck/editions'
import { SITE_BASE } from '../vite/editions.ts'
import { explainFailure, noticesIn } from './build-failure.ts'
import type { DeckProject } from 'slidev-addon-deck/project'
import { ONE_FILE } from 'slidev-addon-deck/talk'
import { runSlidev } from 'slidev-addon-deck/run-slidev'
import { whyNotWritten } from 'slidev-addon-deck/writing'

/** What a build asks of an edition's deck. */
export type EditionSource = Pick<Deck, 'edition' | 'slides'>

/** Builds to be made by Slidev. */
export interface EditionBuilds<Source extends EditionSource> {
  project: DeckProject
  wanted: readonly Edition[]
  /** The sources of those in the same order, which are still being read: the builds do not wait for them. Where one turns out not to be sound, they are given up. */
  sources: Promise<readonly Source[]>
  /** Where the builds go: empty, or not there yet. */
  folder: string
  /** The address below which all will be served, with a slash at both ends. */
  base: string
  /** Whether all of an edition goes into its index.html, to be opened from a disk; it then has no address. */
  oneFile?: boolean
  /** With speaker notes and presenter. */
  withNotes: boolean
  /** What is said where the disk refuses, like "Nothing was built in dist". */
  refused: string
}

/** Where Slidev puts one of several builds: it names the folder after the entry. */
const folderApart = (folder: string, { entry }: Edition) => join(folder, basename(entry, '.md'))

/**
 * Has Slidev build editions, one after the other in one process: what it has learnt from the first halves the time of the second.
 * @param use called with each edition's folder as soon as it is built, while the next is.
 * @returns what `use` makes of them.
 * @throws with file and line of what keeps an edition from being built, and what `use` throws.
 */
export async function buildEditions<Source extends EditionSource, Result>(
  { project: { root }, wanted, sources, folder, base, oneFile, withNotes, refused }: EditionBuilds<Source>,
  use: (source: Source, folder: string) => Promise<Result>,
): Promise<Result[]> {
  // Where no build begins, only the caller asks whether they are sound.
  sources.catch(() => undefined)
  const stop = new AbortController()
  const builds = wanted.map(edition => ({ edition, built: Promise.withResolvers<undefined>() }))
  let begun = 0
  const [only, ...others] = wanted
  const out = only && others.length === 0 ? folderApart(folder, only) : folder
  const building = runSlidev(root, ['build', ...wanted.map(({ entry }) => entry), '--out', out, ...withNotes ? [] : ['--without-notes']], {
    terminal: false,
    signal: stop.signal,
    env: { [SITE_BASE]: base, ...oneFile && { [ONE_FILE]: 'yes' } },
    onMessage(language) {
      begun = builds.findIndex(({ edition }) => edition.language === language)
      for (const { built } of builds.slice(0, begun)) built.resolve(undefined)
    },
  })
  // Slidev that could not be started is told of once the sources are read.
  building.catch(() => undefined)
  try {
    const read = await sources
    const ended = building.then(({ code, output }) => {
      if (code !== 0) throw new Error(whyNotBuilt(output, refused, root, read[begun]))
      for (const notice of noticesIn(output)) console.log(notice)
      for (const { built } of builds) built.resolve(undefined)
    })
    const using = read.map(async (source, i) => {
      await builds[i]?.built.promise
      return use(source, folderApart(folder, source.edition))
    })
    const [results] = await Promise.all([Promise.all(using), ended])
    return results
  }
  catch (error) {
    stop.abort()
    await building
    throw error
  }
}

/** What kept an edition from being written, else what Slidev printed, placed in its slides. */
function whyNotBuilt(output: string, refused: string, root: string, source: EditionSource | undefined): string {
  const why = whyNotWritten(output)
  return why ? `${refused}: ${why}.` : explainFailure(output, source?.slides ?? [], root)
}

/**
 * Moves editions into one folder, each to where it is served.
 * @param from where `buildEditions` built them.
 */
export async function joinEditions(wanted: readonly Edition[], from: string, folder: string): Promise<void> {
  await mkdir(folder)
  // The one at the base comes first: the others are moved into it.
  for (const edition of wanted.toSorted((a, b) => a.folder.length - b.folder.length)) await rename(folderApart(from, edition), join(folder, edition.folder))
}
