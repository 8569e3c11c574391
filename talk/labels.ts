import type { Language } from 'slidev-addon-deck/editions'
import { en } from './labels.en.ts'
import { zh } from './labels.zh.ts'
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
  before: string
  after: string
  callout: Record<CalloutKind, string>
  paragraph: string
  slides: string
  deckAddress: string
  deckPdf: string
  qr: string
}

/** Labels by language: no label falls back to another language. */
export const labels: Readonly<Record<Language, Labels>> = { zh, en }

/** Every text in a value; a function's is its source, which has its literals. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

/** What the components set, and in which faces: what Thesis sets as a numeral is in the display face, what the compass makes bold in the strong one. */
export function shownLabels(language: Language) {
  const { aspects, ...rest } = labels[language]
  const file = `talk/labels.${language}.ts`
  return [
    { file: 'components/Thesis.vue', texts: ['1234'], roles: ['display' as const] },
    { file, texts: [...aspects], roles: ['body' as const, 'strong' as const] },
    { file, texts: texts(rest), roles: ['body' as const] },
    { file: 'talk/paragraphs.ts', texts: texts(parts), roles: ['body' as const] },
  ]
}
