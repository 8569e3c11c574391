import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasFavicon, ICONS } from './pictures.ts'
import type { SiteEdition } from './site.ts'

/** Writes an edition's manifest (W3C Web Application Manifest), manifest.webmanifest: it makes it an app that can be installed. */
export async function writeWebManifest({ project, folder, base, ownBase, edition, title, description, paper, browser }: SiteEdition): Promise<void> {
  const manifest = {
    id: ownBase,
    name: title,
    short_name: title,
    description,
    lang: edition.lang,
    dir: 'ltr',
    start_url: ownBase,
    scope: ownBase,
    display: 'standalone',
    theme_color: paper.light,
    background_color: paper.light,
    icons: !hasFavicon(project) ? [] : [
      { src: `${base}favicon.svg`, type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
      // Drawn by the browser.
      ...browser ? ICONS.map(({ file, size, purpose }) => ({ src: base + file, type: 'image/png', sizes: `${size}x${size}`, purpose })) : [],
    ],
  }
  await writeFile(join(folder, 'manifest.webmanifest'), JSON.stringify(manifest))
}
