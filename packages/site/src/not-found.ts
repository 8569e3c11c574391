import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { editions, type Edition } from 'slidev-addon-deck/editions'
import type { FontRole } from 'slidev-addon-deck/fonts'
import { escapeHtml } from 'slidev-addon-deck/html'
import { notFoundLabels } from './not-found-labels.ts'
import { fontsOfTexts, type TextFont } from 'slidev-addon-deck/font-files'
import { root } from 'slidev-addon-deck/run-slidev'
import { editionBase } from './head.ts'
import { tokensForBothSchemes } from './sources.ts'

/** The cover's picture: the tide going out, and what takes root where it was. The ground goes on to the page's left edge. */
const SCENE = `<svg viewBox="0 0 420 260" aria-hidden="true">
<g class="tide"><path d="M420 24c-50-16-90 16-140 0s-80-14-110 0"/><path d="M420 64c-46-16-80 16-126 0s-60-12-80 0"/><path d="M420 104c-40-16-70 16-110 0s-40-8-50 0"/></g>
<path class="ground" d="M-3000 140H420"/>
<path class="root" d="M210 140c0 34 1 66 0 106M210 158c-2 28-40 30-60 66M210 158c2 28 40 30 60 66M174 194c-24 6-48 6-70 22M246 194c24 6 48 6 70 22"/>
</svg>`

/**
 * Writes the page that hosts answer unknown addresses with: 404.html at the build's own address in every language, and in
 * each edition's folder in that edition's, with its styles and fonts among the edition's hashed files.
 * Called when the reading pages are there, where they are made.
 * @param folder the whole build
 * @param base its address
 */
export async function writeNotFound(folder: string, base: string): Promise<void> {
  await Promise.all(editions.map(async (edition) => {
    const shown = edition.folder ? [edition] : editions
    const style = await writeStyle(join(folder, edition.folder, 'assets'), `${editionBase(base, edition)}assets/`, edition, shown)
    await writeFile(join(folder, edition.folder, '404.html'), page(folder, base, edition, shown, style))
  }))
}

function page(folder: string, base: string, edition: Edition, shown: readonly Edition[], style: string): string {
  const section = (each: Edition) => {
    const { title, text, first, read } = notFoundLabels[each.language]
    const address = editionBase(base, each)
    const others = editions.filter(other => !shown.includes(other))
    const links = [
      `<a href="${address}">${first}</a>`,
      ...existsSync(join(folder, each.folder, 'read/index.html')) ? [`<a href="${address}read/">${read}</a>`] : [],
      ...others.map(other => `<a href="${editionBase(base, other)}" lang="${other.lang}" hreflang="${other.lang}">${other.name}</a>`),
    ]
    return `<section lang="${each.lang}">\n<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>\n<ul>${links.map(link => `<li>${link}</li>`).join('')}</ul>\n</section>`
  }
  return `<!DOCTYPE html>
<html lang="${edition.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${shown.map(({ language }) => notFoundLabels[language].title).join(' · ')}</title>
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="${base}favicon.svg">
<link rel="stylesheet" href="${style}">
</head>
<body>
<main>
${shown.map(section).join('\n')}
</main>
${SCENE}
</body>
</html>
`
}

/** @returns the address of the stylesheet. */
async function writeStyle(folder: string, address: string, edition: Edition, shown: readonly Edition[]): Promise<string> {
  const labels = shown.map(({ language }) => notFoundLabels[language])
  const text: Record<FontRole, string> = {
    display: labels.map(({ title }) => title).join(''),
    body: labels.flatMap(({ text, first, read }) => [text, first, read]).concat(editions.map(({ name }) => name)).join(''),
    strong: '',
  }
  const [fonts = []] = await fontsOfTexts([text], edition.language, join(root, 'node_modules/.cache/deck-fonts'))
  await mkdir(folder, { recursive: true })
  // A family for each source: which of two files of one family a character comes from is the browser's to say.
  const familyOf = ({ face, source }: TextFont) => `"${face.family}${source ? ` ${source}` : ''}"`
  const faces = await Promise.all(fonts.map(async (font) => {
    const name = hashed('not-found', await readFile(font.path), 'woff2')
    await copyFile(font.path, join(folder, name))
    return `@font-face{font-family:${familyOf(font)};font-weight:${font.face.weight};font-display:swap;src:url("${address}${name}") format("woff2")}`
  }))
  const stack = (role: FontRole) => fonts.filter(({ face }) => face.role === role).toSorted((a, b) => a.source - b.source).map(familyOf).join(',')
  const style = [
    ...faces,
    await tokensForBothSchemes(),
    `:root{--font-serif:${stack('display')},serif;--font-sans:${stack('body')},sans-serif}`,
    await readFile(join(root, 'site/not-found.css'), 'utf8'),
  ].join('\n')
  const name = hashed('not-found', style, 'css')
  await writeFile(join(folder, name), style)
  return address + name
}

const hashed = (name: string, content: string | Uint8Array, ending: string) => `${name}-${createHash('sha256').update(content).digest('base64url').slice(0, 8)}.${ending}`
