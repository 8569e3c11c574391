import type { Language } from 'slidev-addon-deck/editions'

/** What the PDFs say by themselves. */
export interface HandoutLabels {
  /** What the document is. */
  handout: string
  contents: string
  /** Below the title: how many slides and minutes. */
  size: (slides: number, minutes: number) => string
  /** A slide without a headline. */
  slide: (no: number) => string
}

export const handoutLabels: Readonly<Record<Language, HandoutLabels>> = {
  zh: { handout: '讲义', contents: '目录', size: (slides, minutes) => `${slides} 页${minutes ? `，讲 ${minutes} 分钟` : ''}`, slide: no => `第 ${no} 页` },
  en: { handout: 'Handout', contents: 'Contents', size: (slides, minutes) => `${slides} slides${minutes ? `, ${minutes} minutes` : ''}`, slide: no => `Slide ${no}` },
}
