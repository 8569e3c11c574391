import type { Language } from './editions.ts'

/** Names of what is counted, for messages. */
export const units: Readonly<Record<Language, { text: string, headline: string }>> = {
  zh: { text: 'Han characters', headline: 'Han characters' },
  en: { text: 'words', headline: 'characters' },
}

/** A count with its noun: `1 minute`, `2 minutes`. */
export const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

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
