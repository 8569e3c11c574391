import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadDeck } from 'slidev-addon-deck/load-deck'
import { problemsOf } from 'slidev-addon-deck/parts'
import { fencesOf } from 'slidev-addon-diagrams/problems'
import { drawingFile } from 'slidev-addon-diagrams/store'
import { expect, it } from 'vitest'
import { editions, project as talk, readEdition } from './helpers/deck.ts'
import { filesOf } from './helpers/files.ts'
import { createProject } from './helpers/project.ts'

/* What looks at every rule is in packages/check; here the talk as a clone on another machine has it. */

it.each([
  ['the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
])('%s change neither what is found in the slides nor the names of drawings', async (_, write) => {
  const project = await createProject()
  try {
    const sources = (await filesOf(project.root)).filter(path => /^(?:pages\/.*|[\w.]+)\.md$/.test(path))
    expect(sources.length).toBeGreaterThan(editions.length)
    for (const path of sources) await writeFile(join(project.root, path), write(await readFile(join(project.root, path), 'utf8')))
    for (const edition of editions) {
      const [deck, other] = await Promise.all([readEdition(edition), loadDeck({ ...talk, root: project.root }, edition.entry)])
      const drawings = (of: typeof deck) => fencesOf(of).map(({ fence, faces }) => drawingFile(fence, faces))
      expect(drawings(other)).toEqual(drawings(deck))
      expect(other.slides.map(({ id, headline, line, note }) => ({ id, headline, line, note: note.replaceAll('\r', '') }))).toEqual(deck.slides.map(({ id, headline, line, note }) => ({ id, headline, line, note })))
      expect(await problemsOf(other)).toEqual(await problemsOf(deck))
    }
  }
  finally {
    await project.remove()
  }
})
