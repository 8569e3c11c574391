import { familyOf } from 'slidev-addon-deck/font-files'
import { facesOf } from 'slidev-addon-deck/fonts'
import { noteParagraphs } from 'slidev-addon-deck/note-markup'
import type { Deck, DeckSlide } from 'slidev-addon-deck/deck'
import { aboutDeck } from '../documents.ts'
import { openSlides, type Printing } from '../print.ts'
import type { Typeface } from './look.ts'
import { splitNotes } from './notes.ts'
import { writePresentation, type WrittenSlide } from './presentation.ts'
import { pageScript, picturesAmong, readPage, takePictures } from './read.ts'
import { prompts } from './words.ts'

/** Dots a px in pictures of what has no native form. */
const SHARPNESS = 2

/** Layouts of slides that name none. */
const layoutOf = ({ layout, no }: DeckSlide) => layout || (no === 1 ? 'cover' : 'default')

/** The deck's own faces under the names that other programs know them by. */
function typefacesOf({ project, edition }: Deck): Map<string, Typeface> {
  return new Map(facesOf(project, edition).map(({ family, sources }) => {
    const fonts = sources.map(source => familyOf(source))
    return [family, { latin: fonts[0]?.family ?? family, eastAsian: fonts.at(-1)?.family ?? family, ...fonts[0] && { isSerif: fonts[0].category === 'serif' } }]
  }))
}

/**
 * An edition's slides as a PPTX of native parts: one for each, one for each further state of a picture that moves, and one for what print
 * shows in its place.
 * @param printing whose page has a slide for each click.
 * @param date when what it is made of was finished.
 * @returns the file, how many slides it has, what is a picture in it, and the addresses on other hosts that did not load.
 * @throws as `openSlides` does.
 */
export async function pptxOf(printing: Printing, date: Date) {
  const { deck, slides: wanted } = printing
  // Made while the slides come.
  const script = pageScript()
  script.catch(() => undefined)
  const { page, missing, close } = await openSlides(printing, SHARPNESS)
  const read = await readPage(page, await script, deck.slides.map(({ id }) => id))
  const pictures = await takePictures(page, read.slides.flatMap(({ items }) => picturesAmong(items)))
  await close()
  const slides = deck.slides.filter(({ no }) => wanted.includes(no)).flatMap((slide): WrittenSlide[] => {
    const shown = read.slides.filter(({ no }) => no === slide.no)
    const notes = splitNotes(noteParagraphs(slide.note), shown.filter(({ isInPrint }) => !isInPrint).map(({ click }) => click))
    return shown.map((each, i) => ({ read: each, layout: layoutOf(slide), chapter: slide.chapter, notes: notes[i] ?? [], isNextState: i > 0 && !each.isInPrint }))
  })
  const { title, author, subject, keywords, lang } = aboutDeck(deck)
  const bytes = writePresentation({
    title, author, subject, keywords, lang, date,
    canvas: read, ratio: read.width / read.height, slides, pictures,
    typefaces: typefacesOf(deck), prompts: prompts[deck.edition.words],
  })
  const told = slides.flatMap(({ read: { no, items } }) => picturesAmong(items).map(({ what }) => `${what} on slide ${no}`))
  return { bytes, count: slides.length, pictures: [...new Set(told)], missing }
}
