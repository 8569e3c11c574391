import type { CDPSession, Page } from 'playwright-chromium'
import { DECORATION, MARKS } from '../rendered/limits.ts'
import { takeSnapshot } from '../rendered/snapshot.ts'
import { AS_IT_IS, picture, strokeOf, type ColourMatrix, type Pixels } from './pixels.ts'
import { sideStrokes } from './sides.ts'

/** What a page may be told of a viewer's wishes, as it is told of none. */
export const PLAIN = { media: 'screen', forcedColors: 'none', contrast: 'no-preference' } as const

/** How people see colours who see some of them not: what Chromium imitates with each (Machado, Oliveira and Fernandes, 2009). */
export const deficiencies = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  achromatopsia: [0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722],
} as const satisfies Record<string, ColourMatrix>
export type Deficiency = keyof typeof deficiencies

/** How a page is shown, and through what its colours are seen then. */
export interface Sight {
  name: string
  media?: Parameters<Page['emulateMedia']>[0]
  through: readonly { name: string, matrix: ColourMatrix }[]
}

const plainly = (name: string) => [{ name, matrix: AS_IT_IS }]

export const sights: readonly Sight[] = [
  { name: 'as it is', through: [...plainly('as it is'), ...Object.entries(deficiencies).map(([name, matrix]) => ({ name, matrix }))] },
  { name: 'print in grey', media: { media: 'print' }, through: [{ name: 'print in grey', matrix: deficiencies.achromatopsia }] },
  { name: 'more contrast', media: { contrast: 'more' }, through: plainly('more contrast') },
  { name: 'forced colours', media: { forcedColors: 'active' }, through: plainly('forced colours') },
]

/** Has a page shown in another way. */
export const see = (page: Page, { media }: Pick<Sight, 'media'>) => page.emulateMedia({ ...PLAIN, ...media })

/** Old strokes have gaps and new ones have none, by the painted px: fewest of the one and most of the other in 100 px. */
const [GAPS_OF_OLD, GAPS_OF_NEW] = [3, 0.7]
/** A stroke stands out from what is beside it (WCAG 2.2, 1.4.11). */
const STANDS_OUT = 3

/** Strokes of a slide that were found once, to be looked at as they are painted in one way and another. */
export interface Strokes {
  count: number
  /** What is wrong with them as they are painted now and seen through each matrix. */
  untold: (through: readonly ColourMatrix[]) => Promise<string[][]>
}

/** The strokes of the slide being shown that say old or new. */
export async function strokesOf(page: Page, cdp: CDPSession, pixels: Pixels): Promise<Strokes> {
  const strokes = await sideStrokes(page)
  const read = strokes.length > 0 ? await pixels.reader(strokes.flatMap(({ along, beside }) => [along, beside])) : undefined
  return {
    count: strokes.length,
    async untold(through) {
      const painted = read ? await read(await picture(cdp), through) : through.map(() => [])
      return painted.map(seen => strokes.flatMap(({ what, side, length }, i) => {
        const [ink = [], around = []] = seen.slice(2 * i)
        const { gaps, contrast } = strokeOf(ink, around.toSorted((a, b) => a - b)[Math.floor(around.length / 2)] ?? 0)
        const density = Math.round(gaps / length * 1000) / 10
        return [
          ...contrast < STANDS_OUT ? [`${what}: contrast ${contrast} to what is beside it`] : [],
          ...(side === 'old' ? density < GAPS_OF_OLD : density > GAPS_OF_NEW) ? [`${what}: ${density} gaps in 100 px`] : [],
        ]
      }))
    },
  }
}

/** WCAG 2.2, 1.4.6, enhanced, for text; strokes as text (1.4.3). */
export const [ENHANCED_TEXT, ENHANCED_STROKE] = [7, 4.5]
/** The wishes that ask for these. */
export const enhanced = sights.filter(({ name }) => name === 'more contrast' || name === 'forced colours')

interface Weakest { ratio: number, what: string }

/** The weakest text and stroke of a slide as it is painted now (WCAG 2.2). */
export async function weakest(page: Page): Promise<{ text: Weakest, stroke: Weakest, texts: number, problems: string[] }> {
  const { texts, sides } = await page.evaluate(takeSnapshot, { marks: MARKS, decoration: DECORATION })
  const named = [texts.map(item => ({ what: item.text, ...item.contrast })), sides.map(item => ({ what: item.path, ...item.contrast }))] as const
  const least = (items: readonly (Weakest & { problem?: string })[]) =>
    items.filter(({ problem }) => !problem).reduce<Weakest>((weakest, each) => each.ratio < weakest.ratio ? each : weakest, { ratio: Infinity, what: '' })
  return {
    text: least(named[0]),
    stroke: least(named[1]),
    texts: texts.length,
    problems: named.flat().filter(({ problem }) => problem).map(({ what, problem }) => `${what}: ${problem}`),
  }
}
