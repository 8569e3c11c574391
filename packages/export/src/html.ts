import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { SingleBar } from 'cli-progress'
import type { Language } from 'slidev-addon-deck/editions'
import { fontLicences } from 'slidev-addon-deck/font-files'
import { facesOf } from 'slidev-addon-deck/fonts'
import { attributes, escapeHtml } from 'slidev-addon-deck/html'
import { exportName } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { sha256Source, shellContent } from 'slidev-addon-site/inline-hashes'
import { paperColours } from 'slidev-addon-site/sources'
import { pageToPack } from './build.ts'
import { aboutDeck } from './documents.ts'
import type { Delivery } from './files.ts'
import type { Order } from './order.ts'
import type { Written } from './printed.ts'
import { unpack } from './unpack.ts'

/** What the file says where the deck does not come. */
const words: Readonly<Record<Language, { needsScript: string, failed: string }>> = {
  zh: { needsScript: '这份演示要运行脚本才能看：请用浏览器打开。', failed: '这份演示打不开：文件不完整，或者浏览器比 2023 年的还旧。' },
  en: { needsScript: 'This deck needs scripts: open it in a browser.', failed: 'This deck does not open: the file is incomplete, or the browser is older than 2023.' },
}

/** Why no file can be made of an edition, for who presents it. */
export class NotOneFile extends Error {}

/** What slides would fetch from other hosts. */
const FOREIGN = /\bhttps?:\/\/[^\s"'`()\\<>]+?\.(?:avif|gif|jpe?g|mp[34]|og[gv]|png|svg|webm|webp|woff2?)(?=["'`)\\\s?])/g

/** An edition as one file. */
export interface OneFile {
  html: string
  /** Pictures and the like on other hosts, which are not in it. */
  missing: string[]
}

/**
 * Writes the HTML file of each edition.
 * @param pages folder of the build that holds all of an edition in its page.
 * @throws NotOneFile where an edition cannot be one.
 */
export async function exportHtml(orders: readonly Order[], pages: string, { withNotes, delivery, bar }: { withNotes: boolean, delivery: Delivery, bar: SingleBar }): Promise<Written[]> {
  const written: Written[] = []
  for (const { deck } of orders) {
    const name = exportName(deck.project, deck.edition, 'html')
    bar.update({ name })
    const { html, missing } = await oneFile(deck, pageToPack(pages, deck.edition))
    await delivery.write(name, Buffer.from(html))
    bar.increment()
    written.push({ name, contents: `${deck.slides.length} slides${withNotes ? ' with notes' : ''}`, missing })
  }
  return written
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
 * @throws NotOneFile where the app is more than one script.
 */
export async function oneFile(deck: SourceDeck, page: string): Promise<OneFile> {
  const { project, edition } = deck
  const isOpen = project.config.policy === 'open'
  const filesOf = (kind: string) => globSync(`**/*.${kind}`, { cwd: join(dirname(page), 'assets') }).map(name => join(dirname(page), 'assets', name))
  const [[script, ...others], styles] = [filesOf('js'), filesOf('css')]
  if (!script || others.length > 0) throw new NotOneFile(`${edition.entry}  no HTML file can be made of it: a slide needs scripts in files of their own, as an editor ({monaco}) does. Show its code without.`)
  const [code, ...sheets] = await Promise.all([script, ...styles].map(path => readFile(path, 'utf8')))
  const { body, icon, foreign } = shellContent(await readFile(page, 'utf8'))
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
    !isOpen && `<meta${attributes({ 'http-equiv': 'Content-Security-Policy', 'content': policyOf([opener, code ?? '']) })}>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    author && `<meta${attributes({ name: 'author', content: author })}>`,
    subject && `<meta${attributes({ name: 'description', content: subject })}>`,
    icon?.startsWith('data:') && `<link${attributes({ rel: 'icon', href: icon })}>`,
    // First of all: a file that was cut short says so.
    `<script>${opener}</script>`,
    `<style>:root:has(#app:empty){background:${light}}@media(prefers-color-scheme:dark){:root:has(#app:empty){background:${dark}}}</style>`,
    ...sheets.map(sheet => `<style>${sheet}</style>`),
    isOpen && foreign,
    '</head>',
    '<body>',
    '<div id="app"></div>',
    `<noscript>${needsScript}</noscript>`,
    body,
    `<script type="text/plain" id="packed">${gzipSync(code ?? '', { level: 9 }).toString('base64')}</script>`,
    '</body>',
    '</html>',
    ...[...licences].map(([name, text]) => `<!-- ${name}\n${text.replaceAll('--', '- -')}\n-->`),
  ]
  return {
    html: `${lines.filter(Boolean).join('\n')}\n`,
    missing: isOpen ? [] : [...new Set([code ?? '', ...sheets].flatMap(text => text.match(FOREIGN) ?? []))],
  }
}
