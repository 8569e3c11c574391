import type { Language } from './editions.ts'

/** What the kit says on slides and pages alike, in one language. */
export interface Words {
  /** Stands before the numbers of what a slide rests on. */
  sources: string
  /** Marks a picture as an illustration. */
  illustration: string
  page: (no: number, total: number) => string
  /** The talk as one page. */
  read: string
  /** A diagram that is still being built up: its labels so far. */
  soFar: (labels: readonly string[]) => string
  /** Names of the first and the last state of a picture, side by side. */
  before: string
  now: string
  /** Between what one click brings in several places, as it is said. */
  pause: string
}

export const words: Readonly<Record<Language, Words>> = {
  zh: {
    sources: '据原文',
    illustration: '示意',
    page: (no, total) => `第 ${no} 页，共 ${total} 页`,
    read: '阅读版',
    soFar: labels => `画到这里：${labels.join('、')}`,
    before: '以前',
    now: '现在',
    pause: '；',
  },
  en: {
    sources: 'Source',
    illustration: 'Illustration',
    page: (no, total) => `Page ${no} of ${total}`,
    read: 'Read as one page',
    soFar: labels => `Drawn so far: ${labels.join(', ')}`,
    before: 'Before',
    now: 'Now',
    pause: '; ',
  },
}
