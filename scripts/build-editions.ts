import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Edition } from '../lib/editions.ts'
import type { SourceDeck } from '../lib/source-deck.ts'
import { explainFailure } from './build-failure.ts'
import { editionBase } from './site/head.ts'
import { root, runSlidev } from './slidev.ts'
import { whyNotWritten } from './writing.ts'

/** An edition and its source. */
export interface EditionSource {
  edition: Edition
  deck: Pick<SourceDeck, 'slides'>
}

/** Builds to be made by Slidev. */
export interface EditionBuilds<Source extends EditionSource> {
  wanted: readonly Edition[]
  /** The sources of those in the same order, which are still being read: the builds do not wait for them. Where one turns out not to be sound, they are given up. */
  sources: Promise<readonly Source[]>
  /** Where the builds go: empty, or not there yet. */
  folder: string
  /** The address below which all will be served, with a slash at both ends. */
  base: string
  /** With speaker notes and presenter. */
  withNotes: boolean
  /** What is said where the disk refuses, like "Nothing was built in dist". */
  refused: string
}

/** An edition's folder while it stands apart from the others: Slidev empties its own when it writes, with all that is in it. */
const folderApart = (folder: string, { language }: Edition) => join(folder, language)

/**
 * Has Slidev build editions, all at once.
 * @param use called with each edition's folder as soon as it is built.
 * @returns what `use` makes of them.
 * @throws with file and line of all that keeps editions from being built, and what `use` throws.
 */
export async function buildEditions<Source extends EditionSource, Result>(
  { wanted, sources, folder, base, withNotes, refused }: EditionBuilds<Source>,
  use: (source: Source, folder: string) => Promise<Result>,
): Promise<Result[]> {
  const stop = new AbortController()
  const building = wanted.map(edition => runSlidev(
    ['build', edition.entry, '--base', editionBase(base, edition), '--out', folderApart(folder, edition), ...withNotes ? [] : ['--without-notes']],
    { terminal: false, signal: stop.signal },
  ))
  try {
    const read = await sources
    const failures = Promise.all(building).then(outcomes => outcomes.flatMap(({ code, output }, i) => code === 0 ? [] : [whyNotBuilt(output, refused, read[i])]))
    const using = read.map(async (source, i) => {
      const outcome = await building[i]
      if (outcome?.code !== 0) throw new Error([...new Set(await failures)].join('\n'))
      return use(source, folderApart(folder, source.edition))
    })
    return await Promise.all(using)
  }
  catch (error) {
    stop.abort()
    await Promise.all(building)
    throw error
  }
}

/** What kept an edition from being written, else what Slidev printed, placed in its slides. */
function whyNotBuilt(output: string, refused: string, source: EditionSource | undefined): string {
  const why = whyNotWritten(output)
  return why ? `${refused}: ${why}.` : explainFailure(output, source?.deck.slides ?? [], root)
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
