import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { minify, transformWithOxc } from 'vite'
import type { DeckProject } from 'slidev-addon-deck/project'

/** The text of the script in every slide's page (client/first.ts). */
export async function firstScript(): Promise<string> {
  const path = join(import.meta.dirname, '../client/first.ts')
  const { code } = await transformWithOxc(await readFile(path, 'utf8'), path)
  const { code: small, errors } = await minify('first.js', code, { module: false })
  const [error] = errors
  if (error) throw new Error(`${path}: ${error.message}`)
  return small.trim()
}

/** A stylesheet of this package's pages. */
export const pageStyle = (name: string) => readFile(join(import.meta.dirname, '../pages', name), 'utf8')

/** A stylesheet that another package offers, like `slidev-addon-deck/tokens.css`. */
export const packageStyle = (name: string) => readFile(createRequire(import.meta.url).resolve(name), 'utf8')

/**
 * A file of the deck's own styles, '' where it has none: `tokens.css` (colours and sizes, over the kit's), `reading.css` (what
 * the reading page looks like beyond the kit's), `not-found.svg` (the picture of the page for missing addresses).
 */
export function ownStyle({ root }: DeckProject, name: 'tokens.css' | 'reading.css' | 'not-found.svg'): Promise<string> {
  return readFile(join(root, 'styles', name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}

/** Colours and sizes of a deck's pages, the kit's first: what comes later wins. */
async function tokensOf(project: DeckProject): Promise<[kit: string, own: string]> {
  return Promise.all([packageStyle('slidev-addon-deck/tokens.css'), ownStyle(project, 'tokens.css')])
}

/** The paper's colour in either scheme. */
export async function paperColours(project: DeckProject): Promise<{ light: string, dark: string }> {
  const [kit, own] = (await tokensOf(project)).map((tokens) => {
    const [light, dark] = tokens.split('html.dark').map(part => /--paper:\s*([^;}]+)/.exec(part)?.[1])
    return { light, dark: dark ?? light }
  })
  return { light: own?.light ?? kit?.light ?? '', dark: own?.dark ?? kit?.dark ?? '' }
}

/** The tokens for pages without a switch: on a screen, the dark colours where the system has them. */
export async function tokensForBothSchemes(project: DeckProject): Promise<string> {
  return (await tokensOf(project)).map(tokens => tokens.replace(/(:where\()?html\.dark(\)?) (\{[^}]*\})/g, '@media screen and (prefers-color-scheme: dark) {\n$1:root$2 $3\n}')).join('\n')
}
