import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Site } from './edition.ts'
import { writeNotFound } from './not-found.ts'
import { writeServiceWorker } from './offline.ts'
import { writePdfs } from './pdf.ts'
import { writeForSearchEngines } from './search-engines.ts'
import { headersFile } from './security-headers.ts'

/** A site whose editions are finished, each in its own folder. */
export interface WholeSite extends Site {
  folder: string
  /** The icons by their places (pictures.ts), where there was a browser to draw them. */
  icons: ReadonlyMap<string, Buffer>
}

/** Writes what stands beside a site's editions. The service workers come last, since they list everything. */
export async function writeBeside({ project, folder, base, origin, decks, icons, withPdf }: WholeSite): Promise<void> {
  for (const [place, icon] of icons) {
    await mkdir(dirname(join(folder, place)), { recursive: true })
    await writeFile(join(folder, place), icon)
  }
  // A deck may bring its own in public/.
  if (!existsSync(join(folder, '_headers'))) await writeFile(join(folder, '_headers'), headersFile(base, project.editions))
  if (withPdf) await writePdfs(project, folder)
  await Promise.all([
    writeNotFound(project, folder, base),
    writeForSearchEngines({ project, folder, base, origin, slides: decks[0]?.slides ?? [] }),
  ])
  await Promise.all(decks.map(({ edition, slides }) => writeServiceWorker(join(folder, edition.folder), project, edition, slides)))
}
