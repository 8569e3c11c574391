import type { Language } from 'slidev-addon-deck/editions'

/** What the handout says by itself; apart from the deck's labels, since no viewer of the deck needs it. */
export interface HandoutLabels {
  /** What the document is. */
  handout: string
  contents: string
  narration: string
  sources: string
  /** Below the title: how many slides and minutes. */
  size: (slides: number, minutes: number) => string
}

/** Labels by language: no label falls back to another language. */
export const handoutLabels: Readonly<Record<Language, HandoutLabels>> = {
  zh: { handout: '讲义', contents: '目录', narration: '讲述', sources: '据原文', size: (slides, minutes) => `${slides} 页${minutes ? `，讲 ${minutes} 分钟` : ''}` },
  en: { handout: 'Handout', contents: 'Contents', narration: 'Narration', sources: 'Source', size: (slides, minutes) => `${slides} slides${minutes ? `, ${minutes} minutes` : ''}` },
}
