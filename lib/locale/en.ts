import type { Labels } from './index.ts'

/** Labels of the English edition. */
export const en: Labels = {
  thesis: no => `Thesis ${no}`,
  aspects: ['Traffic', 'Roles', 'Technology', 'Logic'],
  compass: 'Four shifts',
  before: 'Before',
  after: 'Now',
  callout: { takeaway: 'Takeaway', question: 'Ask yourself', caution: 'Caution', evidence: 'Grounds' },
  sources: 'Source',
  illustration: 'Illustration',
  paragraph: 'Paragraph',
  slides: 'Slides',
  part: { F: 'Finance', T: 'Industrial internet' },
  deckAddress: 'Read online',
  deckPdf: 'Download the PDF',
  qr: 'QR code of the deck’s address',
  languages: 'Languages',
  notServed: (name, language) => `The ${name} edition is not being served here: npm start -- --edition ${language}`,
  pace: { onPace: 'on pace', ahead: 'ahead', behind: 'behind', label: 'Pace' },
}
