import type { Language } from 'slidev-addon-deck/editions'

/** What the reading page says by itself; apart from the deck's labels, since the deck never shows it. */
export interface ReadLabels {
  skip: string
  contents: string
  slideshow: string
  /** Leads from a part of the page to its slide. */
  openSlide: (no: number) => string
  /** @param name of the licence, as HTML. */
  licence: (name: string) => string
}

/** Labels by language: no label falls back to another language. */
export const readLabels: Readonly<Record<Language, ReadLabels>> = {
  zh: {
    skip: '跳到正文',
    contents: '目录',
    slideshow: '幻灯片',
    openSlide: no => `看第 ${no} 页幻灯片`,
    licence: name => `文字和图：${name}。观点出自文末索引所列的文章，全部用自己的话转述。`,
  },
  en: {
    skip: 'Skip to the text',
    contents: 'Contents',
    slideshow: 'Slideshow',
    openSlide: no => `Open as slide ${no}`,
    licence: name => `Text and diagrams: ${name}. The ideas come from the essay that the index above lists, paraphrased throughout.`,
  },
}
