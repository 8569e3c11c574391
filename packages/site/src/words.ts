import type { Language } from 'slidev-addon-deck/editions'

/** What the site's pages say by themselves; apart from the deck's words, which every viewer loads. */
export interface SiteWords {
  /** On a slide's page, for who has no scripts: links to its neighbours. */
  previous: string
  next: string
  /** On the reading page. */
  skip: string
  contents: string
  slideshow: string
  /** Leads from a part of the page to its slide. */
  openSlide: (no: number) => string
  pdf: string
  /** One page to take along, as a PDF. */
  card: string
  /** On a page of a build that is opened from a disk; the file is that of `deck export`. */
  fromDisk: (file: string) => string
  /** On the page for missing addresses; `text` is what a reader can do about it. */
  notFound: { title: string, text: string, first: string, read: string }
}

/** Words by language: none falls back to another language. */
export const siteWords: Readonly<Record<Language, SiteWords>> = {
  zh: {
    previous: '上一页',
    next: '下一页',
    skip: '跳到正文',
    contents: '目录',
    slideshow: '幻灯片',
    openSlide: no => `看第 ${no} 页幻灯片`,
    pdf: '下载 PDF',
    card: '带走一页',
    fromDisk: file => `从磁盘请打开 deck export 写出的 ${file}。`,
    notFound: { title: '这里没有这一页', text: '网址也许输错了，也许那一页已经搬走。整场演示都在，请从头看起。', first: '从第一页开始', read: '读成一篇' },
  },
  en: {
    previous: 'Previous',
    next: 'Next',
    skip: 'Skip to the text',
    contents: 'Contents',
    slideshow: 'Slideshow',
    openSlide: no => `Open as slide ${no}`,
    pdf: 'Download the PDF',
    card: 'Take one page along',
    fromDisk: file => `From a disk, open ${file}, which deck export writes.`,
    notFound: { title: 'There is no page here', text: 'The address may be mistyped, or the page has moved. The whole talk is still where it was.', first: 'Start at the first slide', read: 'Read as one page' },
  },
}
