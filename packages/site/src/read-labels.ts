import type { Language } from 'slidev-addon-deck/editions'

/** What the reading page says by itself; apart from the deck's labels, since the deck never shows it. */
export interface ReadLabels {
  skip: string
  contents: string
  slideshow: string
  /** Leads from a part of the page to its slide. */
  openSlide: (no: number) => string
  pdf: string
}

/** Labels by language: no label falls back to another language. */
export const readLabels: Readonly<Record<Language, ReadLabels>> = {
  zh: {
    skip: '跳到正文',
    contents: '目录',
    slideshow: '幻灯片',
    openSlide: no => `看第 ${no} 页幻灯片`,
    pdf: '下载 PDF',
  },
  en: {
    skip: 'Skip to the text',
    contents: 'Contents',
    slideshow: 'Slideshow',
    openSlide: no => `Open as slide ${no}`,
    pdf: 'Download the PDF',
  },
}
