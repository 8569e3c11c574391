import type { Language } from 'slidev-addon-deck/editions'
import { facesOf } from 'slidev-addon-deck/fonts'

/** How the names of an edition's own fonts begin: `@fontsource/noto-sans-sc` has NotoSansSC. */
export function fontNames(language: Language): string[] {
  const packages = facesOf(language).flatMap(({ sources }) => sources.map(source => source.package.split('/').at(-1) ?? ''))
  return [...new Set(packages)].map(name => name.split('-').map(part => part === 'sc' ? 'SC' : part.charAt(0).toUpperCase() + part.slice(1)).join(''))
}

/** The faces of a handout, whole: narration has characters that the slides have not. */
export interface HandoutFonts {
  css: string
  /** Font file by the address the CSS names it by. */
  files: ReadonlyMap<string, string>
}

/** @param folder address below which the files are served, with a slash at both ends. */
export async function handoutFonts(language: Language, folder: string): Promise<HandoutFonts> {
  // Loaded late: a deck's PDF needs none of it.
  const { wholeFonts } = await import('slidev-addon-deck/font-files')
  const used = (await wholeFonts(language)).filter(({ face }) => face.role !== 'strong')
  const rules = used.map(({ face, module, range }) => {
    const family = face.role === 'display' ? 'Handout Serif' : 'Handout Sans'
    return `@font-face{font-family:"${family}";font-weight:${face.weight};src:url("${folder}${module}") format("woff2")${range ? `;unicode-range:${range}` : ''}}`
  })
  return {
    css: `${rules.join('\n')}\n:root{--handout-serif:"Handout Serif";--handout-sans:"Handout Sans"}\n`,
    files: new Map(used.map(({ module, path }) => [`${folder}${module}`, path])),
  }
}
