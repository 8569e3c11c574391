import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join, relative, resolve } from 'node:path'
import { mediaTypes } from '../media-types.ts'
import { FRAME_ANCESTORS, hashedFolders, isHashedName, securityHeaders } from '../security-headers.ts'
import { runScript, UsageError } from 'slidev-addon-deck/command-line'
import { nginxServer } from './nginx.ts'
import { netlifyToml, vercelJson } from './platforms.ts'
import { inlineSources } from '../inline-hashes.ts'
import { root } from 'slidev-addon-deck/run-slidev'

const USAGE = `Usage: npm run hosting -- [options]

Writes hosting/nginx.conf, netlify.toml and vercel.json with the headers a finished build needs.

  --from FOLDER           the build (dist)
  --check                 writes nothing; fails where a file is not as it would be written
  --frame-ancestors LIST  who may show the deck in a frame (${FRAME_ANCESTORS}); to keep it, set it in lib/security-headers.ts
  --base /path/           the address the build is for (/); with another one only nginx.conf is written
  --listen PORT           nginx's port (80)
  --new FOLDER           nginx's folder, below which the build stands at its address (/var/www/after-the-ebb)
  --help`

await runScript(USAGE, {
  'from': { type: 'string', default: 'dist' },
  'check': { type: 'boolean', default: false },
  'frame-ancestors': { type: 'string', default: FRAME_ANCESTORS },
  'base': { type: 'string', default: '/' },
  'listen': { type: 'string', default: '80' },
  'root': { type: 'string', default: '/var/www/after-the-ebb' },
}, async ({ from, check, 'frame-ancestors': frameAncestors, base, listen, root: documents }) => {
  const port = Number(listen)
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new UsageError(`--listen must be a port, not "${listen}".`)
  if (!/^\/(?:.*\/)?$/.test(base)) throw new UsageError(`--base must start and end with "/", like /talk/, not "${base}".`)
  if (!/^\/[\w./-]*[\w.-]$/.test(documents)) throw new UsageError(`--new must be a folder’s absolute path without blanks, not "${documents}".`)
  const build = resolve(from)
  await assertServable(build, base)
  const headers = securityHeaders(await inlineSources(build), frameAncestors)
  const recipes = new Map([['hosting/nginx.conf', nginxServer({ headers, base, root: documents, port })]])
  if (base === '/') recipes.set('netlify.toml', netlifyToml(headers)).set('vercel.json', vercelJson(headers))
  return check ? compare(recipes) : write(recipes)
})

async function write(recipes: ReadonlyMap<string, string>): Promise<number> {
  for (const [path, text] of recipes) await writeFile(join(root, path), text)
  console.log(`Written: ${[...recipes.keys()].join(', ')}`)
  return 0
}

async function compare(recipes: ReadonlyMap<string, string>): Promise<number> {
  const stale: string[] = []
  for (const [path, text] of recipes) {
    if (await readFile(join(root, path), 'utf8').catch(() => undefined) !== text) stale.push(path)
  }
  for (const path of stale) console.error(`${path} is not what this build needs: npm run hosting, with the options of this check.`)
  return stale.length > 0 ? 1 : 0
}

/** @throws where the folder is no build for this address, or holds a file that the recipes would serve wrongly. */
async function assertServable(folder: string, base: string): Promise<void> {
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined)
  if (page === undefined) throw new Error(`${folder} is no build: run npm run build first, or name one with --from.`)
  const bases = new Set([...page.matchAll(/["'`](\/(?:[^"'`\s]*?\/)?)assets\//g)].map(match => match[1] ?? ''))
  if (bases.size > 0 && !bases.has(base)) throw new Error(`${folder} was built for ${[...bases].join(' and ')}, not for ${base}: npm run build -- --base ${base}, or give its address with --base.`)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => relative(folder, join(entry.parentPath, entry.name))).filter(file => !/\.(?:br|gz)$/.test(file)).sort()
  const problems = files.flatMap((file) => {
    if (/(?:^|\/)_redirects$/.test(file)) return [`${file} holds rewrite rules: an unknown address would be answered with 200.`]
    if (!Object.hasOwn(mediaTypes, extname(file).slice(1))) return [`${file} has no media type: give it one in lib/media-types.ts.`]
    if (hashedFolders.some(hashed => file.startsWith(hashed)) && !isHashedName(file)) return [`${file} would be kept for a year, but its name has no hash that changes with it.`]
    return []
  })
  if (problems.length > 0) throw new Error(problems.map(problem => join(folder, problem)).join('\n'))
}
