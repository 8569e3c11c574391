import type { Language } from 'slidev-addon-deck/editions'

/** What a slide's page says besides the kit's words: the links to its neighbours, for who has no scripts. */
export interface SiteWords {
  previous: string
  next: string
}

export const siteWords: Readonly<Record<Language, SiteWords>> = {
  zh: { previous: '上一页', next: '下一页' },
  en: { previous: 'Previous', next: 'Next' },
}
