import { faceXml, type Look, typefaceOf } from './look.ts'
import { el, NAMESPACES, type Xml } from './xml.ts'

/** A deck's colours and faces as a theme, with plain effects. @param name how PowerPoint lists it. */
export function themeXml(name: string, look: Look): Xml {
  const color = (slot: string, rgb: string) => el(`a:${slot}`, {}, [el('a:srgbClr', { val: rgb })])
  const accent = (i: number) => look.accents[i] ?? look.accents[i % (look.accents.length || 1)] ?? look.dark2
  const faces = (slot: string, family: string) => {
    const typeface = typefaceOf(family, look)
    const { latin, eastAsian } = typeface
    return el(`a:${slot}`, {}, [faceXml('a:latin', latin, typeface), faceXml('a:ea', eastAsian, typeface), faceXml('a:cs', latin, typeface), el('a:font', { script: 'Hans', typeface: eastAsian })])
  }
  const own = el('a:solidFill', {}, [el('a:schemeClr', { val: 'phClr' })])
  const line = (w: number) => el('a:ln', { w, cap: 'flat', cmpd: 'sng', algn: 'ctr' }, [own, el('a:prstDash', { val: 'solid' })])
  const plain = el('a:effectStyle', {}, [el('a:effectLst')])
  return el('a:theme', { 'xmlns:a': NAMESPACES['xmlns:a'], name }, [
    el('a:themeElements', {}, [
      el('a:clrScheme', { name }, [
        color('dk1', look.dark), color('lt1', look.light), color('dk2', look.dark2), color('lt2', look.light2),
        ...[0, 1, 2, 3, 4, 5].map(i => color(`accent${i + 1}`, accent(i))),
        color('hlink', look.link), color('folHlink', look.link),
      ]),
      el('a:fontScheme', { name }, [faces('majorFont', look.major), faces('minorFont', look.minor)]),
      el('a:fmtScheme', { name: 'plain' }, [
        el('a:fillStyleLst', {}, [own, own, own]),
        el('a:lnStyleLst', {}, [line(12_700), line(19_050), line(25_400)]),
        el('a:effectStyleLst', {}, [plain, plain, plain]),
        el('a:bgFillStyleLst', {}, [own, own, own]),
      ]),
    ]),
    // What a shape or a line that is drawn anew looks like.
    el('a:objectDefaults'),
    el('a:extraClrSchemeLst'),
  ])
}
