import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Edition } from 'slidev-addon-deck/editions'
import type { DeckProject } from 'slidev-addon-deck/project'
import { editionBase } from './head.ts'
import { hasFavicon, ICONS } from './pictures.ts'
import { paperColours } from './sources.ts'

/** What makes an edition an app that can be installed. */
export interface WebApp {
  project: DeckProject
  /** The edition's build, and the address of the whole. */
  folder: string
  base: string
  edition: Edition
  title: string
  description: string
  /** Whether there was a browser to draw the icons (pictures.ts). */
  hasPictures: boolean
}

/** Writes an edition's manifest (W3C Web Application Manifest), manifest.webmanifest. */
export async function writeWebManifest({ project, folder, base, edition, title, description, hasPictures }: WebApp): Promise<void> {
  const { light } = await paperColours(project)
  const own = editionBase(base, edition)
  const manifest = {
    id: own,
    name: title,
    short_name: title,
    description,
    lang: edition.lang,
    dir: 'ltr',
    start_url: own,
    scope: own,
    display: 'standalone',
    theme_color: light,
    background_color: light,
    icons: !hasFavicon(project) ? [] : [
      { src: `${base}favicon.svg`, type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
      ...hasPictures ? ICONS.map(({ file, size, purpose }) => ({ src: base + file, type: 'image/png', sizes: `${size}x${size}`, purpose })) : [],
    ],
  }
  await writeFile(join(folder, 'manifest.webmanifest'), JSON.stringify(manifest))
}
