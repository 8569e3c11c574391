import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const exec = promisify(execFile)

async function tool(name: string, args: string[]): Promise<string> {
  const { stdout } = await exec(name, args, { maxBuffer: 1e9 })
  return stdout
}

/** A bookmark: its title, the page it leads to (from 1) and those below it. */
export interface Mark {
  title: string
  page: number
  kids: Mark[]
}

/** An element of the structure, by its type. */
export interface Tag {
  type: string
  alt: string
  scope: string
  kids: Tag[]
}

/** A PDF as independent readers (Poppler, QPDF) see it. */
export interface ReadPdf {
  info: Record<string, string>
  lang: string
  showsTitle: boolean
  bytes: number
  /** Rows of pdffonts, blanks parted. */
  fonts: string[][]
  images: number
  bookmarks: Mark[]
  tags: Tag[]
  /** Text of each headline, as the structure has it. */
  headlines: string[]
  /** What QPDF objects to. */
  faults: string
  /** Marks of pages' content that are neither an element's nor decoration. */
  untagged: number
  labels: unknown[]
  /** How many links there are, and how many lead nowhere. */
  links: { total: number, dead: number }
  /** Text by page. */
  text: string[]
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Dict = { [key: string]: Json }
const isDict = (value: Json | undefined): value is Dict => typeof value === 'object' && value !== null && !Array.isArray(value)
const string = (value: Json | undefined) => typeof value === 'string' ? value.replace(/^[ub]:/, '') : ''

export async function readPdf(file: string): Promise<ReadPdf> {
  const [info, fonts, images, text, json, faults, content, structure] = await Promise.all([
    tool('pdfinfo', [file]), tool('pdffonts', [file]), tool('pdfimages', ['-list', file]),
    tool('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-']), tool('qpdf', ['--json', file]),
    exec('qpdf', ['--check', file]).then(({ stdout }) => /No syntax or stream encoding errors found/.test(stdout) ? '' : stdout, (error: Error) => error.message),
    tool('qpdf', ['--qdf', '--object-streams=disable', file, '-']), tool('pdfinfo', ['-struct-text', file]),
  ])
  const parsed = JSON.parse(json) as { outlines: Json[], pages: { label?: Json }[], pagelabels: Json[], qpdf: [Dict, Record<string, { value?: Json, stream?: Json }>] }
  const objects = parsed.qpdf[1]
  const follow = (value: Json | undefined): Json | undefined => typeof value === 'string' && /^\d+ \d+ R$/.test(value) ? objects[`obj:${value}`]?.value : value
  const trailer = objects['trailer']?.value
  const catalog = follow(isDict(trailer) ? trailer['/Root'] : undefined)
  const root = isDict(catalog) ? catalog : {}
  const treeRoot = follow(root['/StructTreeRoot'])
  const kidsOf = (value: Json | undefined): Dict[] => {
    const object = follow(value)
    return Array.isArray(object) ? object.flatMap(kidsOf) : isDict(object) && object['/S'] !== undefined ? [object] : []
  }
  const tag = (element: Dict): Tag => {
    const attributes = follow(element['/A'])
    return { type: string(element['/S']).slice(1), alt: string(element['/Alt']), scope: isDict(attributes) ? string(attributes['/Scope']).slice(1) : '', kids: kidsOf(element['/K']).map(tag) }
  }
  const bookmark = (value: Json): Mark => {
    const entry = isDict(value) ? value : {}
    return { title: typeof entry['title'] === 'string' ? entry['title'] : '', page: Number(entry['destpageposfrom1']), kids: Array.isArray(entry['kids']) ? entry['kids'].map(bookmark) : [] }
  }
  const viewer = follow(root['/ViewerPreferences'])
  const named = follow(root['/Dests'])
  const annotations = Object.values(objects).map(({ value }) => value).filter((value): value is Dict => isDict(value) && value['/Subtype'] === '/Link')
  const leads = (link: Dict) => link['/A'] !== undefined || Array.isArray(follow(link['/Dest'])) || (isDict(named) && follow(named[string(link['/Dest'])]) !== undefined)
  return {
    info: Object.fromEntries(info.split('\n').flatMap((line) => {
      const [, key = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
      return key ? [[key, value]] : []
    })),
    lang: string(root['/Lang']),
    showsTitle: isDict(viewer) && viewer['/DisplayDocTitle'] === true,
    bytes: (await stat(file)).size,
    fonts: fonts.trim().split('\n').slice(2).map(line => line.split(/\s+/)),
    images: images.trim().split('\n').length - 2,
    bookmarks: parsed.outlines.map(bookmark),
    tags: isDict(treeRoot) ? kidsOf(treeRoot['/K']).map(tag) : [],
    headlines: [...structure.matchAll(/^( *)H\d \(block\)\n((?:\1 +.*\n)+)/gm)].map(([, , lines = '']) => [...lines.matchAll(/"(.*)"/g)].map(([, text]) => text).join('')),
    faults,
    untagged: untagged(content),
    labels: parsed.pagelabels,
    links: { total: annotations.length, dead: annotations.filter(link => !leads(link)).length },
    text: text.split('\f').slice(0, -1),
  }
}

/** Painting operators outside of any marked content. */
function untagged(qdf: string): number {
  let found = 0
  for (const [, stream = ''] of qdf.matchAll(/%% Contents for page[\s\S]*?\nstream\n([\s\S]*?)\nendstream/g)) {
    let depth = 0
    for (const line of stream.split('\n')) {
      if (/\b(?:BMC|BDC)$/.test(line)) depth++
      else if (/\bEMC$/.test(line)) depth--
      else if (depth === 0 && /(?:^|\s)(?:Tj|TJ|f\*?|S|B\*?|Do)$/.test(line)) found++
    }
  }
  return found
}
