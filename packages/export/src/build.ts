import { readFileSync, statSync } from 'node:fs'
import { copyFile, glob, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { editions, type Edition } from 'slidev-addon-deck/editions'
import { buildEditions, joinEditions, type EditionSource } from 'slidev-addon-site/build-editions'
import { root } from 'slidev-addon-deck/run-slidev'
import { assertProjectWritable } from 'slidev-addon-deck/writing'

/** What a build is made of. Folders count too: a file that is removed changes its folder. */
const SOURCES = ['*.md', '*.vue', 'package.json', 'package-lock.json', '{pages,components,layouts,lib,setup,site,styles,diagrams,public}', '{pages,components,layouts,lib,setup,site,styles,diagrams,public}/**', 'scripts/{fonts,load-deck}.ts', 'scripts/diagrams/**']

/** Where exports keep builds of their own, apart from one made to be hosted: each in a folder named by its time and process, never changed again. */
const CACHE = join(root, 'node_modules/.cache/deck-exports')
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
export function openBuild(folder: string, languages: readonly string[]): Build {
  const wanted = editions.filter(({ language }) => languages.includes(language))
  const addresses = wanted.map((edition) => {
    const page = pageToPrint(folder, edition)
    const html = read(page)
    if (html === undefined) throw new Error(`${folder} holds no finished build of the edition "${edition.language}": run npm run build.`)
    const own = /<script[^>]*\ssrc="([^"]*?)assets\//.exec(html)?.[1] ?? '/'
    return edition.folder ? own.replace(new RegExp(`${edition.folder}/$`), '') : own
  })
  return { folder, base: addresses[0] ?? '/' }
}

/**
 * A build of what the sources are now: `dist`, else the one an earlier export made, else a new one of these editions alone.
 * @param sources the editions' sources, as they are being read. A build does not wait for them; where they turn out not to be sound, it is given up.
 * @throws with file and line of what keeps an edition from being built.
 */
export async function freshBuild(wanted: readonly Edition[], sources: Promise<readonly EditionSource[]>): Promise<Build> {
  // Where no build is needed, only the caller asks whether they are sound.
  sources.catch(() => undefined)
  const changed = await lastChange()
  const languages = wanted.map(({ language }) => language)
  for (const folder of [join(root, 'dist'), ...await cachedBuilds()]) {
    if (wanted.every(edition => builtAt(folder, edition) >= changed)) return openBuild(folder, languages)
  }
  await assertProjectWritable()
  const finished = join(CACHE, `${Date.now()}-${process.pid}`)
  const unfinished = `${finished}.unfinished`
  try {
    const whole = join(unfinished, 'whole')
    await buildEditions({ wanted, sources, folder: unfinished, base: '/', withNotes: false, refused: `Nothing was built in ${CACHE}` }, async (_, folder) => {
      await mkdir(join(folder, 'print'))
      await copyFile(join(folder, 'index.html'), join(folder, 'print/index.html'))
    })
    await joinEditions(wanted, unfinished, whole)
    await rename(whole, finished)
  }
  finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  const [, ...earlier] = await cachedBuilds()
  for (const folder of earlier.filter(folder => timeOf(folder) < Date.now() - KEPT)) await rm(folder, { recursive: true, force: true })
  return openBuild(finished, languages)
}

/** When a cached build was begun. */
const timeOf = (folder: string) => Number.parseInt(basename(folder))

/** The builds that exports have made, the last first. */
async function cachedBuilds(): Promise<string[]> {
  const names = await readdir(CACHE).catch(() => [])
  return names.filter(name => CACHED.test(name)).map(name => join(CACHE, name)).sort((a, b) => timeOf(b) - timeOf(a))
}

/** The app's bare page, which goes to Slidev's print page. */
const pageToPrint = (folder: string, edition: Edition) => join(folder, edition.folder, 'print/index.html')

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  }
  catch {
    return undefined
  }
}

async function lastChange(): Promise<number> {
  let last = 0
  for await (const path of glob(SOURCES, { cwd: root })) last = Math.max(last, statSync(join(root, path)).mtimeMs)
  return last
}

/** When an edition of a build was made; 0 where it is missing. */
function builtAt(folder: string, edition: Edition): number {
  return statSync(pageToPrint(folder, edition), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
