import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { precompress } from 'slidev-addon-site/precompress'

/** A small folder of the kinds of files a build holds. */
export interface Site {
  folder: string
  remove: () => Promise<void>
}

export const ASSET = 'assets/app-Ab3_-x9Z.js'
const LONG = Array.from({ length: 500 }, (_, i) => `line ${i}`).join('\n')

const page = (title: string, base: string) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<style>h1 { color: teal }</style></head><body><h1>${title}</h1><p>${LONG}</p><script>import("${base}${ASSET}")</script></body></html>
`

/**
 * Makes a precompressed site, such as a build for an address.
 * @param changes files to add or alter; `undefined` leaves one out.
 */
export async function createSite(base = '/', changes: Record<string, string | undefined> = {}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'deck-site-'))
  const files: Record<string, string | undefined> = {
    'index.html': page('Cover', base),
    'ebb/index.html': page('Ebb', base),
    'en/index.html': page('Cover, English', base),
    '404.html': page('Nothing here', base),
    [ASSET]: `/* ${LONG} */\n`,
    [`en/${ASSET}`]: `/* en ${LONG} */\n`,
    'assets/deck-Ab3_-x9Z.woff2': `font ${LONG}`,
    'ebb/first-0.woff2': 'font',
    'manifest.webmanifest': '{}',
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'sw.js': `// ${LONG}\n`,
    ...changes,
  }
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await precompress(folder)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
