import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Edition } from '../../lib/editions.ts'
import type { SourceDeck } from '../../lib/source-deck.ts'
import type { Site } from './edition.ts'
import { writeNotFound } from './not-found.ts'
import { writeServiceWorker } from './offline.ts'
import { writePdfs } from './pdf.ts'
import { writeCover } from './pictures.ts'
import { writeForSearchEngines } from './search-engines.ts'

/** A site whose editions are finished, each in its own folder. */
export interface WholeSite extends Site {
  folder: string
  sources: readonly { edition: Edition, deck: SourceDeck }[]
  /** The icons by their places (pictures.ts), where there was a browser to draw them. */
  icons: ReadonlyMap<string, Buffer>
}

/** Writes what stands beside a site's editions. */
export async function writeBeside(site: WholeSite): Promise<void> {
  const { folder, base, browser, sources, icons } = site
  await Promise.all([
    ...[...icons].map(async ([place, icon]) => {
      await mkdir(dirname(join(folder, place)), { recursive: true })
      await writeFile(join(folder, place), icon)
    }),
    ...browser ? sources.map(({ edition, deck }) => writeCover(browser, { edition, deck, folder: join(folder, edition.folder) }, base)) : [],
    writeForOffline(site),
  ])
}

/** Writes the service workers, after everything that they keep for when there is no network. */
async function writeForOffline({ folder, base, origin, sources, withPdf }: WholeSite): Promise<void> {
  if (withPdf) await writePdfs(folder)
  await Promise.all([
    writeNotFound(folder, base),
    writeForSearchEngines({ folder, base, origin, slides: sources[0]?.deck.slides ?? [] }),
  ])
  await Promise.all(sources.map(({ edition, deck }) => writeServiceWorker(join(folder, edition.folder), edition, deck.slides)))
}
