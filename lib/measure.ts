import type { Language } from './editions.ts'

/** How much a slide may hold and how fast it is spoken, in the unit of `textLength`. */
export interface Limits {
  /** Name of the unit, for messages. */
  unit: string
  /** Longest headline, in the unit of `headlineLength`. */
  headline: number
  headlineUnit: string
  /** Most text outside diagrams and headline. */
  text: number
  /** Spoken units a minute. */
  pace: number
}

/** The storyboard's limits by language. */
export const limits: Readonly<Record<Language, Limits>> = {
  zh: { unit: 'Han characters', headline: 44, headlineUnit: 'Han characters', text: 60, pace: 220 },
  en: { unit: 'words', headline: 90, headlineUnit: 'characters', text: 40, pace: 130 },
}

const HAN = /\p{Script=Han}/gu
const HAN_RUN = /\p{Script=Han}+/gu
const WORD = /[\p{Script=Latin}\p{N}]+(?:['’.-][\p{Script=Latin}\p{N}]+)*/gu

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0

/**
 * Length of a text as it is read: Han characters in Chinese, words in English.
 * A Latin word among Chinese text counts as one character, a Han run among English text as one word.
 */
export function textLength(text: string, language: Language): number {
  return count(text, WORD) + count(text, language === 'zh' ? HAN : HAN_RUN)
}

/** Length of a headline as it takes room: Han characters in Chinese, all characters in English. */
export function headlineLength(text: string, language: Language): number {
  return language === 'zh' ? textLength(text, language) : [...text].length
}
