import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkDeck, type Violation } from 'slidev-deck-check/rules/index'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'
import { root } from 'slidev-deck-check/tests/fixtures'

/** A deck's files by their paths, relative to its folder. */
export type Files = Readonly<Record<string, string>>

/** Reads the files of a deck of this repository; `folder` is where its entry stands. */
export async function filesOf(folder: string, entry: string): Promise<Files> {
  const deck = await loadDeck(join(root, folder), entry)
  const paths = [entry, ...deck.slides.map(({ file }) => file)]
  return Object.fromEntries(paths.map(path => [path, readFileSync(join(root, folder, path), 'utf8')]))
}

/** A folder to which decks are written one after another. */
export class Workshop {
  private readonly folder = mkdtempSync(join(tmpdir(), 'deck-fuzz-'))
  private written: Files = {}

  /** Writes a deck; what is of the one before stays where it is the same. */
  private write(files: Files): void {
    for (const path of Object.keys(this.written)) if (!(path in files)) rmSync(join(this.folder, path))
    for (const [path, text] of Object.entries(files)) {
      if (this.written[path] === text) continue
      mkdirSync(dirname(join(this.folder, path)), { recursive: true })
      writeFileSync(join(this.folder, path), text)
    }
    this.written = files
  }

  /** Reads a deck as every script does. */
  load(files: Files, entry: string): Promise<SourceDeck> {
    this.write(files)
    return loadDeck(this.folder, entry)
  }

  /**
   * What is said of a deck that may be broken in any way.
   * @throws whatever is thrown that is no DeckError: nothing else may be.
   */
  async verdict(files: Files, entry: string, check: (deck: SourceDeck) => readonly Violation[] = checkDeck): Promise<readonly Violation[]> {
    try {
      return check(await this.load(files, entry))
    }
    catch (error) {
      if (error instanceof DeckError) return error.problems
      throw error
    }
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What a message lacks that should lead a writer to the fault and its mend; nothing where it is sound. */
export function unsound({ file, line, message, rule }: Violation, files: Files): string | undefined {
  const text = files[file]
  // A chapter that is missing is named itself, or by the line that names it.
  if (text === undefined) return /can't be read/.test(message) && line === 1 ? undefined : `${rule}: there is no file ${file}`
  if (!Number.isInteger(line) || line < 1 || line > text.split(/\r?\n/).length) return `${rule}: ${file} has no line ${line}`
  if (!/\S.*[:;].*\S/s.test(message)) return `${rule}: no mend in “${message}”`
  if (/^\s+at |\bundefined\b|\[object |TypeError|RangeError|ReferenceError/m.test(message)) return `${rule}: not for a writer: “${message}”`
  return undefined
}
