import type { Language } from './editions.ts'

/** What the kit says on slides and pages alike. */
const zh = {
  /** Stands before the numbers of what a slide rests on. */
  sources: '据原文',
  /** Marks a picture as an illustration. */
  illustration: '示意',
  page: (no: number, total: number) => `第 ${no} 页，共 ${total} 页`,
  /** The talk as one page. */
  read: '阅读版',
  /** A diagram that is still being built up: its labels so far. */
  soFar: (labels: readonly string[]) => `画到这里：${labels.join('、')}`,
  /** Names of the first and the last state of a picture, side by side. */
  before: '以前',
  now: '现在',
  /** Between what one click brings in several places, as it is said. */
  pause: '；',
}

/** The same in each language that the kit speaks. */
export const words: Readonly<Record<Language, typeof zh>> = {
  zh,
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
