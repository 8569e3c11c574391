import { wholeFonts } from 'slidev-addon-deck/font-files'
import type { FontFace } from 'slidev-addon-deck/fonts'

/** The faces of a handout, whole: notes have characters that the slides have not. */
export interface HandoutFonts {
  css: string
  /** Font file by the address the CSS names it by. */
  files: ReadonlyMap<string, string>
}

/** @param folder address below which the files are served, with a slash at both ends. */
export async function handoutFonts(faces: readonly FontFace[], folder: string): Promise<HandoutFonts> {
  const used = (await wholeFonts(faces)).filter(({ face }) => face.role !== 'strong')
  const rules = used.map(({ face, module, range }) => {
    const family = face.role === 'display' ? 'Handout Serif' : 'Handout Sans'
    return `@font-face{font-family:"${family}";font-weight:${face.weight};src:url("${folder}${module}") format("woff2")${range ? `;unicode-range:${range}` : ''}}`
  })
  return {
    css: `${rules.join('\n')}\n:root{--handout-serif:"Handout Serif";--handout-sans:"Handout Sans"}\n`,
    files: new Map(used.map(({ module, path }) => [`${folder}${module}`, path])),
  }
}
