import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import type { DeckProject } from 'slidev-addon-deck/project'
import { editionBase } from './site.ts'

/** Asks search engines to pass over an app page that is not for them: printing, presenting. */
export const withoutIndex = (html: string) => html.replace('</head>', '<meta name="robots" content="noindex">\n</head>')

/**
 * Writes robots.txt and, where the host is known, sitemap.xml (sitemaps.org 0.9) with every page in every language.
 * Called when the reading pages are there, where they are made.
 * @param folder the whole build
 * @param base its address
 * @param origin scheme and host it is served at, '' where that is not known
 * @param slides the same in every edition
 */
export async function writeForSearchEngines({ project: { editions }, folder, base, origin, slides }: { project: DeckProject, folder: string, base: string, origin: string, slides: readonly Pick<DeckSlide, 'id' | 'no'>[] }): Promise<void> {
  await writeFile(join(folder, 'robots.txt'), ['User-agent: *', 'Allow: /', ...origin ? [`Sitemap: ${origin}${base}sitemap.xml`] : [], ''].join('\n'))
  if (!origin) return
  const hasReading = editions.every(edition => existsSync(join(folder, edition.folder, 'read/index.html')))
  const paths = [...slides.map(({ no, id }) => no === 1 ? '' : `${id || no}/`), ...hasReading ? ['read/'] : []]
  const urls = paths.flatMap((path) => {
    const alternates = [...editions.map(edition => [edition.lang, edition] as const), ['x-default', editions[0]] as const]
      .map(([lang, edition]) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${origin}${editionBase(base, edition)}${path}"/>`)
    return editions.map(edition => `<url><loc>${origin}${editionBase(base, edition)}${path}</loc>${alternates.join('')}</url>`)
  })
  await writeFile(join(folder, 'sitemap.xml'), `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join('\n')}
</urlset>
`)
}
