import { stringify } from 'smol-toml'
import { CACHE_CONTROL, hashedFolders, type Header } from '../security-headers.ts'
import { GENERATED } from './generated.ts'

// The hashes in the headers are those of the committed recipe: a deployment whose build has others must fail, not go out with a page that its policy breaks.
const BUILD = 'npm run build && npm run hosting -- --check'
const INSTALL = 'npm ci'
const OUTPUT = 'dist'

/**
 * netlify.toml for a site at the root of its host name.
 * Only one rule sets Cache-Control: Netlify does not say which of two matching rules wins, and what no rule matches it
 * sends with `public, max-age=0, must-revalidate`, which says what `no-cache` says.
 */
export function netlifyToml(headers: readonly Header[]): string {
  const settings = {
    // Netlify installs with npm ci where there is a lock file.
    build: { command: BUILD, publish: OUTPUT, processing: { skip_processing: true } },
    headers: [
      { for: '/*', values: Object.fromEntries(headers) },
      ...hashedFolders.map(folder => ({ for: `/${folder}*`, values: { 'Cache-Control': CACHE_CONTROL.hashed } })),
    ],
  }
  return `# ${GENERATED}\n# Everything that has no Cache-Control here goes out with Netlify's own: public, max-age=0, must-revalidate.\n${stringify(settings)}\n`
}

/**
 * vercel.json for a site at the root of its host name. JSON has no comments, so it does not say that it is generated.
 * `/ebb` is redirected to `/ebb/`, whose files are beside it. No path matches two rules that set the same header.
 */
export function vercelJson(headers: readonly Header[]): string {
  const rule = (source: string, values: readonly Header[]) => ({ source, headers: values.map(([key, value]) => ({ key, value })) })
  const settings = {
    $schema: 'https://openapi.vercel.sh/vercel.json',
    framework: null,
    installCommand: INSTALL,
    buildCommand: BUILD,
    outputDirectory: OUTPUT,
    cleanUrls: false,
    trailingSlash: true,
    headers: [
      rule('/(.*)', headers),
      rule(`/((?!${hashedFolders.join('|')}).*)`, [['Cache-Control', CACHE_CONTROL.other]]),
      ...hashedFolders.map(folder => rule(`/${folder}(.*)`, [['Cache-Control', CACHE_CONTROL.hashed]])),
    ],
  }
  return `${JSON.stringify(settings, null, 2)}\n`
}
