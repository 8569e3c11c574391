import type { NoteParagraph, NoteRun } from 'slidev-addon-deck/note-markup'
import { colorMap } from './layouts.ts'
import type { Look } from './look.ts'
import type { Relationships } from './package.ts'
import { SLIDE_WIDTH } from './units.ts'
import { el, NAMESPACES, text, type Xml } from './xml.ts'

/** Width and height of a page of notes, in EMU, and what it leaves free around it. */
export const NOTES_SIZE = { width: 6_858_000, height: 9_144_000 } as const
const MARGIN = 685_800
const SIZE = 1200

/** How the place of a click is written: as the notes' author writes it. */
const clickMark = (clicks: number) => clicks === 1 ? '[click]' : `[click:${clicks}]`

/**
 * The notes of a slide that is several in the file: each gets what is said up to the click that brings the next.
 * @param starts the click with which each begins; the first is 0.
 */
export function splitNotes(paragraphs: readonly NoteParagraph[], starts: readonly number[]): NoteParagraph[][] {
  const parts: NoteParagraph[][] = starts.map(() => [])
  let made = 0
  let at = 0
  for (const paragraph of paragraphs) {
    let runs: NoteRun[] = []
    let isFirst = true
    const flush = () => {
      const { mark, level } = paragraph
      if (runs.length > 0) parts[at]?.push({ level, ...isFirst && mark && { mark }, runs })
      isFirst = false
      runs = []
    }
    for (const run of paragraph.runs) {
      if ('clicks' in run) {
        made += run.clicks
        const next = starts.findLastIndex(start => start <= made)
        if (next > at) {
          flush()
          at = next
        }
      }
      runs.push(run)
    }
    flush()
  }
  return parts
}

function noteXml({ level, mark, runs }: NoteParagraph, relationships: Relationships, lang: string): Xml {
  const step = 228_600
  const properties = el('a:pPr', level > 0 ? { marL: step * level, indent: mark ? -step : 0 } : {}, mark
    ? [mark === 'bullet' ? el('a:buFont', { typeface: 'Arial' }) : el('a:buFontTx'), mark === 'bullet' ? el('a:buChar', { char: '•' }) : el('a:buAutoNum', { type: 'arabicPeriod', startAt: mark.number > 1 ? mark.number : undefined })]
    : [el('a:buNone')])
  return el('a:p', {}, [properties, ...runs.flatMap((run): Xml[] => {
    if ('clicks' in run) return [el('a:r', {}, [el('a:rPr', { lang, b: 1 }), el('a:t', {}, [text(`${clickMark(run.clicks)} `)])])]
    const look = el('a:rPr', { lang, b: run.isBold ? 1 : undefined, i: run.isItalic ? 1 : undefined }, [run.link ? el('a:hlinkClick', { 'r:id': relationships.id('hyperlink', run.link, true) }) : undefined])
    return run.text.split('\n').flatMap((line, i) => [...i > 0 ? [el('a:br', {}, [look])] : [], ...line ? [el('a:r', {}, [look, el('a:t', {}, [text(line)])])] : []])
  })])
}

const place = (id: number, name: string, type: string, index: number, box: { x: number, y: number, cx: number, cy: number }, content: readonly Xml[]): Xml => el('p:sp', {}, [
  el('p:nvSpPr', {}, [el('p:cNvPr', { id, name }), el('p:cNvSpPr', {}, [el('a:spLocks', { noGrp: 1, noRot: type === 'sldImg' ? 1 : undefined, noChangeAspect: type === 'sldImg' ? 1 : undefined })]), el('p:nvPr', {}, [el('p:ph', { type, idx: index })])]),
  el('p:spPr', {}, [el('a:xfrm', {}, [el('a:off', { x: box.x, y: box.y }), el('a:ext', { cx: box.cx, cy: box.cy })]), el('a:prstGeom', { prst: 'rect' }, [el('a:avLst')])]),
  ...content,
])

const empty = el('p:nvGrpSpPr', {}, [el('p:cNvPr', { id: 1, name: '' }), el('p:cNvGrpSpPr'), el('p:nvPr')])

/** The places of a page of notes: the slide's picture, and the text below it. */
function places(slideHeight: number, paragraphs: readonly Xml[]): Xml[] {
  const width = NOTES_SIZE.width - 2 * MARGIN
  const height = Math.round(width * slideHeight / SLIDE_WIDTH)
  const below = MARGIN + height + MARGIN / 2
  return [
    place(2, 'slide', 'sldImg', 2, { x: MARGIN, y: MARGIN, cx: width, cy: height }, []),
    place(3, 'notes', 'body', 1, { x: MARGIN, y: below, cx: width, cy: NOTES_SIZE.height - MARGIN - below }, [el('p:txBody', {}, [el('a:bodyPr'), el('a:lstStyle'), ...paragraphs])]),
  ]
}

/** The notes of one slide as a part. */
export function notesXml(paragraphs: readonly NoteParagraph[], { relationships, lang, slideHeight }: { relationships: Relationships, lang: string, slideHeight: number }): Xml {
  return el('p:notes', NAMESPACES, [
    el('p:cSld', {}, [el('p:spTree', {}, [empty, el('p:grpSpPr'), ...places(slideHeight, paragraphs.map(each => noteXml(each, relationships, lang)))])]),
    el('p:clrMapOvr', {}, [el('a:masterClrMapping')]),
  ])
}

/** The master of pages of notes: always dark on light, as they are printed. */
export function notesMasterXml(slideHeight: number, look: Look, lang: string): Xml {
  const sample = el('a:p', {}, [el('a:r', {}, [el('a:rPr', { lang }), el('a:t', {}, [text('…')])])])
  const level = (i: number) => el(`a:lvl${i + 1}pPr`, { marL: 228_600 * i, algn: 'l' }, [el('a:lnSpc', {}, [el('a:spcPct', { val: 110_000 })]), el('a:spcBef', {}, [el('a:spcPts', { val: 600 })]), el('a:defRPr', { sz: SIZE, kern: 1200 }, [el('a:solidFill', {}, [el('a:srgbClr', { val: '000000' })]), el('a:latin', { typeface: '+mn-lt' }), el('a:ea', { typeface: '+mn-ea' }), el('a:cs', { typeface: '+mn-cs' })])])
  return el('p:notesMaster', NAMESPACES, [
    el('p:cSld', {}, [
      el('p:bg', {}, [el('p:bgPr', {}, [el('a:solidFill', {}, [el('a:srgbClr', { val: 'FFFFFF' })]), el('a:effectLst')])]),
      el('p:spTree', {}, [empty, el('p:grpSpPr'), ...places(slideHeight, [sample])]),
    ]),
    el('p:clrMap', colorMap({ ...look, isDark: false })),
    el('p:notesStyle', {}, Array.from({ length: 9 }, (_, i) => level(i))),
  ])
}
