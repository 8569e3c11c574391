import type { Language } from 'slidev-addon-deck/editions'

/** What the page for addresses there are not says; apart from the deck's labels, since no viewer of the deck needs it. */
export interface NotFoundLabels {
  title: string
  /** What a reader can do about it. */
  text: string
  first: string
  read: string
}

/** Labels by language: no label falls back to another language. */
export const notFoundLabels: Readonly<Record<Language, NotFoundLabels>> = {
  zh: { title: '这里没有这一页', text: '网址也许输错了，也许那一页已经搬走。整场演示都在，请从头看起。', first: '从第一页开始', read: '读成一篇' },
  en: { title: 'There is no page here', text: 'The address may be mistyped, or the page has moved. The whole talk is still where it was.', first: 'Start at the first slide', read: 'Read as one page' },
}
