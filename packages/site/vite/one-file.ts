import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import { lookup } from 'mrmime'
import type { Plugin, Rolldown } from 'vite'

/** What a slide shows or plays, by the media type. */
const SHOWN = /^(?:image|font|audio|video)\//

/** A quoted address of a file in public/: headmatter and frontmatter name pictures so. */
const QUOTED = /(?<=(["'`]))\/[^"'`\\\n]+(?=\1)/g

/**
 * Puts an edition's scripts into one file and its styles into another, with fonts and pictures in them as `data:` addresses, those of
 * public/ as well. `deck export` makes one page of both (html.ts of slidev-deck-export).
 */
export function oneFilePlugin({ data }: ResolvedSlidevOptions): Plugin {
  let folder = ''
  const dataAddress = (name: string) => {
    const type = lookup(name)
    return type && SHOWN.test(type) ? `data:${type};base64,${readFileSync(join(folder, name)).toString('base64')}` : undefined
  }
  return {
    name: 'deck:one-file',
    apply: 'build',
    config() {
      // This takes every address for one below the deck's own; the others have Slidev print the finished build, which has no page for that.
      data.config.preloadImages = false
      data.config.download = false
      data.config.seoMeta = {}
      return {
        // Addresses begin with nothing: they stay within the page.
        base: '',
        build: { assetsInlineLimit: () => true, copyPublicDir: false, cssCodeSplit: false, modulePreload: false },
        experimental: { renderBuiltUrl: (name, { type }) => type === 'public' ? dataAddress(name) : undefined },
      }
    },
    configResolved({ publicDir, build }) {
      folder = publicDir
      for (const output of [build.rolldownOptions.output].flat() as (Rolldown.OutputOptions | undefined)[]) {
        if (!output) continue
        delete output.manualChunks
        output.codeSplitting = false
      }
    },
    generateBundle(_, bundle) {
      const names = new Set(folder ? globSync('**/*', { cwd: folder }).map(name => `/${name.replaceAll('\\', '/')}`) : [])
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = file.code.replace(QUOTED, path => names.has(path) ? dataAddress(path.slice(1)) ?? path : path)
      }
    },
  }
}
