/** A text in a file of Slidev's command line, what takes its place, and what that imports from this folder. */
interface Mend {
  /** How the file's address ends. */
  file: RegExp
  find: string
  put: string
  imports?: string
}

/** Each is described in docs/upstream.md, under "In Slidev's command line". */
const MENDS: readonly Mend[] = [
  // Addresses for the phone: the slash behind the password made it another one.
  { file: /\/cli\.mjs$/, find: 'const query = remote ? `?password=${remote}` : "";', put: 'const query = remote ? `?password=${encodeURIComponent(remote)}` : "";' },
  { file: /\/cli\.mjs$/, find: 'entry${query}/`', put: 'entry${query}`' },
  { file: /\/cli\.mjs$/, find: 'overview${query}/`', put: 'overview${query}`' },
  // Slides and notes read Chinese as it is written.
  { file: /\/serve-\w+\.mjs$/, find: 'await mdOptions?.markdownSetup?.(md);', put: 'md.use(deckChinese);\n\t\t\tawait mdOptions?.markdownSetup?.(md);', imports: `import { chineseText as deckChinese } from './chinese-text.ts'` },
  { file: /\/serve-\w+\.mjs$/, find: 'const notesMd = MarkdownExit({ html: true });', put: 'const notesMd = MarkdownExit({ html: true }).use(deckChinese);' },
]

/** Whether a module is one of Slidev's that is mended. */
export const isMended = (address: string) => /\/@slidev\/cli\/dist\/[\w-]+\.mjs$/.test(address) && MENDS.some(({ file }) => file.test(address))

/**
 * A module of Slidev's command line with what it lacks.
 * @param folder this folder's address, with its closing slash.
 * @returns its text, and the texts that no longer stand in it: Slidev was updated.
 */
export function mendModule(address: string, text: string, folder: string): { text: string, missing: string[] } {
  const own = MENDS.filter(({ file }) => file.test(address))
  const missing = own.filter(({ find }) => !text.includes(find)).map(({ find }) => find)
  const imports = own.flatMap(each => each.imports ?? []).map(line => `${line.replace('./', folder)};\n`).join('')
  return { text: imports + own.reduce((mended, { find, put }) => mended.replace(find, () => put), text), missing }
}
