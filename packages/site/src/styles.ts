import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Beasties from 'beasties'
import { transform } from 'lightningcss'
import { canvasOf } from 'slidev-addon-deck/deck'
import { facesOf, type FontFace, type FontRole } from 'slidev-addon-deck/fonts'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { pageStyle } from './sources.ts'

/** Rules that apply through a class the page gets only in the browser, and the kit's own tokens, whose selector Beasties does not match. */
const LATER = [/^html\.dark$/, /slidev-vclick-hidden/, /^:where\(.*(?::root|html\.dark)\)$/]

/** What pages are made for, as Vite's `baseline-widely-available`: in later ones all nesting is understood. */
const TARGETS = { chrome: 111 << 16, edge: 111 << 16, firefox: 114 << 16, safari: 16 << 16 | 4 << 8 }

/** Name of the font file of a role beside a slide's page; the same for every slide, so that one style serves all. */
export const fontFile = (role: FontRole, source: number) => `first-${role}${source ? `-${source}` : ''}.woff2`

const familyOf = ({ family }: FontFace, source: number) => `${family.replace('Deck', 'First')}${source ? ` ${source}` : ''}`

/**
 * The styles that slides need to stand in a page by themselves: those of the finished app that apply to them, their places and faces.
 * @param folder a finished edition
 * @param base its address
 * @param markup of all slides
 * @param stylesheet address of the app's styles
 */
export async function firstStyles({ deck, folder, base, markup, stylesheet }: { deck: SourceDeck, folder: string, base: string, markup: string, stylesheet: string }): Promise<string> {
  const beasties = new Beasties({ path: folder, publicPath: base, pruneSource: false, fonts: false, inlineFonts: false, preloadFonts: false, keyframes: 'critical', logLevel: 'silent', allowRules: LATER })
  const page = await beasties.process(`<!DOCTYPE html><html><head><link rel="stylesheet" href="${stylesheet}"></head><body><div id="first">${markup}</div></body></html>`)
  const critical = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1]
  if (!critical) throw new Error(`No styles for the slides were found in ${stylesheet}.`)
  const faces = facesOf(deck.project, deck.edition)
  const rules = faces.flatMap(face => face.sources.map((_, source) =>
    `@font-face{font-family:"${familyOf(face, source)}";font-weight:${face.weight};font-display:block;src:url("${fontFile(face.role, source)}") format("woff2")}`))
  const stack = (kind: 'Serif' | 'Sans') => [...new Set(faces.filter(({ family }) => family.endsWith(kind)).flatMap(face => face.sources.map((_, source) => `"${familyOf(face, source)}"`)))].join(',')
  const { width, height } = canvasOf(deck)
  const own = (await pageStyle('first.css')).replaceAll('980px', `${width}px`).replaceAll('552px', `${height}px`)
  return `${rules.join('')}${critical}${compress(own)}#first{--font-serif:${stack('Serif')},serif;--font-sans:${stack('Sans')},sans-serif}`
}

/** A stylesheet without comments and needless white space, for every browser that pages are made for. */
export const compress = (css: string) => transform({ filename: 'page.css', code: Buffer.from(css), minify: true, targets: TARGETS }).code.toString()

/**
 * Writes a file of a page into a folder.
 * @returns its name, which changes with its content.
 */
export async function writeHashed(folder: string, name: string, extension: string, content: string | Buffer): Promise<string> {
  const file = `${name}-${createHash('sha256').update(content).digest('base64url').slice(0, 8)}.${extension}`
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, file), content)
  return file
}
