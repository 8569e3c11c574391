import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Beasties from 'beasties'
import { transform } from 'lightningcss'
import postcss from 'postcss'
import { canvasOf, type Deck } from 'slidev-addon-deck/deck'
import { fontsOfTexts, type TextFont } from 'slidev-addon-deck/font-files'
import { facesOf, type FontFace, type FontRole } from 'slidev-addon-deck/fonts'
import type { SiteEdition } from './site.ts'
import { pageStyle } from './sources.ts'

/** Rules that apply through a class the page gets only in the browser, and the kit's own tokens, whose selector Beasties does not match. */
const LATER = [/^html\.dark$/, /slidev-vclick-hidden(?!\.slidev-vclick-anim)/, /^:where\(.*(?::root|html\.dark)\)$/]

/** What pages are made for, as Vite's `baseline-widely-available`: in later ones all nesting is understood. */
const TARGETS = { chrome: 111 << 16, edge: 111 << 16, firefox: 114 << 16, safari: 16 << 16 | 4 << 8 }

type TextByRole = Readonly<Record<FontRole, string>>

/** For each text the edition's fonts, cut down to it. */
export function fontsOf({ project, edition }: Pick<Deck, 'project' | 'edition'>, texts: readonly TextByRole[]): Promise<TextFont[][]> {
  return fontsOfTexts(texts, facesOf(project, edition), join(project.root, 'node_modules/.cache/deck-fonts'))
}

/** Name of the font file of a role beside a slide's page; the same for every slide, so that one style serves all. */
export const fontFile = (role: FontRole, source: number) => `first-${role}${source ? `-${source}` : ''}.woff2`

const fontRule = (family: string, weight: number, display: 'block' | 'swap', url: string, range = '') =>
  `@font-face{font-family:"${family}";font-weight:${weight};font-display:${display};src:url("${url}") format("woff2")${range && `;unicode-range:${range}`}}`

/** What fills gaps of a face has none of these. Firefox would ask for it for any digit, since there are emoji of them, also on a page that has no such file. */
const BEYOND_ASCII = 'U+80-10FFFF'

const firstFamily = ({ family }: FontFace, source: number) => `${family.replace('Deck', 'First')}${source ? ` ${source}` : ''}`

/**
 * The styles that slides need to stand in a page by themselves: those of the finished app that apply to them, their places and faces.
 * @param markup of all slides
 * @param stylesheet address of the app's styles
 * @param fonts those of each page
 */
export async function firstStyles({ project, edition, deck, folder, ownBase }: SiteEdition, markup: string, stylesheet: string, fonts: readonly (readonly TextFont[])[]): Promise<string> {
  const beasties = new Beasties({ path: folder, publicPath: ownBase, pruneSource: false, fonts: false, inlineFonts: false, preloadFonts: false, keyframes: 'critical', logLevel: 'silent', allowRules: LATER })
  const page = await beasties.process(`<!DOCTYPE html><html><head><link rel="stylesheet" href="${stylesheet}"></head><body><div id="first">${markup}</div></body></html>`)
  const critical = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1]
  if (!critical) throw new Error(`No styles for the slides were found in ${stylesheet}.`)
  const faces = facesOf(project, edition)
  // As many of a face as any page has.
  const sourcesOf = ({ role }: FontFace) => Array.from({ length: 1 + Math.max(0, ...fonts.flat().filter(({ face }) => face.role === role).map(({ source }) => source)) }, (_, source) => source)
  const rules = faces.flatMap(face => sourcesOf(face).map(source => fontRule(firstFamily(face, source), face.weight, 'block', fontFile(face.role, source), source ? BEYOND_ASCII : '')))
  const stack = (kind: 'Serif' | 'Sans') => [...new Set(faces.filter(({ family }) => family.endsWith(kind)).flatMap(face => sourcesOf(face).map(source => `"${firstFamily(face, source)}"`)))].join(',')
  const { width, height } = canvasOf(deck)
  const own = (await pageStyle('first.css')).replaceAll('980px', `${width}px`).replaceAll('552px', `${height}px`)
  return withoutUnused(`${rules.join('')}${critical}${compress(own)}#first{--font-serif:${stack('Serif')},serif;--font-sans:${stack('Sans')},sans-serif}`, markup)
}

/** A stylesheet without the custom properties that nothing in it or in the markup asks for, and the rules left empty: Slidev's own has some two hundred. */
export function withoutUnused(css: string, markup: string): string {
  const root = postcss.parse(css)
  const names = (text: string) => text.match(/--[\w-]+/g) ?? []
  const used = new Set(names(markup))
  /** What each custom property asks for. */
  const asks = new Map<string, string[]>()
  root.walkDecls(({ prop, value }) => {
    if (prop.startsWith('--')) asks.set(prop, [...asks.get(prop) ?? [], ...names(value)])
    else for (const name of names(value)) used.add(name)
  })
  for (const name of used) asks.get(name)?.forEach(each => used.add(each))
  root.walkDecls(/^--/, declaration => void (used.has(declaration.prop) || declaration.remove()))
  root.walkRules(rule => void (rule.nodes.length > 0 || rule.remove()))
  return root.toString()
}

/** A stylesheet without comments and needless white space, for every browser that pages are made for. */
const compress = (css: string) => transform({ filename: 'page.css', code: Buffer.from(css), minify: true, targets: TARGETS }).code.toString()

/**
 * Writes the style of a page without the app, with the fonts of what it sets in the deck's own faces.
 * @param folder where both go: the edition's hashed files
 * @param name how the style's file is called
 * @param text what is set in each face
 * @returns the name of the style's file
 */
export async function writePageStyle(folder: string, name: string, deck: Pick<Deck, 'project' | 'edition'>, css: string, text: TextByRole): Promise<string> {
  const [fonts = []] = await fontsOf(deck, [text])
  // The last rule of a face is looked at first: the preferred source, then what fills its gaps.
  const rules = await Promise.all(fonts.toSorted((a, b) => b.source - a.source).map(async ({ face: { family, weight }, path }) =>
    fontRule(family, weight, 'swap', await writeHashed(folder, `${family.toLowerCase().replace(' ', '-')}-${weight}`, 'woff2', await readFile(path)))))
  return writeHashed(folder, name, 'css', rules.join('') + compress(css))
}

/** Writes a file whose name changes with its content, and returns the name. */
async function writeHashed(folder: string, name: string, extension: string, content: string | Buffer): Promise<string> {
  const file = `${name}-${createHash('sha256').update(content).digest('base64url').slice(0, 8)}.${extension}`
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, file), content)
  return file
}
