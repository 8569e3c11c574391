import { parseTimeString } from '@slidev/parser/utils'
import { counted } from 'slidev-addon-deck/measure'
import type { EntrySection, SourceSlide } from 'slidev-addon-deck/source-deck'
import { defineRule, type Finding, type Rules } from '../rule.ts'
import { onHead, onKey, show } from './places.ts'

const plain = (lang: unknown) => typeof lang === 'string' ? lang.toLowerCase().replaceAll('_', '-') : lang

/** Keys of a slide: in the headmatter they would rule every slide of the first chapter. */
const slideKeys = ['routeAlias', 'layout', 'chapter', 'minutes', 'sources', 'illustration']

/** What does not belong in a section of the entry. */
function misplaced(section: EntrySection, isHead: boolean): Omit<Finding, 'file'>[] {
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

const namesChapter = ({ frontmatter: { chapter } }: SourceSlide) => typeof chapter === 'string' && chapter.trim() !== ''

/** Seconds in a `duration` as Slidev reads it, undefined where it can't be read. */
function seconds(duration: unknown): number | undefined {
  if (typeof duration !== 'string' && typeof duration !== 'number') return undefined
  try {
    return parseTimeString(duration).seconds
  }
  catch {
    return undefined
  }
}

/** A slide's minutes; what is no time at all is for minutes-required to say. */
const minutesOf = ({ frontmatter: { minutes } }: SourceSlide) => typeof minutes === 'number' && minutes >= 0 ? minutes : 0

/** Minutes as a message shows them: at most two decimals. */
const rounded = (minutes: number) => Math.round(minutes * 100) / 100

/** Rules about a deck's files as wholes. */
export const fileRules: Rules = {
  'languages': defineRule({
    group: 'editions',
    level: 'error',
    describe: 'The headmatter names the language that deck.config.ts gives the edition.',
    places: deck => [deck],
    findings(deck) {
      const { lang } = deck.headmatter
      if (plain(lang) === plain(deck.edition.lang)) return
      return onHead(deck, 'lang', `${lang === undefined ? 'The headmatter names no language' : `The headmatter's language is ${show(lang)}`}: set "lang" to ${deck.edition.lang}, as deck.config.ts has it.`)
    },
  }),
  'entry-only-src': defineRule({
    group: 'prose',
    level: 'error',
    describe: 'The entry holds its headmatter and one src line a chapter, nothing else.',
    places: deck => deck.sections.map((section, i) => ({ section, isHead: i === 0 })),
    findings: ({ section, isHead }, { entry }) => misplaced(section, isHead).map(finding => ({ file: entry, ...finding })),
  }),
  'chapter': defineRule({
    group: 'prose',
    level: 'error',
    describe: 'The first slide of each chapter file, and no other, names its chapter.',
    places: deck => deck.slides.map((slide, i) => ({ slide, first: deck.slides[i - 1]?.file !== slide.file })),
    findings({ slide, first }) {
      if (first && !namesChapter(slide))
        return onKey(slide, 'chapter', 'The chapter has no title: add "chapter: its short title" to the frontmatter of the file\'s first slide.')
      if (!first && slide.frontmatter.chapter !== undefined)
        return onKey(slide, 'chapter', 'Only the first slide of a file names the chapter: remove "chapter", or begin a new file and give it a "src:" line.')
    },
  }),
  'sources-cover-all': defineRule({
    group: 'sources',
    level: 'style',
    describe: 'Together the slides rest on every number that deck.config.ts has.',
    places: deck => [deck],
    findings(deck) {
      const named = new Set<unknown>(deck.slides.flatMap(({ frontmatter }) => frontmatter.sources))
      const missing = (deck.project.config.sources?.paragraphs ?? []).filter(paragraph => !named.has(paragraph))
      if (missing.length > 0)
        return onHead(deck, 'src', `No slide rests on ${missing.join(', ')}: add ${missing.length > 1 ? 'them' : 'it'} to the sources of the slides that say it.`)
    },
  }),
  'minutes-sum': defineRule({
    group: 'minutes',
    level: 'style',
    describe: 'The slides’ minutes sum to the duration in the headmatter.',
    places: deck => [deck],
    findings(deck) {
      const duration = seconds(deck.headmatter.duration)
      if (duration === undefined)
        return onHead(deck, 'duration', `duration is ${show(deck.headmatter.duration)}: write the talk's length in the headmatter, like "duration: 25min".`)
      const sum = deck.slides.reduce((total, slide) => total + minutesOf(slide), 0)
      // A hundredth of a minute: minutes are decimals, and thirds of them do not sum exactly.
      if (Math.abs(sum - duration / 60) < 0.01) return
      return onHead(deck, 'duration', `The slides take ${counted(rounded(sum), 'minute')}, the headmatter says ${rounded(duration / 60)}: change the minutes of some slides, or duration.`)
    },
  }),
}
