/** The languages the kit has words of its own in, and knows how to measure. */
export type Language = 'zh' | 'en'

/** One language edition of a deck. */
export interface Edition {
  /** Its name for `--edition` and in files' names, like `zh`. */
  language: string
  /** The language in which the kit's own words stand in it: English where the kit has none in its own. */
  words: Language
  /** Its language's name in that language: what the switch to it says. */
  name: string
  /** BCP 47 tag, as the entry's headmatter `lang` has it. */
  lang: string
  /** Entry file, relative to the deck's folder. */
  entry: string
  /** Where a build puts it, below the base path: '' for the source edition, else a folder name. */
  folder: string
  /** The words of pills in block diagrams, in the order of their numbers. */
  marks?: readonly string[] | undefined
}

/** All editions of a deck, the source edition first. */
export type Editions = readonly [Edition, ...Edition[]]

/** The language of the kit's own words in a deck, by the `lang` of its headmatter: English for all that is not Chinese. */
export function wordsOf(lang: unknown): Language {
  return typeof lang === 'string' && /^zh\b/i.test(lang.replaceAll('_', '-')) ? 'zh' : 'en'
}
