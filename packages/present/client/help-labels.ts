import type { Language } from 'slidev-addon-deck/editions'

/** What the list of keys says; apart from the deck's labels, since it is loaded when asked for. */
export interface HelpLabels {
  title: string
  close: string
  /** Keys, in the words of a keyboard, and what they do. */
  keys: readonly (readonly [keys: readonly string[], does: string])[]
}

/** Labels by language: no label falls back to another language. */
export const helpLabels: Readonly<Record<Language, HelpLabels>> = {
  zh: {
    title: '按键',
    close: '关闭',
    keys: [
      [['→', '空格', 'PageDown'], '下一步'],
      [['←', 'Shift 空格', 'PageUp'], '上一步'],
      [['↓', 'Shift →'], '下一页'],
      [['↑', 'Shift ←'], '上一页'],
      [['G'], '按页码或标题跳转'],
      [['O'], '各页总览'],
      [['D'], '浅色、深色'],
      [['F'], '全屏'],
      [['L'], '另一种语言'],
      [['Tab'], '到链接、术语和控制按钮'],
      [['Esc'], '关闭总览和对话框'],
      [['?'], '这张按键表'],
    ],
  },
  en: {
    title: 'Keys',
    close: 'Close',
    keys: [
      [['→', 'Space', 'PageDown'], 'Next step'],
      [['←', 'Shift Space', 'PageUp'], 'Previous step'],
      [['↓', 'Shift →'], 'Next slide'],
      [['↑', 'Shift ←'], 'Previous slide'],
      [['G'], 'Go to a slide by number or headline'],
      [['O'], 'Overview of the slides'],
      [['D'], 'Light or dark'],
      [['F'], 'Full screen'],
      [['L'], 'The other language'],
      [['Tab'], 'To links, terms and the controls'],
      [['Esc'], 'Closes the overview and dialogs'],
      [['?'], 'This list'],
    ],
  },
}
