/** What mends one fault of Slidev's client: all its changes are made, or none. */
export interface Patch {
  /** Heading in docs/upstream.md that says what it mends. */
  section: string
  changes: Changes
  /** A word in another language: made wherever it stands, and nothing breaks without it. */
  isWord?: true
}

/** Changes by path in @slidev/client, in the order in which they are made. */
export type Changes = Readonly<Record<string, readonly Change[]>>

/** A text in a source file, and what takes its place, in which `#present` stands for this package. It stands there once unless told. */
export type Change = readonly [find: string, put: string, times?: number]

/** A change that does not apply: Slidev was updated. */
export interface Miss {
  patch: Patch
  /** Path in @slidev/client. */
  file: string
  change: Change
  /** How often its text stands there. */
  found: number
}

/**
 * Makes every patch that applies whole, one after the other.
 * @param read the text of a file of @slidev/client, '' where there is none.
 * @returns the changed files by their paths, and each change that has no place.
 */
export function mend(patches: readonly Patch[], read: (file: string) => string): { files: Map<string, string>, misses: Miss[] } {
  const files = new Map<string, string>()
  const misses: Miss[] = []
  for (const patch of patches) {
    const missed: Miss[] = []
    const mended = Object.entries(patch.changes).map(([file, changes]) => [file, changes.reduce((text, change) => {
      const [find, put, times = 1] = change
      const parts = text.split(find)
      const found = parts.length - 1
      if (patch.isWord ? found > 0 : found === times) return parts.join(put)
      missed.push({ patch, file, change, found })
      return text
    }, files.get(file) ?? read(file))] as const)
    misses.push(...missed)
    if (missed.length === 0) for (const [file, text] of mended) files.set(file, text)
  }
  return { files, misses }
}

/** A miss for who mends it: the patch's section, the file, and the text that is looked for. */
export function formatMiss({ patch, file, change: [find, , times = 1], found }: Miss): string {
  const expected = patch.isWord ? '' : `, not ${times}`
  return `“${patch.section}”: @slidev/client/${file} has ${found} times${expected}:\n${find.replace(/^\n|\n$/g, '').replace(/^/gm, '    ')}`
}
