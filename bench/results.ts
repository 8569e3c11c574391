import { peerNames, type PeerName } from './peers.ts'
import { median } from './statistics.ts'

type Unit = 'kB' | 'ms' | 's' | ''

/** All that is measured, in the order of the table; "slow" is slow 4G and a processor four times slower. */
export const measures = {
  'painted-bytes': { label: 'first paint: over the wire until then', unit: 'kB' },
  'painted-requests': { label: 'first paint: requests', unit: '' },
  'painted-bytes-slow': { label: 'first paint, slow: over the wire until then', unit: 'kB' },
  'painted-requests-slow': { label: 'first paint, slow: requests', unit: '' },
  'idle-bytes': { label: 'first slide, idle: over the wire', unit: 'kB' },
  'idle-requests': { label: 'first slide, idle: requests', unit: '' },
  'worker-bytes': { label: 'service worker until idle: over the wire', unit: 'kB' },
  'worker-requests': { label: 'service worker until idle: requests', unit: '' },
  'foreign-requests': { label: 'requests to other hosts', unit: '' },
  'fcp': { label: 'first contentful paint', unit: 'ms' },
  'lcp': { label: 'largest contentful paint', unit: 'ms' },
  'title': { label: 'title shows', unit: 'ms' },
  'cls': { label: 'cumulative layout shift', unit: '' },
  'fcp-slow': { label: 'first contentful paint, slow', unit: 'ms' },
  'lcp-slow': { label: 'largest contentful paint, slow', unit: 'ms' },
  'title-slow': { label: 'title shows, slow', unit: 'ms' },
  'cls-slow': { label: 'cumulative layout shift, slow', unit: '' },
  'key': { label: 'key press to next diagram drawn, once idle', unit: 'ms' },
  'key-slow': { label: 'key press to next diagram drawn, once idle, slow', unit: 'ms' },
  'early-key-slow': { label: 'key pressed as the title shows, slow', unit: 'ms' },
  'lost-keys-slow': { label: 'presses lost on the way', unit: '' },
  'glide-frame-slow': { label: 'longest frame of a picture that glides, slow', unit: 'ms' },
  'talk-bytes': { label: 'whole talk: over the wire', unit: 'kB' },
  'talk-requests': { label: 'whole talk: requests', unit: '' },
  'talk-worker-bytes': { label: 'service worker during the whole talk', unit: 'kB' },
  'build': { label: 'build time of one edition', unit: 's' },
  'size': { label: 'size on disk of one edition', unit: 'kB' },
} as const satisfies Record<string, { label: string, unit: Unit }>
export type Measure = keyof typeof measures

const NO_GLIDES = 'its pictures stand still'

/** What cannot be measured, and why. */
const ABSENT: Readonly<Partial<Record<PeerName, Partial<Record<Measure, string>>>>> = {
  floor: {
    ...Object.fromEntries((['key', 'key-slow', 'early-key-slow', 'lost-keys-slow', 'glide-frame-slow', 'talk-bytes', 'talk-requests', 'talk-worker-bytes'] as const).map(measure => [measure, 'one page, it has no next slide'])),
    build: 'made by hand',
  },
  stock: { 'glide-frame-slow': NO_GLIDES },
  Marp: { 'glide-frame-slow': NO_GLIDES },
  ours: { build: 'a finished build was given with --from' },
}

/** Every round's values. */
export class Samples {
  readonly #values: Record<PeerName, Partial<Record<Measure, number[]>>> = { ours: {}, stock: {}, Marp: {}, floor: {} }

  add(peer: PeerName, found: Partial<Record<Measure, number | readonly number[]>>): void {
    for (const [measure, values] of Object.entries(found)) (this.#values[peer][measure as Measure] ??= []).push(...[values].flat())
  }

  all(peer: PeerName, measure: Measure): readonly number[] {
    return this.#values[peer][measure] ?? []
  }

  /** The median; undefined where nothing was measured. */
  median(peer: PeerName, measure: Measure): number | undefined {
    const values = this.all(peer, measure)
    return values.length > 0 ? median(values) : undefined
  }
}

/** For each measure each peer's median with all values, or why it has none. */
export function asJson(samples: Samples): Record<string, Record<string, unknown>> {
  return Object.fromEntries(Object.entries(measures).map(([measure, { label, unit }]) => [measure, {
    label, unit: unit === 'kB' ? 'bytes' : unit,
    ...Object.fromEntries(peerNames.map((peer) => {
      const value = samples.median(peer, measure as Measure)
      return [peer, value === undefined ? { median: null, why: ABSENT[peer]?.[measure as Measure] ?? 'not measured' } : { median: value, values: samples.all(peer, measure as Measure) }]
    })),
  }]))
}

/** The medians as aligned lines, ours in proportion to stock's last, and below them why some are missing. */
export function asTable(samples: Samples): string {
  const absent = new Map<string, number>()
  const rows = (Object.keys(measures) as Measure[]).map((measure) => {
    const values = peerNames.map(peer => samples.median(peer, measure))
    const cells = values.map((value, i) => {
      const peer = peerNames[i]
      if (value !== undefined || peer === undefined) return format(value ?? Number.NaN, measures[measure].unit)
      const why = ABSENT[peer]?.[measure] ?? 'not measured'
      absent.set(why, absent.get(why) ?? absent.size + 1)
      return `n/a ${absent.get(why)}`
    })
    const [ours, stock] = values
    return [`${measures[measure].label}${measures[measure].unit && `, ${measures[measure].unit}`}`, ...cells, ours !== undefined && stock ? (ours / stock).toFixed(2) : '']
  })
  return [alignRows([['', ...peerNames, 'ours/stock'], ...rows]), ...[...absent].map(([why, number]) => `n/a ${number}: ${why}`)].join('\n')
}

/** A number as people read it, without its unit. */
export function format(value: number, unit: Unit): string {
  if (unit === 'kB') return (value / 1000).toFixed(1)
  if (unit === 's') return value.toFixed(2)
  if (unit === 'ms') return value.toFixed(value < 100 ? 1 : 0)
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 1 ? 4 : 1)
}

/** Columns as wide as their widest cell: the first flush left, the others flush right. */
export function alignRows(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows.map(row => row.map((cell, column) => column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)).join('  ').trimEnd()).join('\n')
}
