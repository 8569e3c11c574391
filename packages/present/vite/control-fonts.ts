import { join, relative } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import { wordsOf } from 'slidev-addon-deck/editions'
import { subsetFontsCss, subsetOfText } from 'slidev-addon-deck/font-files'
import { facesOf } from 'slidev-addon-deck/fonts'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { editionOf, openProject } from 'slidev-addon-deck/project'
import { ONE_FILE } from 'slidev-addon-deck/talk'
import type { Plugin } from 'vite'
import { words } from '../client/words.ts'
import { chinese } from './patches/words.zh.ts'

const ID = 'virtual:deck-control-fonts.css'
const FAMILY = 'Deck Controls'
const ASCII = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')

/** Every text in a value; a function's is its source, which has its literals. */
const textIn = (value: unknown) => JSON.stringify(value, (_, each: unknown) => typeof each === 'function' ? String(each) : each)

/**
 * Provides `virtual:deck-control-fonts.css`: `--font-controls`, the deck's own text face for what stands around the slides. A
 * machine that has no Chinese font shows notes and controls in it too. A build has the characters of the controls and headlines
 * alone, and those of the notes where it has notes: the files are loaded when they show.
 */
export function controlFontsPlugin({ entry, mode, userRoot, withoutNotes, data }: ResolvedSlidevOptions): Plugin {
  const cache = join(userRoot, 'node_modules/.cache/deck-fonts')
  // Under a real folder, so that Vite finds the files the rules name.
  const resolved = join(cache, 'deck-control-fonts.css')
  return {
    name: 'deck:control-fonts',
    enforce: 'pre',
    resolveId: id => id === ID ? resolved : undefined,
    async load(id) {
      if (id !== resolved) return
      // While presenting the faces are there whole.
      if (mode === 'dev') return `:root{--font-controls:"Deck Sans",sans-serif}`
      const project = await openProject(userRoot)
      const { slides } = await loadDeck(project, relative(userRoot, entry))
      const language = wordsOf(data.headmatter['lang'])
      const text = [ASCII, textIn(words[language]), language === 'zh' ? textIn(chinese) : '', ...slides.flatMap(({ headline, note }) => [headline, withoutNotes ? '' : note])].join('')
      const faces = facesOf(project, editionOf(project, entry)).filter(({ role }) => role !== 'display')
      const css = subsetFontsCss(await subsetOfText(faces, text, cache), cache, !process.env[ONE_FILE]).replaceAll('"Deck Sans"', `"${FAMILY}"`)
      return `${css}\n:root{--font-controls:"${FAMILY}",sans-serif}`
    },
  }
}
