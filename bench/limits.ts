import type { PeerName } from './peers.ts'
import type { Measure } from './results.ts'

/** Where the medians come from; undefined where there is none. */
export type Medians = (peer: PeerName, measure: Measure) => number | undefined

/** A limit that the public build keeps or not. */
export interface Limit {
  text: string
  /** What is measured; undefined where a part of it is missing. */
  value: (median: Medians) => number | undefined
  most: number
  /** Whether the value has to stay below. */
  below?: boolean
}

/** A limit with what came of it. */
export interface Verdict {
  text: string
  value: number | null
  verdict: 'met' | 'not met' | 'n/a'
}

const ours = (...of: readonly Measure[]) => (median: Medians): number | undefined => {
  const values = of.map(measure => median('ours', measure)).filter(value => value !== undefined)
  return values.length === of.length ? Math.max(...values) : undefined
}
const ratio = (measure: Measure, to: PeerName) => (median: Medians): number | undefined => {
  const [mine, other] = [median('ours', measure), median(to, measure)]
  return mine === undefined || !other ? undefined : mine / other
}

/** What the hosted slideshow has promised; 1 KB is 1000 bytes. */
export const limits: readonly Limit[] = [
  { text: 'painted after at most 30 KB, plain and slow', value: ours('painted-bytes', 'painted-bytes-slow'), most: 30_000 },
  { text: 'at most 220 KB when idle, without the service worker’s', value: ours('idle-bytes'), most: 220_000 },
  { text: 'no requests to other hosts', value: ours('foreign-requests'), most: 0 },
  { text: 'FCP, slow: at most 0.3 of stock’s', value: ratio('fcp-slow', 'stock'), most: 0.3 },
  { text: 'FCP, slow: below Marp’s', value: ratio('fcp-slow', 'Marp'), most: 1, below: true },
  { text: 'FCP, slow: at most 1.5 of the floor’s', value: ratio('fcp-slow', 'floor'), most: 1.5 },
  { text: 'CLS below 0.01, plain and slow', value: ours('cls', 'cls-slow'), most: 0.01, below: true },
  { text: 'answers keys as soon as the title shows, slow: presses lost', value: ours('lost-keys-slow'), most: 0 },
  { text: 'key to next diagram, idle: at most 0.6 of stock’s', value: ratio('key', 'stock'), most: 0.6 },
  { text: 'key to next diagram, idle, slow: at most 0.6 of stock’s', value: ratio('key-slow', 'stock'), most: 0.6 },
  { text: 'key as the title shows, slow: at most 0.1 of stock’s', value: ratio('early-key-slow', 'stock'), most: 0.1 },
  { text: 'longest frame of a picture that glides, slow: at most 50 ms', value: ours('glide-frame-slow'), most: 50 },
  { text: 'whole talk at most 220 KB, without the service worker’s', value: ours('talk-bytes'), most: 220_000 },
  { text: 'build of one edition takes no longer than stock’s', value: ratio('build', 'stock'), most: 1 },
]

/** Holds what was measured against the limits. What was not measured is never met. */
export function judge(median: Medians, against: readonly Limit[] = limits): Verdict[] {
  return against.map(({ text, value, most, below }) => {
    const found = value(median)
    if (found === undefined || Number.isNaN(found)) return { text, value: null, verdict: 'n/a' }
    return { text, value: found, verdict: (below ? found < most : found <= most) ? 'met' : 'not met' }
  })
}
