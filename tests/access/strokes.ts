import type { CDPSession, Page } from 'playwright-chromium'
import { DECORATION, MARKS } from '../rendered/limits.ts'
import { takeSnapshot } from '../rendered/snapshot.ts'
import { picture, strokeOf, type Pixels } from './pixels.ts'
import { sideStrokes } from './sides.ts'

/** What a page may be told of a viewer's wishes, as it is told of none. */
export const PLAIN = { media: 'screen', forcedColors: 'none', contrast: 'no-preference' } as const

type Deficiency = 'none' | 'protanopia' | 'deuteranopia' | 'tritanopia' | 'achromatopsia'

/** A way of seeing, as Chromium can imitate it. */
export interface Sight {
  name: string
  media?: Parameters<Page['emulateMedia']>[0]
  deficiency?: Deficiency
}

export const sights: readonly Sight[] = [
  { name: 'as it is' },
  { name: 'protanopia', deficiency: 'protanopia' },
  { name: 'deuteranopia', deficiency: 'deuteranopia' },
  { name: 'tritanopia', deficiency: 'tritanopia' },
  { name: 'achromatopsia', deficiency: 'achromatopsia' },
  { name: 'print in grey', deficiency: 'achromatopsia', media: { media: 'print' } },
  { name: 'more contrast', media: { contrast: 'more' } },
  { name: 'forced colours', media: { forcedColors: 'active' } },
]

/** Has a page seen in another way. */
export async function see(page: Page, cdp: CDPSession, { media, deficiency = 'none' }: Omit<Sight, 'name'>): Promise<void> {
  await page.emulateMedia({ ...PLAIN, ...media })
  await cdp.send('Emulation.setEmulatedVisionDeficiency', { type: deficiency })
}

/** Old strokes have gaps and new ones have none, by the painted px: fewest of the one and most of the other in 100 px. */
const [GAPS_OF_OLD, GAPS_OF_NEW] = [3, 0.7]
/** A stroke stands out from what is beside it (WCAG 2.2, 1.4.11). */
const STANDS_OUT = 3

/** Strokes of a slide that were found once, to be looked at as they are painted in one way and another. */
export interface Strokes {
  count: number
  /** What is wrong with them as they are painted now. */
  untold: () => Promise<string[]>
}

/** The strokes of the slide being shown that say old or new. */
export async function strokesOf(page: Page, cdp: CDPSession, pixels: Pixels): Promise<Strokes> {
  const strokes = await sideStrokes(page)
  const read = strokes.length > 0 ? await pixels.reader(strokes.flatMap(({ along, beside }) => [along, beside])) : undefined
  return {
    count: strokes.length,
    async untold() {
      if (!read) return []
      const findings: string[] = []
      const painted = await read(await picture(cdp))
      for (const [i, { what, side, length }] of strokes.entries()) {
        const [ink = [], around = []] = painted.slice(2 * i)
        const { gaps, contrast } = strokeOf(ink, around.toSorted((a, b) => a - b)[Math.floor(around.length / 2)] ?? 0)
        const density = Math.round(gaps / length * 1000) / 10
        if (contrast < STANDS_OUT) findings.push(`${what}: contrast ${contrast} to what is beside it`)
        if (side === 'old' ? density < GAPS_OF_OLD : density > GAPS_OF_NEW) findings.push(`${what}: ${density} gaps in 100 px`)
      }
      return findings
    },
  }
}

/** WCAG 2.2, 1.4.6, enhanced, for text; strokes as text (1.4.3). */
export const [ENHANCED_TEXT, ENHANCED_STROKE] = [7, 4.5]
/** The wishes that ask for these. */
export const enhanced = sights.filter(({ name }) => name === 'more contrast' || name === 'forced colours')

/** The weakest text and stroke of a slide as it is painted now (WCAG 2.2). */
export async function weakest(page: Page): Promise<{ text: number, stroke: number, texts: number, problems: string[] }> {
  const { texts, sides } = await page.evaluate(takeSnapshot, { marks: MARKS, decoration: DECORATION })
  const told = [...texts.map(item => ({ what: item.text, ...item.contrast })), ...sides.map(item => ({ what: item.path, ...item.contrast }))]
  const least = (items: readonly { contrast: { ratio: number, problem?: string } }[]) => Math.min(Infinity, ...items.filter(({ contrast }) => !contrast.problem).map(({ contrast }) => contrast.ratio))
  return {
    text: least(texts),
    stroke: least(sides),
    texts: texts.length,
    problems: told.filter(({ problem }) => problem).map(({ what, problem }) => `${what}: ${problem}`),
  }
}
