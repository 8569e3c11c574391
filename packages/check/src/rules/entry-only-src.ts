import type { EntrySection, SourceDeck } from 'slidev-addon-deck/source-deck'
import { defineRule, type Finding } from '../rule.ts'

/** Keys of a slide: in the headmatter they would rule every slide of the first chapter. */
const slideKeys = ['routeAlias', 'layout', 'chapter', 'minutes', 'sources', 'illustration']

function wrong(section: EntrySection, isHead: boolean): Omit<Finding, 'file'>[] {
  const { frontmatter, keyLines, line, content, contentLine, note, noteLine } = section
  const extra = Object.keys(frontmatter).filter(key => isHead ? slideKeys.includes(key) : key !== 'src')
  const found = extra.map(key => ({
    line: keyLines[key] ?? line,
    message: `"${key}" does not belong in the entry: move it to the slide's own frontmatter in pages/.`,
  }))
  if (content) found.push({ line: contentLine, message: 'The entry holds text of a slide: move it to a chapter file in pages/ and name that by a "src:" line.' })
  else if (note) found.push({ line: noteLine, message: 'The entry holds a comment: move it to the slide in pages/ that it belongs to.' })
  else if (!frontmatter.src) found.push({ line, message: 'This part of the entry names no chapter: give it a "src:" line, or remove it.' })
  return found
}

export default defineRule({
  id: 'entry-only-src',
  group: 'prose',
  level: 'error',
  describe: 'The entry holds its headmatter and one src line a chapter, nothing else.',
  places: (deck: SourceDeck) => deck.sections.map((section, i) => ({ section, isHead: i === 0, file: deck.entry })),
  findings: ({ section, isHead, file }) => wrong(section, isHead).map(finding => ({ file, ...finding })),
})
