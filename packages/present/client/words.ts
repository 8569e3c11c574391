import type { Language } from 'slidev-addon-deck/editions'

/** Keys, in the words of a keyboard, and what they do; `editions` marks what works only in a deck of several. */
type Key = readonly [keys: readonly string[], does: string, needs?: 'editions']

/** What this package says, on controls, to a screen reader and in title bars. */
const zh = {
  /** What kind of thing a slide is (`aria-roledescription`). */
  slide: '幻灯片',
  /** A slide's headline and its position. */
  position: (headline: string, no: number, total: number) => `${headline && `${headline}，`}第 ${no} 页，共 ${total} 页`,
  /** A click that shows nothing new to read. */
  step: (click: number, total: number) => `第 ${click} 步，共 ${total} 步`,
  /** What the presenter is told, and a screen reader says, while the screen is black or white. */
  curtain: { black: '黑屏', white: '白屏' },
  /** Name of the presenter view's preview. */
  next: (headline: string) => `接下来：${headline}`,
  presenter: '演讲者视图',
  /** Name of the language switch. */
  languages: '语言',
  /** Said where an edition's server does not answer, by its language's name. */
  notServed: (name: string) => `${name}版还没有就绪，请稍后再试`,
  pace: { onPace: '节奏正好', ahead: '快', behind: '慢', label: '节奏' },
  help: {
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
      [['B', '.'], '黑屏'],
      [['W', ','], '白屏'],
      [['L'], '另一种语言', 'editions'],
      [['Tab'], '到链接、术语和控制按钮'],
      [['Esc'], '关闭总览和对话框'],
      [['?'], '这张按键表'],
    ] as readonly Key[],
  },
}

/** No word falls back to another language. */
export const words: Readonly<Record<Language, typeof zh>> = {
  zh,
  en: {
    slide: 'slide',
    position: (headline, no, total) => `${headline && `${headline}, `}${no} of ${total}`,
    step: (click, total) => `Step ${click} of ${total}`,
    curtain: { black: 'Black screen', white: 'White screen' },
    next: headline => `Next: ${headline}`,
    presenter: 'Presenter view',
    languages: 'Languages',
    notServed: name => `The ${name} edition is not ready yet: try again in a moment`,
    pace: { onPace: 'on pace', ahead: 'ahead', behind: 'behind', label: 'Pace' },
    help: {
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
        [['B', '.'], 'Black screen'],
        [['W', ','], 'White screen'],
        [['L'], 'The other language', 'editions'],
        [['Tab'], 'To links, terms and the controls'],
        [['Esc'], 'Closes the overview and dialogs'],
        [['?'], 'This list'],
      ],
    },
  },
}
