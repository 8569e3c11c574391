import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DeckError, loadDeck } from 'slidev-addon-deck/load-deck'
import type { Violation } from 'slidev-addon-deck/violation'
import type { CheckedDeck } from '../../src/rule.ts'
import { checkDeck } from '../../src/rules/index.ts'
import { folder, readDeck, withEntry } from '../fixtures.ts'

/** A deck's files by their paths, relative to the folder of its entry. */
export type Files = Readonly<Record<string, string>>

/** Reads the files of one of the fixtures; \`at\` is its folder among them. */
export async function filesOf(at: string, entry: string): Promise<Files> {
  const deck = await readDeck(join(at, entry))
  const paths = [entry, ...[...deck.slides, ...deck.card ? [deck.card] : []].map(({ file }) => file.slice(at.length + 1))]
  return Object.fromEntries(paths.map(path => [path, readFileSync(join(folder, at, path), 'utf8')]))
}

const { parts } = await readDeck('good/slides.md')

/** A folder to which decks are written one after another; each is read as an edition of the fixtures' project. */
export class Workshop {
  private readonly folder = mkdtempSync(join(tmpdir(), 'deck-fuzz-'))
  private readonly language: string
  private written: Files = {}

  constructor(language = 'zh') {
    this.language = language
  }

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

  /** Reads a deck as every command does. */
  async load(files: Files, entry: string): Promise<CheckedDeck> {
    this.write(files)
    return { ...await loadDeck({ ...withEntry(this.language, entry), root: this.folder }, entry), parts }
  }

  /**
   * What is said of a deck that may be broken in any way.
   * @throws whatever is thrown that is no DeckError: nothing else may be.
   */
  async verdict(files: Files, entry: string, check: (deck: CheckedDeck) => readonly Violation[] = checkDeck): Promise<readonly Violation[]> {
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
