import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** In bytes: below it a response is one packet with or without compression. */
const WORTHWHILE = 1024
/** Kinds of files that are text and worth compressing, by the endings of their names. */
export const textEndings = ['html', 'css', 'js', 'json', 'webmanifest', 'txt', 'xml', 'svg'] as const
const ENDINGS = new Set<string>(textEndings.map(ending => `.${ending}`))

/**
 * Writes `.br` (quality 11) and `.gz` (level 9) beside each text file of a build from 1 KB on, for servers that send those as they are.
 * @returns how many files were compressed.
 */
export async function precompress(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile() && ENDINGS.has(extname(entry.name))).map(entry => join(entry.parentPath, entry.name))
  // zlib works in the thread pool: all at once keeps every core busy.
  const compressed = await Promise.all(files.map(async (file) => {
    const text = await readFile(file)
    if (text.length < WORTHWHILE) return false
    const [br, gz] = await Promise.all([brotli(text), promisify(gzip)(text, { level: constants.Z_BEST_COMPRESSION })])
    await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
    return true
  }))
  return compressed.filter(Boolean).length
}

const brotli = (text: Buffer) => promisify(brotliCompress)(text, {
  params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
})
