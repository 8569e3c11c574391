import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Site } from './main.ts'
import { writeNotFound } from './not-found.ts'
import { writeServiceWorker } from './offline.ts'
import { writePdfs } from './pdf.ts'
import { writePictures } from './pictures.ts'
import { withoutIndex, writeForSearchEngines } from './search-engines.ts'
import { writeWebManifest } from './web-app.ts'

/** Writes what stands beside a site's pages. Called when all pages are there; the service workers come last, since they list everything. */
export async function writeBeside({ folder, base, origin, built, browser, withPdf }: Site): Promise<void> {
  if (browser) await writePictures(folder, base, browser)
  if (withPdf) await writePdfs(folder)
  await Promise.all([
    writeNotFound(folder, base),
    writeForSearchEngines({ folder, base, origin, slides: built[0]?.deck.slides ?? [] }),
    ...built.map(({ edition, deck: { headmatter } }) => writeWebManifest({ folder, base, edition, title: String(headmatter['title']), description: String(headmatter['info'] ?? ''), hasPictures: Boolean(browser) })),
    ...built.map(({ edition }) => hideShells(join(folder, edition.folder))),
  ])
  for (const { edition, deck } of built) await writeServiceWorker(join(folder, edition.folder), edition, deck.slides)
}

/** The pages of an edition that are the speaker's. */
async function hideShells(folder: string): Promise<void> {
  for await (const file of glob('{print,presenter,notes,overview,entry}/**/index.html', { cwd: folder })) {
    const path = join(folder, file)
    await writeFile(path, withoutIndex(await readFile(path, 'utf8')))
  }
}
