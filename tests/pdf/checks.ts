import type { Mark, ReadPdf, Tag } from './read.ts'

/** What a PDF should be. */
export interface Expected {
  title: string
  lang: string
  /** Text of each page. */
  pages: readonly string[]
  bookmarks: readonly Mark[]
  /** What each picture's description must hold, in order. */
  pictures: readonly string[]
  /** Headlines: how many of each rank. */
  headings: Record<string, number>
  /** Their texts, in order. */
  headlines: readonly string[]
  /** How many tables. */
  tables: number
  /** Of a card: how many lists of two. */
  pairs?: number
}

const MOST_BYTES = 2_000_000
const bare = (text: string) => text.replace(/\s/g, '')
const all = (tags: readonly Tag[]): Tag[] => tags.flatMap(tag => [tag, ...all(tag.kids)])
const ofType = (pdf: ReadPdf, type: string) => all(pdf.tags).filter(tag => tag.type === type)
const list = (bookmarks: readonly Mark[], depth = 0): string[] => bookmarks.flatMap(({ title, page, kids }) => [`${'  '.repeat(depth)}${title} … ${page}`, ...list(kids, depth + 1)])

/** Each check tells what is wrong with a PDF: nothing where all is well. */
export const checks: Record<string, (pdf: ReadPdf, expected: Expected) => string[]> = {
  tagged: ({ info, tags, untagged }) => [
    ...info['Tagged'] === 'yes' && tags.length > 0 ? [] : ['it is not tagged'],
    ...untagged === 0 ? [] : [`${untagged} pieces of content are neither tagged nor decoration`],
  ],
  about: ({ info, lang, showsTitle }, expected) => [
    ...info['Title'] === expected.title ? [] : [`its title is "${info['Title']}"`],
    ...['Author', 'Subject', 'Keywords'].filter(key => !info[key]).map(key => `it has no ${key}`),
    ...lang === expected.lang ? [] : [`its language is "${lang}"`],
    ...showsTitle ? [] : ['viewers show its file name'],
  ],
  pages: ({ info, labels }, { pages }) => [
    ...Number(info['Pages']) === pages.length ? [] : [`it has ${info['Pages']} pages, not ${pages.length}`],
    ...labels.length > 0 ? [] : ['its pages have no labels'],
  ],
  fonts: ({ fonts }) => fonts.flatMap((row) => {
    const [name = '', ...rest] = row
    const isSound = /^[A-Z]{6}\+(?:Noto(?:Sans|Serif)SC|Source(?:Sans3|Serif4))/.test(name) && /^(?:CID )?TrueType /.test(rest.join(' ')) && rest.slice(-5, -2).join(' ') === 'yes yes yes'
    return isSound ? [] : [row.join(' ')]
  }).concat(fonts.length > 0 ? [] : ['it has no fonts']),
  bookmarks: ({ bookmarks }, expected) => {
    const [is, should] = [list(bookmarks), list(expected.bookmarks)]
    return is.join('\n') === should.join('\n') ? [] : [`its bookmarks are\n${is.join('\n')}\nnot\n${should.join('\n')}`]
  },
  pictures: (pdf, { pictures }) => {
    const found = ofType(pdf, 'Figure').map(({ alt }) => alt)
    return [
      ...found.length === pictures.length ? [] : [`it has ${found.length} figures, not ${pictures.length}`],
      ...pictures.filter((text, i) => !found[i]?.includes(text)).map(text => `no figure says "${text}"`),
    ]
  },
  headings: (pdf, { headings, headlines }) => [
    ...Object.entries(headings).filter(([type, count]) => ofType(pdf, type).length !== count).map(([type, count]) => `it has ${ofType(pdf, type).length} ${type}, not ${count}`),
    ...headlines.flatMap((text, i) => bare(pdf.headlines[i] ?? '') === bare(text) ? [] : [`headline ${i + 1} reads "${pdf.headlines[i]}", not "${text}"`]),
  ],
  tables: (pdf, { tables }) => [
    ...ofType(pdf, 'Table').length === tables ? [] : [`it has ${ofType(pdf, 'Table').length} tables, not ${tables}`],
    ...ofType(pdf, 'Table').flatMap((table) => {
      const heads = all([table]).filter(({ type }) => type === 'TH')
      return heads.length > 0 && heads.every(({ scope }) => scope === 'Row' || scope === 'Column') ? [] : ['a table’s head cells are not said to be heads']
    }),
  ],
  lists: (pdf, { pairs }) => pairs === undefined || ofType(pdf, 'L').filter(({ kids }) => kids.length === 2 && kids.every(({ type }) => type === 'LI')).length === pairs
    ? []
    : [`it has not ${pairs} lists of two`],
  text: ({ text }, { pages }) => pages.flatMap((should, i) => {
    const [is, wanted] = [bare(text[i] ?? ''), bare(should)]
    if (is === wanted && wanted) return []
    const at = [...wanted].findIndex((character, j) => [...is][j] !== character)
    return [`page ${i + 1} reads "${[...is].slice(Math.max(0, at - 5), at + 15).join('')}" where the browser has "${[...wanted].slice(Math.max(0, at - 5), at + 15).join('')}"`]
  }),
  links: ({ links }, { bookmarks }) => links.dead === 0 && (links.total > 0 || bookmarks.length === 0) ? [] : [`${links.dead} of ${links.total} links lead nowhere`],
  sound: ({ faults }) => faults ? [faults] : [],
  vectors: ({ images }) => images === 0 ? [] : [`it has ${images} raster images`],
  size: ({ bytes }) => bytes <= MOST_BYTES ? [] : [`it has ${bytes} bytes`],
}

/** What is wrong with a PDF, by check. */
export function faultsOf(pdf: ReadPdf, expected: Expected): Record<string, string[]> {
  return Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, check(pdf, expected)] as const).filter(([, faults]) => faults.length > 0))
}
