import { UsageError } from 'slidev-addon-deck/command-line'
import type { Edition } from 'slidev-addon-deck/editions'
import type { DeckProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { soundDeck } from 'slidev-addon-site/preflight'

const KINDS = ['deck', 'handout', 'card', 'pptx', 'html'] as const

/** A file that can be made of an edition. */
export type Output = typeof KINDS[number] | 'dark' | 'dark.pptx'

/** Whether any of some files is made of a build of the site, in a browser: all but the HTML file, which has a build of its own. */
export const needsSite = (wanted: readonly Output[]) => wanted.some(kind => kind !== 'html')

/** What of a command line says which files it asks for. */
interface Asked {
  only?: string
  dark: boolean
  'with-clicks': boolean
  'with-notes': boolean
  range?: string
  from?: string
}

/** An edition and what of it to export. */
export interface Order {
  deck: SourceDeck
  /** Numbers of its slides. */
  slides: number[]
}

/**
 * The files that a command line asks for. The HTML file holds all slides and is always built anew: a range and a finished build leave it out.
 * @throws UsageError where its options do not go together.
 */
export function outputsOf({ only, dark, 'with-clicks': withClicks, 'with-notes': withNotes, range, from }: Asked): Output[] {
  const kind = KINDS.find(known => known === only)
  if (only !== undefined && !kind) throw new UsageError(`--only takes ${KINDS.slice(0, -1).join(', ')} or ${KINDS.at(-1)}, not "${only}".`)
  if (dark && kind && kind !== 'deck' && kind !== 'pptx') throw new UsageError('--dark is for the deck and the PPTX: handout and card are light, the HTML file is both.')
  if (withClicks && kind && kind !== 'deck') throw new UsageError('--with-clicks is for the deck.')
  const leavesOut = range !== undefined ? '--range' : from !== undefined ? '--from' : undefined
  if (kind === 'html' && leavesOut) throw new UsageError(`${leavesOut} is for PDFs and PPTX: the HTML file holds all slides as they are now.`)
  if (withNotes && (dark || (kind ?? 'html') !== 'html' || leavesOut)) throw new UsageError('--with-notes is for the HTML file: leave out --dark, --range, --from and any other --only.')
  if (dark) return [kind === 'pptx' ? 'dark.pptx' : 'dark']
  if (kind) return [kind]
  return ['deck', 'dark', 'handout', 'card', 'pptx', ...leavesOut ? [] : ['html' as const]]
}

/** Those of some files that can be made of an edition: a card only where it has one. */
export const outputsFor = ({ deck }: Order, wanted: readonly Output[]) => wanted.filter(kind => kind !== 'card' || deck.card)

/**
 * The editions that `--edition` names: all of them where it is not given.
 * @throws UsageError where there is no such edition.
 */
export function editionsOf({ editions }: Pick<DeckProject, 'editions'>, language: string | undefined): Edition[] {
  const chosen = editions.filter(edition => language === undefined || edition.language === language)
  if (chosen.length === 0) throw new UsageError(`There is no edition "${language}": the deck has ${editions.map(edition => edition.language).join(' and ')}.`)
  return chosen
}

/**
 * Reads the chosen editions.
 * @throws DeckError with the faults of their source, UsageError where the range names slides that one has not.
 */
export function ordersOf(project: DeckProject, chosen: readonly Edition[], range: string | undefined): Promise<Order[]> {
  return Promise.all(chosen.map(async (edition) => {
    const deck = await soundDeck(project, edition)
    return { deck, slides: slideRange(range, deck.slides.length) }
  }))
}

/**
 * The slides that a range like `1,3-5` names, ascending, each once; all of them where it is not given.
 * @param total how many slides there are.
 * @throws UsageError where it is no range, or names a slide that there is not.
 */
export function slideRange(range: string | undefined, total: number): number[] {
  if (range === undefined) return Array.from({ length: total }, (_, i) => i + 1)
  const slides = range.split(',').flatMap((part) => {
    const [, from, to = from] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part) ?? []
    const [first, last] = [Number(from), Number(to)]
    if (!from || first > last) throw new UsageError(`"${range}" is no range of slides: write it like 1,3-5.`)
    if (first < 1 || last > total) throw new UsageError(`The range ${range} is outside the deck: it has the slides 1 to ${total}.`)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  })
  return [...new Set(slides)].sort((a, b) => a - b)
}
