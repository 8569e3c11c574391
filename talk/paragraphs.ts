/** Paragraphs of each section of the essay: F on finance, T on the industrial internet. */
const sections = { F0: 4, F1: 4, F2: 8, T0: 4, T1: 4, T2: 4, T3: 4, T4: 4 } as const

/** The essay's paragraph numbers in reading order: F0.1 … T4.4, 36 in all. */
export const paragraphs = Object.entries(sections)
  .flatMap(([section, count]) => Array.from({ length: count }, (_, i) => `${section}.${i + 1}`))

/** The essay's two parts, by the letter of their paragraph numbers. */
export const parts = {
  F: { zh: '金融', en: 'Finance' },
  T: { zh: '产业互联网', en: 'Industrial internet' },
}
