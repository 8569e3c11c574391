import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Language } from 'slidev-addon-deck/editions'
import { fontLicences } from 'slidev-addon-deck/font-files'
import { facesOf } from 'slidev-addon-deck/fonts'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { sha256Source, shellContent } from 'slidev-addon-site/inline-hashes'
import { paperColours } from 'slidev-addon-site/sources'
import { aboutDeck } from './documents.ts'
import { unpack } from './unpack.ts'

/** What the file says where the deck does not come. */
const words: Readonly<Record<Language, { needsScript: string, failed: string }>> = {
  zh: { needsScript: '这份演示要运行脚本才能看：请用浏览器打开。', failed: '这份演示打不开：文件不完整，或者浏览器比 2023 年的还旧。' },
  en: { needsScript: 'This deck needs scripts: open it in a browser.', failed: 'This deck does not open: the file is incomplete, or the browser is older than 2023.' },
}

/** Asks nothing of anybody, not even of the disk: what is not in the file is not there. */
const policyOf = (scripts: readonly string[]) => [
  `default-src 'none'`,
  `script-src ${scripts.map(sha256Source).join(' ')}`,
  // With nothing to load, styles can do no harm.
  `style-src 'unsafe-inline'`,
  'img-src data: blob:',
  'media-src data: blob:',
  'font-src data:',
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ')

/**
 * An edition as one file that opens from a disk, without network or server. Its script is packed: it is most of the file.
 * @param page its index.html, with the script and the styles of the whole app beside it.
 * @throws with the edition's entry where the app is more than one script.
 */
export async function oneFile(deck: SourceDeck, page: string): Promise<string> {
  const { project, edition } = deck
  const filesOf = (kind: string) => globSync(`**/*.${kind}`, { cwd: join(dirname(page), 'assets') }).map(name => join(dirname(page), 'assets', name))
  const [[script, ...others], styles] = [filesOf('js'), filesOf('css')]
  if (!script || others.length > 0) throw new Error(`${edition.entry}  no HTML file can be made of it: it runs scripts of their own (${others.map(other => basename(other)).join(', ')}), as an editor in a slide does. Leave it out with --only or --range.`)
  const code = await readFile(script, 'utf8')
  const { body, icon } = shellContent(await readFile(page, 'utf8'))
  const { title, author, subject } = aboutDeck(deck)
  const { needsScript, failed } = words[edition.words]
  const opener = `(${unpack})(${JSON.stringify(failed)})`
  const { light, dark } = await paperColours(project)
  const licences = project.config.fonts ? await fontLicences(facesOf(project, edition)) : new Map<string, string>()
  const lines = [
    '<!DOCTYPE html>',
    `<html${attributes({ lang: edition.lang })}>`,
    '<head>',
    '<meta charset="utf-8">',
    // A deck whose policy is open says so itself.
    project.config.policy !== 'open' && `<meta${attributes({ 'http-equiv': 'Content-Security-Policy', 'content': policyOf([opener, code]) })}>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    author && `<meta${attributes({ name: 'author', content: author })}>`,
    subject && `<meta${attributes({ name: 'description', content: subject })}>`,
    icon?.startsWith('data:') && `<link${attributes({ rel: 'icon', href: icon })}>`,
    // First of all: a file that was cut short says so.
    `<script>${opener}</script>`,
    `<style>:root:has(#app:empty){background:${light}}@media(prefers-color-scheme:dark){:root:has(#app:empty){background:${dark}}}</style>`,
    ...await Promise.all(styles.map(async path => `<style>${await readFile(path, 'utf8')}</style>`)),
    '</head>',
    '<body>',
    '<div id="app"></div>',
    `<noscript>${needsScript}</noscript>`,
    body,
    `<script type="text/plain" id="packed">${gzipSync(code, { level: 9 }).toString('base64')}</script>`,
    '</body>',
    '</html>',
    ...[...licences].map(([name, text]) => `<!-- ${name}\n${text.replaceAll('--', '- -')}\n-->`),
  ]
  return `${lines.filter(Boolean).join('\n')}\n`
}
