import type { Language } from './editions.ts'

/**
 * Name of an exported file.
 * @param ending with what tells it from others of its format, like `dark.pdf`.
 */
export const exportName = (language: Language, ending: string) => `after-the-ebb.${language}.${ending}`
