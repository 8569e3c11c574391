import type { Language } from 'slidev-addon-deck/editions'

/** What is only read aloud or stands in a title bar; apart from the deck's labels, since no font has to paint it. */
export interface SpokenLabels {
  /** What kind of thing a slide is (`aria-roledescription`). */
  slide: string
  /** A slide's headline and its position. */
  position: (headline: string, no: number, total: number) => string
  /** A click that shows nothing new to read. */
  step: (click: number, total: number) => string
  /** Name of the presenter view's preview. */
  next: (headline: string) => string
  presenter: string
  /** A diagram that is still being built up: its labels so far. */
  soFar: (labels: readonly string[]) => string
  /** Between what one click reveals in several places. */
  pause: string
}

/** Labels by language: no label falls back to another language. */
export const spokenLabels: Readonly<Record<Language, SpokenLabels>> = {
  zh: {
    slide: '幻灯片',
    position: (headline, no, total) => `${headline}，第 ${no} 页，共 ${total} 页`,
    step: (click, total) => `第 ${click} 步，共 ${total} 步`,
    next: headline => `接下来：${headline}`,
    presenter: '演讲者视图',
    soFar: labels => `画到这里：${labels.join('、')}`,
    pause: '；',
  },
  en: {
    slide: 'slide',
    position: (headline, no, total) => `${headline}, ${no} of ${total}`,
    step: (click, total) => `Step ${click} of ${total}`,
    next: headline => `Next: ${headline}`,
    presenter: 'Presenter view',
    soFar: labels => `Drawn so far: ${labels.join(', ')}`,
    pause: '; ',
  },
}
