import type { Align, Paragraph, Run, TextBody } from './model.ts'
import { colorXml, facesXml, fillXml, type Look } from './look.ts'
import type { Relationships } from './package.ts'
import { percent, type Units } from './units.ts'
import { el, text, type Xml } from './xml.ts'

/** What texts of a part are written with. */
export interface TextContext {
  units: Units
  look: Look
  relationships: Relationships
  /** The deck's language, where a text says none. */
  lang: string
  /** The slide's own number in the file, where the part is one. */
  number?: number
  /** The part and the number of the slide that a link between slides leads to. */
  slideOf: (no: number) => { part: string, number: number } | undefined
}

/** How text looks where nothing else is said: what a placeholder hands down. */
export type TextStyle = Pick<Run, 'family' | 'size' | 'isBold' | 'isItalic' | 'color' | 'spacing'>

const ALIGN: Readonly<Record<Align, string>> = { left: 'l', center: 'ctr', right: 'r', justify: 'just' }
/** How a text's place in its frame is called. */
export const ANCHOR = { top: 't', middle: 'ctr', bottom: 'b' } as const

function runProperties(name: 'a:rPr' | 'a:endParaRPr', run: Run, { units, look, relationships, lang, slideOf }: TextContext, inherited: TextStyle | undefined): Xml {
  const is = <Key extends keyof TextStyle>(key: Key) => inherited !== undefined && JSON.stringify(inherited[key]) === JSON.stringify(run[key])
  const language = run.lang || lang
  const link = name === 'a:rPr' ? linkXml(run, relationships, slideOf) : undefined
  return el(name, {
    lang: language,
    altLang: /^zh|^ja|^ko/.test(language) ? 'en-US' : undefined,
    sz: is('size') && run.raised === 0 ? undefined : units.points(run.size * (run.raised === 0 ? 1 : 1.5)),
    b: is('isBold') ? undefined : Number(run.isBold),
    i: is('isItalic') ? undefined : Number(run.isItalic),
    u: run.isDotted ? 'dotted' : run.isUnderlined ? 'sng' : undefined,
    strike: run.isStruck ? 'sngStrike' : undefined,
    baseline: run.raised !== 0 ? percent(run.raised) : undefined,
    spc: is('spacing') || run.spacing === 0 ? undefined : units.points(run.spacing),
    dirty: 0,
  }, [
    is('color') ? undefined : fillXml(run.color, look),
    run.ground && el('a:highlight', {}, [colorXml({ ...run.ground, alpha: 1 }, look)]),
    ...is('family') ? [] : facesXml(run.family, look),
    link,
  ])
}

function linkXml({ link }: Run, relationships: Relationships, slideOf: TextContext['slideOf']): Xml | undefined {
  if (typeof link === 'string') return el('a:hlinkClick', { 'r:id': relationships.id('hyperlink', link, true) })
  const target = link === undefined ? undefined : slideOf(link)
  return target && el('a:hlinkClick', { 'r:id': relationships.id('slide', target.part), action: 'ppaction://hlinksldjump' })
}

/** The slide's number, which counts by itself. @param shown what stands there until then. */
export const pageNumberXml = (properties: Xml, shown: string): Xml => el('a:fld', { id: '{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}', type: 'slidenum' }, [properties, el('a:t', {}, [text(shown)])])

function runXml(run: Run, context: TextContext, inherited: TextStyle | undefined): Xml {
  const properties = runProperties('a:rPr', run, context, inherited)
  if (run.text === '\n') return el('a:br', {}, [properties])
  if (run.isPageNumber) return pageNumberXml(properties, String(context.number ?? run.text))
  // A slide may be several in this file: who names one by its number means the number that it has here.
  const target = typeof run.link === 'number' && run.text.trim() === String(run.link) ? context.slideOf(run.link) : undefined
  return el('a:r', {}, [properties, el('a:t', {}, [text(target ? run.text.replace(String(run.link), String(target.number)) : run.text)])])
}

/**
 * What a paragraph's place and its lines are, under an element's name.
 * @param isModel whether text of other sizes will be set by it: its lines then are as high as their font asks for, times a part. On a slide
 * they are as high as in the browser, in whatever face.
 */
export function paragraphProperties(name: string, { align, leading, lineHeight, before, level, indent, hanging, bullet }: Paragraph, { units, look }: Pick<TextContext, 'units' | 'look'>, isModel: boolean, inside: readonly Xml[] = []): Xml {
  return el(name, {
    marL: units.emu(indent), indent: units.emu(-hanging),
    algn: ALIGN[align],
    lvl: name === 'a:pPr' && level > 0 ? level : undefined,
    fontAlgn: 'base',
  }, [
    el('a:lnSpc', {}, [lineHeight === undefined || isModel ? el('a:spcPct', { val: percent(Math.round(leading * 100) / 100) }) : el('a:spcPts', { val: units.points(lineHeight) })]),
    el('a:spcBef', {}, [el('a:spcPts', { val: units.points(before) })]),
    el('a:spcAft', {}, [el('a:spcPts', { val: 0 })]),
    ...bullet ? [
      bullet.color && el('a:buClr', {}, [colorXml(bullet.color, look)]),
      // In a face that every machine has.
      'character' in bullet ? el('a:buFont', { typeface: 'Arial' }) : el('a:buFontTx'),
      'character' in bullet ? el('a:buChar', { char: bullet.character }) : el('a:buAutoNum', { type: bullet.numbering, startAt: bullet.start > 1 ? bullet.start : undefined }),
    ] : [el('a:buNone')],
    ...inside,
  ])
}

/**
 * Numbers of an ordered list count on by themselves: an item that follows its neighbour says the number that its list begins with.
 */
function withStarts(paragraphs: readonly Paragraph[]): Paragraph[] {
  const begun: (number | undefined)[] = []
  let last: { level: number, start: number } | undefined
  return paragraphs.map((paragraph) => {
    const { bullet, level } = paragraph
    if (!bullet || !('numbering' in bullet)) {
      begun.length = level
      last = undefined
      return paragraph
    }
    const follows = begun[level] !== undefined && (last === undefined || last.level !== level || bullet.start === last.start + 1)
    begun.length = level + 1
    const start = follows ? begun[level] ?? bullet.start : bullet.start
    begun[level] = start
    last = { level, start: bullet.start }
    return { ...paragraph, bullet: { ...bullet, start } }
  })
}

/** The paragraphs of a text. @param inherited what its placeholder says already. */
export function paragraphsXml(paragraphs: readonly Paragraph[], context: TextContext, inherited?: TextStyle): Xml[] {
  if (paragraphs.length === 0) return [el('a:p', {}, [el('a:endParaRPr', { lang: context.lang })])]
  return withStarts(paragraphs).map((paragraph) => {
    const last = paragraph.runs.at(-1)
    return el('a:p', {}, [
      paragraphProperties('a:pPr', paragraph, context, false),
      ...paragraph.runs.map(run => runXml(run, context, inherited)),
      last && runProperties('a:endParaRPr', last, context, inherited),
    ])
  })
}

/** How a frame holds its text. @param shrinks whether text that finds no room is set smaller. */
export function bodyProperties({ wraps, anchor, insets }: Omit<TextBody, 'paragraphs'>, units: Units, shrinks: boolean): Xml {
  return el('a:bodyPr', {
    vert: 'horz', wrap: wraps ? 'square' : 'none',
    lIns: units.emu(insets.left), tIns: units.emu(insets.top), rIns: units.emu(insets.right), bIns: units.emu(insets.bottom),
    rtlCol: 0, anchor: ANCHOR[anchor],
  }, [shrinks ? el('a:normAutofit') : el('a:noAutofit')])
}
