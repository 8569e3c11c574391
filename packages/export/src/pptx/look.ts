import type { Color, Item, Paragraph, ReadSlide, Run } from './model.ts'
import { el, type Xml } from './xml.ts'
import { percent } from './units.ts'

/** The faces that stand for a family of CSS: for Latin and for Chinese letters. */
export interface Typeface {
  latin: string
  eastAsian: string
  /** What stands in for it has serifs; not known where it is missing. */
  isSerif?: boolean
}

/** A presentation's colours and faces: what its slides name instead of values of their own. */
export interface Look {
  /** Names of PowerPoint's by colour, six digits. */
  names: ReadonlyMap<string, string>
  dark: string
  light: string
  dark2: string
  light2: string
  accents: readonly string[]
  link: string
  /** Whether the ground is the dark one. */
  isDark: boolean
  /** Of titles, and of all else; by family of CSS. */
  major: string
  minor: string
  typefaces: ReadonlyMap<string, Typeface>
}

/** All items with those in groups. */
export const flat = (items: readonly Item[]): Item[] => items.flatMap(item => item.kind === 'group' ? [item, ...flat(item.items)] : [item])

/** Every paragraph of an item. */
export function paragraphsOf(item: Item): Paragraph[] {
  if (item.kind === 'text') return item.body.paragraphs
  if (item.kind === 'shape') return item.body?.paragraphs ?? []
  if (item.kind === 'table') return item.rows.flatMap(({ cells }) => cells.flatMap(cell => cell?.body.paragraphs ?? []))
  if (item.kind === 'diagram') return item.elements.flatMap(({ label }) => label?.paragraphs ?? [])
  return []
}

/** Every colour of an item's shapes. */
function colorsOf(item: Item): (Color | undefined)[] {
  if (item.kind === 'shape') return [item.fill, item.stroke?.color]
  if (item.kind === 'line') return [item.stroke.color]
  if (item.kind === 'table') return item.rows.flatMap(({ cells }) => cells.flatMap(cell => cell ? [cell.fill, ...Object.values(cell.borders).map(stroke => stroke.color)] : []))
  if (item.kind !== 'diagram') return []
  return item.elements.flatMap(element => element.kind === 'edge' ? [element.stroke.color] : [element.fill, element.stroke?.color, ...element.parts.flatMap(({ fill, stroke }) => [fill, stroke?.color])])
}

const luminance = (rgb: string) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => sum + weight * Number.parseInt(rgb.slice(2 * i, 2 * i + 2), 16), 0)

/** What is there most, first. */
function byUse(values: readonly string[], weights: readonly number[] = []): string[] {
  const counts = new Map<string, number>()
  values.forEach((value, i) => counts.set(value, (counts.get(value) ?? 0) + (weights[i] ?? 1)))
  return [...counts].sort(([, m], [, n]) => n - m).map(([value]) => value)
}

/**
 * The colours and faces that slides have in common.
 * @param typefaces by family of CSS: those of the deck's own faces.
 */
export function lookOfDeck(slides: readonly ReadSlide[], typefaces: ReadonlyMap<string, Typeface>): Look {
  const items = slides.flatMap(slide => flat(slide.items))
  const runs = items.flatMap(item => paragraphsOf(item).flatMap(paragraph => paragraph.runs))
  const titles = items.flatMap(item => item.kind === 'text' && item.role === 'title' ? item.body.paragraphs.flatMap(paragraph => paragraph.runs) : [])
  const others = runs.filter(run => !titles.includes(run))
  const lengths = (some: readonly Run[]) => some.map(run => run.text.length)
  const [ground = 'FFFFFF', ground2] = byUse(slides.flatMap(slide => slide.background?.rgb ?? []))
  const isDark = luminance(ground) < 110
  // Titles are set in the colour that all others are seen against.
  const [ink = isDark ? 'FFFFFF' : '000000', ...texts] = [...new Set([...byUse(titles.map(run => run.color.rgb), lengths(titles)), ...byUse(runs.map(run => run.color.rgb), lengths(runs))])].filter(rgb => Math.abs(luminance(rgb) - luminance(ground)) > 60)
  const [ink2 = ink] = texts
  const paints = byUse([...items.flatMap(colorsOf).flatMap(color => color?.rgb ?? []), ...texts.slice(1)]).filter(rgb => ![ground, ink, ink2].includes(rgb))
  const tint = ground2 ?? paints.find(rgb => Math.abs(luminance(rgb) - luminance(ground)) < 40) ?? ground
  const accents = paints.filter(rgb => rgb !== tint).slice(0, 6)
  const [link = accents[0] ?? ink] = byUse(runs.filter(run => run.link !== undefined).map(run => run.color.rgb))
  const names = new Map([...accents.map((rgb, i) => [rgb, `accent${i + 1}`] as const), [tint, 'bg2'], [ink2, 'tx2'], [ground, 'bg1'], [ink, 'tx1']])
  const [minor = 'Arial'] = byUse(others.map(run => run.family), lengths(others))
  const [major = minor] = byUse(titles.map(run => run.family), lengths(titles))
  const [dark, light, dark2, light2] = isDark ? [ground, ink, tint, ink2] : [ink, ground, ink2, tint]
  return { names, dark, light, dark2, light2, accents, link, isDark, major, minor, typefaces }
}

/** A colour: by its name where the theme has it. */
export function colorXml({ rgb, alpha }: Color, { names }: Look): Xml {
  const cover = alpha < 1 ? [el('a:alpha', { val: percent(alpha) })] : []
  const name = names.get(rgb)
  return name ? el('a:schemeClr', { val: name }, cover) : el('a:srgbClr', { val: rgb }, cover)
}

export const fillXml = (color: Color | undefined, look: Look): Xml => color ? el('a:solidFill', {}, [colorXml(color, look)]) : el('a:noFill')

/** Faces by the name that CSS has for them. */
export const typefaceOf = (family: string, { typefaces }: Look): Typeface => typefaces.get(family) ?? { latin: family, eastAsian: family }

/** What a machine that lacks a face goes by to find another: its kind, with letters of their own widths. */
const KINDS = { serif: 0x12, sans: 0x22 } as const

/** A face under an element's name. */
export const faceXml = (name: string, typeface: string, { isSerif }: Pick<Typeface, 'isSerif'> = {}): Xml =>
  el(name, { typeface, pitchFamily: isSerif === undefined ? undefined : isSerif ? KINDS.serif : KINDS.sans })

/** What names a run's faces: the theme's, where they are those. */
export function facesXml(family: string, look: Look): Xml[] {
  const theme = family === look.major ? '+mj' : family === look.minor ? '+mn' : undefined
  if (theme) return [faceXml('a:latin', `${theme}-lt`), faceXml('a:ea', `${theme}-ea`), faceXml('a:cs', `${theme}-cs`)]
  const typeface = typefaceOf(family, look)
  return [faceXml('a:latin', typeface.latin, typeface), faceXml('a:ea', typeface.eastAsian, typeface), faceXml('a:cs', typeface.latin, typeface)]
}
