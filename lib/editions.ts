/** The languages the deck has labels for. A third edition is one more entry here, one folder in pages/ and one file in lib/locale/. */
export type Language = 'zh' | 'en'

/** One language edition of the talk. */
export interface Edition {
  language: Language
  /** Its language's name in that language: what the switch to it says. */
  name: string
  /** BCP 47 tag, as the entry's headmatter `lang` has it. */
  lang: string
  /** Entry file, relative to the project's root. */
  entry: string
  /** Where a build puts it, below the base path: '' for the source edition, else a folder name. */
  folder: string
}

/** Every edition, the source edition first: drives start, build and tests. */
export const editions: readonly [Edition, ...Edition[]] = [
  { language: 'zh', name: '中文', lang: 'zh-CN', entry: 'slides.md', folder: '' },
  { language: 'en', name: 'English', lang: 'en', entry: 'slides.en.md', folder: 'en' },
]

/**
 * The edition's language for a `lang` of a headmatter.
 * @throws where the deck has no labels in that language: labels never fall back to another one.
 */
export function languageOf(lang: unknown): Language {
  const primary = typeof lang === 'string' ? lang.toLowerCase().split('-')[0] : undefined
  if (primary === 'zh' || primary === 'en') return primary
  throw new Error(`Unknown language ${JSON.stringify(lang)}: set "lang" in the headmatter to zh-CN or en.`)
}
