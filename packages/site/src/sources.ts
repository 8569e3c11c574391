import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { minify, transformWithOxc } from 'vite'
import { root } from 'slidev-addon-deck/run-slidev'

/** The text of the script in every slide's page (site/first.ts). */
export async function firstScript(): Promise<string> {
  const path = join(root, 'site/first.ts')
  const { code } = await transformWithOxc(await readFile(path, 'utf8'), path)
  const { code: small, errors } = await minify('first.js', code, { module: false })
  const [error] = errors
  if (error) throw new Error(`site/first.ts: ${error.message}`)
  return small.trim()
}

/** The paper's colour in either scheme, from styles/tokens.css. */
export async function paperColours(): Promise<{ light: string, dark: string }> {
  const [light, dark] = [...(await readFile(join(root, 'styles/tokens.css'), 'utf8')).matchAll(/--paper: (#[0-9a-f]+);/g)].map(([, colour]) => colour)
  if (!light || !dark) throw new Error('styles/tokens.css no longer sets --paper once for each scheme.')
  return { light, dark }
}

/** styles/tokens.css for pages without a switch: on a screen, the dark colours where the system has them. */
export async function tokensForBothSchemes(): Promise<string> {
  const tokens = await readFile(join(root, 'styles/tokens.css'), 'utf8')
  const styles = tokens.replace(/html\.dark (\{[^}]*\})/, '@media screen and (prefers-color-scheme: dark) {\n:root $1\n}')
  if (styles === tokens) throw new Error('styles/tokens.css no longer sets the dark colours at html.dark.')
  return styles
}
