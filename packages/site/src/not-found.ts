import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Edition } from 'slidev-addon-deck/editions'
import { escapeHtml } from 'slidev-addon-deck/html'
import type { DeckProject } from 'slidev-addon-deck/project'
import { policyTag } from './policy.ts'
import { editionBase } from './site.ts'
import { ownStyle, pageStyle, tokensForBothSchemes } from './sources.ts'
import { writePageStyle } from './styles.ts'
import { siteWords } from './words.ts'

/**
 * Writes the page that hosts answer unknown addresses with: 404.html at the build's own address in every language, and in
 * each edition's folder in that edition's, with its styles and fonts among the edition's hashed files.
 * Called when the reading pages are there, where they are made.
 * @param folder the whole build
 * @param base its address
 */
export async function writeNotFound(project: DeckProject, folder: string, base: string): Promise<void> {
  const { editions } = project
  const [picture, ...styles] = await Promise.all([ownStyle(project, 'not-found.svg'), tokensForBothSchemes(project), pageStyle('page.css'), pageStyle('not-found.css')])
  const icon = existsSync(join(folder, 'favicon.svg')) ? `<link rel="icon" type="image/svg+xml" href="${base}favicon.svg">\n` : ''

  const section = (shown: Edition, others: readonly Edition[]) => {
    const { title, text, first, read } = siteWords[shown.words].notFound
    const address = editionBase(base, shown)
    const links = [
      `<a href="${address}">${first}</a>`,
      ...existsSync(join(folder, shown.folder, 'read/index.html')) ? [`<a href="${address}read/">${read}</a>`] : [],
      ...others.map(other => `<a href="${editionBase(base, other)}" lang="${other.lang}" hreflang="${other.lang}">${other.name}</a>`),
    ]
    return `<section lang="${shown.lang}">\n<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>\n<ul>${links.map(link => `<li>${link}</li>`).join('')}</ul>\n</section>`
  }

  await Promise.all(editions.map(async (edition) => {
    const shown = edition.folder ? [edition] : editions
    const others = editions.filter(other => !shown.includes(other))
    const said = shown.map(({ words }) => siteWords[words].notFound)
    const style = await writePageStyle(join(folder, edition.folder, 'assets'), 'not-found', { project, edition }, styles.join('\n'), {
      display: said.map(({ title }) => title).join(''),
      body: [...said.flatMap(({ text, first, read }) => [text, first, read]), ...editions.map(({ name }) => name)].join(''),
      strong: '',
    })
    await writeFile(join(folder, edition.folder, '404.html'), `<!DOCTYPE html>
<html lang="${edition.lang}">
<head>
<meta charset="utf-8">
${policyTag()}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${said.map(({ title }) => title).join(' · ')}</title>
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
${icon}<link rel="stylesheet" href="${editionBase(base, edition)}assets/${style}">
</head>
<body>
<main>
${shown.map(each => section(each, others)).join('\n')}
</main>
${picture}</body>
</html>
`)
  }))
}
