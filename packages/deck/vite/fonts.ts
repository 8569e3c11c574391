import { join, relative } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'
import { fontLicences, missingGlyphs, subsetFonts, subsetFontsCss, wholeFontsCss } from '../src/font-files.ts'
import { facesOf } from '../src/fonts.ts'
import { loadDeck } from '../src/load-deck.ts'
import { editionOf, type DeckProject } from '../src/project.ts'
import { ONE_FILE } from '../src/talk.ts'
import { formatViolation } from '../src/violation.ts'

const ID = 'virtual:deck-fonts.css'

/**
 * Provides `virtual:deck-fonts.css`, the edition's own faces: whole in dev, in a build subsets of what its slides use, with their licences.
 * A character without a glyph stops a build; in dev it is noted on the terminal.
 */
export function fontsPlugin(project: DeckProject, { entry, mode, data }: ResolvedSlidevOptions): Plugin {
  const { root } = project
  const cache = join(root, 'node_modules/.cache/deck-fonts')
  // Under a real folder, so that Vite finds the files the rules name.
  const resolved = join(cache, 'deck-fonts.css')
  const faces = facesOf(project, editionOf(project, entry))
  const readDeck = () => loadDeck(project, relative(root, entry))
  let noted = ''

  async function noteMissing(warn: (message: string) => void): Promise<void> {
    const missing = await readDeck().then(deck => missingGlyphs(deck), () => [])
    const note = missing.map(formatViolation).join('\n')
    if (note && note !== noted) warn(note)
    noted = note
  }

  return {
    name: 'deck:fonts',
    enforce: 'pre',
    resolveId: id => id === ID ? resolved : undefined,
    async load(id) {
      if (id !== resolved) return
      if (mode === 'dev') return wholeFontsCss(faces)
      return subsetFontsCss(await subsetFonts(await readDeck(), cache), cache, !process.env[ONE_FILE])
    },
    configureServer({ config }) {
      if (mode === 'dev') void noteMissing(message => config.logger.warn(message))
    },
    handleHotUpdate({ file, server }) {
      if (file in data.watchFiles) void noteMissing(message => server.config.logger.warn(message))
    },
    async generateBundle() {
      for (const [name, source] of await fontLicences(faces)) this.emitFile({ type: 'asset', fileName: `fonts/${name}`, source })
    },
  }
}
