import type { Language } from '../editions.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

/** The kinds of callout. */
export const calloutKinds = ['takeaway', 'question', 'caution', 'evidence'] as const
export type CalloutKind = typeof calloutKinds[number]

/** The number of a thesis. */
export type ThesisNumber = 1 | 2 | 3 | 4

type Four = readonly [string, string, string, string]

/** Every word the deck itself says in one language; what slides say stands in pages/. */
export interface Labels {
  thesis: (no: ThesisNumber) => string
  /** What each thesis is about: the points of the compass. */
  aspects: Four
  /** Name of the compass. */
  compass: string
  before: string
  after: string
  callout: Record<CalloutKind, string>
  /** Stands before paragraph numbers. */
  sources: string
  illustration: string
  paragraph: string
  slides: string
  /** The essay's two parts, by the letter of their paragraph numbers. */
  part: Record<'F' | 'T', string>
  deckAddress: string
  deckPdf: string
  qr: string
  /** Name of the language switch. */
  languages: string
  /** Said where an edition is not being served: its language's name and its key for --edition. */
  notServed: (name: string, language: string) => string
  pace: Record<'onPace' | 'ahead' | 'behind' | 'label', string>
}

/** Labels by language: no label falls back to another language. */
export const locale: Readonly<Record<Language, Labels>> = { zh, en }
