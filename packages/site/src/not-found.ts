import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Edition } from 'slidev-addon-deck/editions'
import { fontsOfTexts, type TextFont } from 'slidev-addon-deck/font-files'
import { facesOf, type FontRole } from 'slidev-addon-deck/fonts'
import { escapeHtml } from 'slidev-addon-deck/html'
import type { DeckProject } from 'slidev-addon-deck/project'
import { editionBase } from './head.ts'
import { notFoundLabels } from './not-found-labels.ts'
import { policyTag } from './policy.ts'
import { ownStyle, pageStyle, tokensForBothSchemes } from './sources.ts'
import { compress, writeHashed } from './styles.ts'

/**
 * Writes the page that hosts answer unknown addresses with: 404.html at the build's own address in every language, and in
 * each edition's folder in that edition's, with its styles and fonts among the edition's hashed files.
 * Called when the reading pages are there, where they are made.
 * @param folder the whole build
 * @param base its address
 */
export async function writeNotFound(project: DeckProject, folder: string, base: string): Promise<void> {
  const { editions } = project
  const picture = await ownStyle(project, 'not-found.svg')
  await Promise.all(editions.map(async (edition) => {
    const shown = edition.folder ? [edition] : editions
    const others = editions.filter(other => !shown.includes(other))
    const style = await writeStyle(project, join(folder, edition.folder, 'assets'), `${editionBase(base, edition)}assets/`, edition, shown)
    await writeFile(join(folder, edition.folder, '404.html'), page({ folder, base, edition, shown, others, style, picture }))
  }))
}

interface NotFoundPage {
  folder: string
  base: string
  edition: Edition
  /** In which languages it speaks, and to which others it leads. */
  shown: readonly Edition[]
  others: readonly Edition[]
  style: string
  picture: string
}

function page({ folder, base, edition, shown, others, style, picture }: NotFoundPage): string {
  const section = (each: Edition) => {
    const { title, text, first, read } = notFoundLabels[each.words]
    const address = editionBase(base, each)
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
${policyTag()}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${shown.map(({ words }) => notFoundLabels[words].title).join(' · ')}</title>
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
${existsSync(join(folder, 'favicon.svg')) ? `<link rel="icon" type="image/svg+xml" href="${base}favicon.svg">\n` : ''}<link rel="stylesheet" href="${style}">
</head>
<body>
<main>
${shown.map(section).join('\n')}
</main>
${picture}</body>
</html>
`
}

/** @returns the address of the stylesheet. */
async function writeStyle(project: DeckProject, folder: string, address: string, edition: Edition, shown: readonly Edition[]): Promise<string> {
  const labels = shown.map(({ words }) => notFoundLabels[words])
  const text: Record<FontRole, string> = {
    display: labels.map(({ title }) => title).join(''),
    body: labels.flatMap(({ text, first, read }) => [text, first, read]).concat(project.editions.map(({ name }) => name)).join(''),
    strong: '',
  }
  const [fonts = []] = await fontsOfTexts([text], facesOf(project, edition), join(project.root, 'node_modules/.cache/deck-fonts'))
  // A family for each source: which of two files of one family a character comes from is the browser's to say.
  const familyOf = ({ face, source }: TextFont) => `"${face.family}${source ? ` ${source}` : ''}"`
  const faces = await Promise.all(fonts.map(async (font) => {
    const name = await writeHashed(folder, 'not-found', 'woff2', await readFile(font.path))
    return `@font-face{font-family:${familyOf(font)};font-weight:${font.face.weight};font-display:swap;src:url("${address}${name}") format("woff2")}`
  }))
  const stack = (role: FontRole) => fonts.filter(({ face }) => face.role === role).toSorted((a, b) => a.source - b.source).map(familyOf).join(',')
  const families = `:root{--font-serif:${stack('display')},serif;--font-sans:${stack('body')},sans-serif}`
  const style = faces.join('') + compress([await tokensForBothSchemes(project), families, await pageStyle('not-found.css')].join('\n'))
  return address + await writeHashed(folder, 'not-found', 'css', style)
}
