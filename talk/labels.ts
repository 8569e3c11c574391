import type { Language } from 'slidev-addon-deck/editions'
import { parts } from './paragraphs.ts'

/** The kinds of callout. */
export const calloutKinds = ['takeaway', 'question', 'caution', 'evidence'] as const
export type CalloutKind = typeof calloutKinds[number]

/** The number of a thesis. */
export type ThesisNumber = 1 | 2 | 3 | 4

type Four = readonly [string, string, string, string]

/** Every word that the talk's own components say in one language; what slides say stands in pages/. */
export interface Labels {
  thesis: (no: ThesisNumber) => string
  /** What each thesis is about: the points of the compass. */
  aspects: Four
  /** Name of the compass. */
  compass: string
  callout: Record<CalloutKind, string>
  deckAddress: string
  deckPdf: string
  deckCard: string
  qr: string
}

/** Labels by language: no label falls back to another language. */
export const labels: Readonly<Record<Language, Labels>> = {
  zh: {
    thesis: no => `论点${['一', '二', '三', '四'][no - 1]}`,
    aspects: ['流量', '角色', '技术', '逻辑'],
    compass: '四处转变',
    callout: { takeaway: '要点', question: '自问', caution: '留意', evidence: '依据' },
    deckAddress: '网上看',
    deckPdf: '下载 PDF',
    deckCard: '带走一页',
    qr: '演示网址的二维码',
  },
  en: {
    thesis: no => `Thesis ${no}`,
    aspects: ['Traffic', 'Roles', 'Technology', 'Logic'],
    compass: 'Four shifts',
    callout: { takeaway: 'Takeaway', question: 'Ask yourself', caution: 'Caution', evidence: 'Grounds' },
    deckAddress: 'Read online',
    deckPdf: 'Download the PDF',
    deckCard: 'Take one page along',
    qr: 'QR code of the deck’s address',
  },
}

/** Every text in a value; a function's is its source, which has its literals. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

/** What the components set, and in which faces: what Thesis sets as a numeral is in the display face, what the compass makes bold in the strong one. */
export function shownLabels(language: Language) {
  const { aspects, ...rest } = labels[language]
  return [
    { file: 'components/Thesis.vue', texts: ['1234'], roles: ['display' as const] },
    { file: 'components/SlideFooter.vue', texts: ['·–'], roles: ['body' as const] },
    { file: 'talk/labels.ts', texts: [...aspects], roles: ['body' as const, 'strong' as const] },
    { file: 'talk/labels.ts', texts: texts(rest), roles: ['body' as const] },
    { file: 'talk/paragraphs.ts', texts: texts(parts), roles: ['body' as const] },
  ]
}
