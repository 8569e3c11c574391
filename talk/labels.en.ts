import type { Labels } from './labels.ts'

/** Labels of the English edition. */
export const en: Labels = {
  thesis: no => `Thesis ${no}`,
  aspects: ['Traffic', 'Roles', 'Technology', 'Logic'],
  compass: 'Four shifts',
  before: 'Before',
  after: 'Now',
  callout: { takeaway: 'Takeaway', question: 'Ask yourself', caution: 'Caution', evidence: 'Grounds' },
  paragraph: 'Paragraph',
  slides: 'Slides',
  deckAddress: 'Read online',
  deckPdf: 'Download the PDF',
  qr: 'QR code of the deck’s address',
}
